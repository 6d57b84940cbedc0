// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {Acts} from "../Acts.sol";
import {IConsortiumGovernor, SignedBallot} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {BallotDigests} from "../libraries/BallotDigests.sol";
import {GovernorMandates} from "./GovernorMandates.sol";

/// @title Signed ballots: anyone may hand them in, only the signer's standing counts.
/// @dev OpenZeppelin's typed data with a nonce of our own, `proposalId << 64 | revision`: derived from the ballots, so
/// it costs no slot, a ballot on one proposal never voids one on another, and none can be counted twice.
abstract contract GovernorBallotSignatures is GovernorMandates {
    /// @inheritdoc IGovernor
    function castVoteBySig(
        uint256 proposalId,
        uint8 support,
        address voter,
        bytes memory signature
    )
        public
        override
        returns (uint256)
    {
        return _castSigned(proposalId, SignedBallot(voter, support, "", signature));
    }

    /// @inheritdoc IGovernor
    /// @dev Without a reason this takes the signature of a plain `Ballot`, as a batch does.
    function castVoteWithReasonAndParamsBySig(
        uint256 proposalId,
        uint8 support,
        address voter,
        string calldata reason,
        bytes memory params,
        bytes memory signature
    )
        public
        override
        returns (uint256)
    {
        if (params.length != 0) revert ConsortiumGovernorParamsNotSupported();
        return _castSigned(proposalId, SignedBallot(voter, support, reason, signature));
    }

    /// @inheritdoc IConsortiumGovernor
    function castVotesBySig(uint256 proposalId, SignedBallot[] calldata) external override returns (uint256 counted) {
        return Acts.castBatch(_files[proposalId], _docketOf(proposalId), _domainSeparatorV4(), _msgData());
    }

    /// @notice Disabled: a ballot's nonce belongs to its proposal, see {ballotNonce}.
    function nonces(address) public pure override returns (uint256) {
        revert ConsortiumGovernorDisabled();
    }

    /// @inheritdoc IConsortiumGovernor
    function ballotNonce(uint256 proposalId, address voter) external view override returns (uint256) {
        (uint16 memberId,) = IMemberRegistry(registry).memberOf(voter);
        return BallotDigests.nonceOf(proposalId, _ballotOf(proposalId, memberId).revision());
    }

    function _castSigned(uint256 proposalId, SignedBallot memory signed) private returns (uint256) {
        Acts.castSigned(_files[proposalId], _docketOf(proposalId), _domainSeparatorV4(), signed);
        return 1;
    }
}
