// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ballot} from "../types/Ballot.sol";

/// @title Ballots of one proposal, a byte (`Ballot`) for each member, 32 bytes to a word.
/// @dev Word 0 keeps 128 bits of proposal data in its lower half, so its ballots are those of members 1 to 16; word `i`
/// holds members `32 i - 15` to `32 i + 16`. The first voter never pays for a fresh slot, and the tally is derived: it
/// cannot drift.
library BallotWords {
    /// @dev The lowest bit of each byte.
    uint256 private constant LANES = type(uint256).max / 255;

    /// @notice Index of the word that holds the member's ballot; `memberId` is at least 1.
    function indexOf(uint16 memberId) internal pure returns (uint256) {
        unchecked {
            return (uint256(memberId) + 15) >> 5; // 16 bits and 4
        }
    }

    /// @notice The member whose ballot is the byte of that number in the word of that index; 0 for proposal data.
    function memberAt(uint256 index, uint256 byteNumber) internal pure returns (uint256) {
        uint256 position = 32 * index + byteNumber;
        return position < 16 ? 0 : position - 15;
    }

    /// @notice The member's ballot, read from its word.
    function ballotAt(uint256 word, uint16 memberId) internal pure returns (Ballot) {
        return Ballot.wrap(uint8(word >> _shift(memberId)));
    }

    /// @notice The word with the member's ballot replaced.
    function put(uint256 word, uint16 memberId, Ballot ballot) internal pure returns (uint256) {
        uint256 shift = _shift(memberId);
        return (word & ~(uint256(0xff) << shift)) | (uint256(Ballot.unwrap(ballot)) << shift);
    }

    /// @notice The ballots of word 0 without the proposal data beside them.
    function withoutMeta(uint256 word) internal pure returns (uint256) {
        return (word >> 128) << 128;
    }

    /// @notice The word without the ballots cast by mandate; the recused stay.
    function withoutMandated(uint256 word) internal pure returns (uint256) {
        uint256 mandated = (word >> 2) & ((word | (word >> 1)) & LANES);
        return word & ~(mandated * 7); // lanes of 0 or 1: no carry
    }

    /// @notice Counts a word of ballots by choice, all bytes at once.
    function count(uint256 word) internal pure returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) {
        uint256 low = word & LANES;
        uint256 high = (word >> 1) & LANES;
        againstVotes = _sum(low & ~high);
        forVotes = _sum(high & ~low);
        abstainVotes = _sum(low & high);
    }

    /// @notice The lowest bit of each byte that says `recused`.
    function recusedLanes(uint256 word) internal pure returns (uint256) {
        return (word >> 2) & ~(word | (word >> 1)) & LANES;
    }

    /// @dev Adds up 32 bytes of 0 or 1: the product's highest byte, at most 32, is their sum; the rest may overflow.
    function _sum(uint256 lanes) private pure returns (uint256) {
        unchecked {
            return (lanes * LANES) >> 248;
        }
    }

    function _shift(uint16 memberId) private pure returns (uint256) {
        unchecked {
            return ((uint256(memberId) + 15) & 31) << 3; // 16 bits and 4
        }
    }
}
