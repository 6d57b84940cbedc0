// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title What a member signs: OpenZeppelin's typed ballots with a nonce of our own, `proposalId << 64 | revision`.
library BallotDigests {
    /// @dev `Governor.BALLOT_TYPEHASH`, which only its heirs can name.
    bytes32 private constant BALLOT =
        keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");
    /// @dev `Governor.EXTENDED_BALLOT_TYPEHASH`.
    bytes32 private constant EXTENDED_BALLOT = keccak256(
        "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
    );
    bytes32 private constant NO_PARAMS = keccak256("");

    function nonceOf(uint256 proposalId, uint8 revision) internal pure returns (uint256) {
        return (proposalId << 64) | revision;
    }

    /// @notice The digest of a ballot without a reason.
    function plain(
        bytes32 domain,
        uint256 proposalId,
        uint8 support,
        address voter,
        uint8 revision
    )
        internal
        pure
        returns (bytes32)
    {
        bytes32 ballot = keccak256(abi.encode(BALLOT, proposalId, support, voter, nonceOf(proposalId, revision)));
        return MessageHashUtils.toTypedDataHash(domain, ballot);
    }

    /// @notice The digest of a ballot whose reason is signed with it; params are always empty.
    function reasoned(
        bytes32 domain,
        uint256 proposalId,
        uint8 support,
        address voter,
        uint8 revision,
        bytes32 reasonHash
    )
        internal
        pure
        returns (bytes32)
    {
        uint256 nonce = nonceOf(proposalId, revision);
        bytes32 ballot =
            keccak256(abi.encode(EXTENDED_BALLOT, proposalId, support, voter, nonce, reasonHash, NO_PARAMS));
        return MessageHashUtils.toTypedDataHash(domain, ballot);
    }
}
