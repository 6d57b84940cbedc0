// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Choice, IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {GovernorBodyTimelock} from "./GovernorBodyTimelock.sol";

/// @title Signed ballots: anyone may hand them in, only the signer's standing counts.
/// @dev OpenZeppelin's typed data with a nonce of our own, `proposalId << 64 | revision`: derived from the ballots, so
/// it costs no slot, a ballot on one proposal never voids one on another, and none can be counted twice.
abstract contract GovernorBallotSignatures is GovernorBodyTimelock {
    /// @inheritdoc IConsortiumGovernor
    function ballotNonce(uint256 proposalId, address voter) public view override returns (uint256) {
        (uint16 memberId,) = IMemberRegistry(registry).memberOf(voter);
        uint256 revision = _choiceOf(proposalId, memberId) == Choice.None ? 0 : 1;
        return (proposalId << 64) | revision;
    }

    /// @notice Disabled: a ballot's nonce belongs to its proposal, see {ballotNonce}.
    function nonces(address) public pure override returns (uint256) {
        revert ConsortiumGovernorDisabled();
    }

    function _validateVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        bytes memory signature
    )
        internal
        view
        override
        returns (bool)
    {
        uint256 nonce = ballotNonce(proposalId, voter);
        bytes32 ballot = keccak256(abi.encode(BALLOT_TYPEHASH, proposalId, support, voter, nonce));
        return SignatureChecker.isValidSignatureNow(voter, _hashTypedDataV4(ballot), signature);
    }

    function _validateExtendedVoteSig(
        uint256 proposalId,
        uint8 support,
        address voter,
        string memory reason,
        bytes memory params,
        bytes memory signature
    )
        internal
        view
        override
        returns (bool)
    {
        bytes32 ballot = keccak256(
            abi.encode(
                EXTENDED_BALLOT_TYPEHASH,
                proposalId,
                support,
                voter,
                ballotNonce(proposalId, voter),
                keccak256(bytes(reason)),
                keccak256(params)
            )
        );
        return SignatureChecker.isValidSignatureNow(voter, _hashTypedDataV4(ballot), signature);
    }
}
