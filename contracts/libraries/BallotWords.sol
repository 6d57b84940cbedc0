// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice} from "../interfaces/IConsortiumGovernor.sol";

/// @title Ballots of one proposal, a byte for each member, 32 bytes to a word.
/// @dev Byte: choice (2 bits), by mandate (1 bit, 0 for now), revision (5 bits, 0 for now). Word 0 keeps 128 bits of
/// proposal data in its lower half, so its ballots are those of members 1 to 16; word `i` holds members `32 i - 15` to
/// `32 i + 16`. The first voter never pays for a fresh slot, and the tally is derived: it cannot drift.
library BallotWords {
    /// @dev The lowest bit of each byte.
    uint256 private constant LANES = type(uint256).max / 255;
    uint256 private constant CHOICE = 3;

    /// @notice Index of the word that holds the member's ballot; `memberId` is at least 1.
    function indexOf(uint16 memberId) internal pure returns (uint256) {
        return (uint256(memberId) + 15) >> 5;
    }

    /// @notice What the member handed in, read from its word.
    function choiceAt(uint256 word, uint16 memberId) internal pure returns (Choice) {
        return Choice((word >> _shift(memberId)) & CHOICE);
    }

    /// @notice The word with the ballot of a member that had none.
    function withChoice(uint256 word, uint16 memberId, Choice choice) internal pure returns (uint256) {
        return word | (uint256(choice) << _shift(memberId));
    }

    /// @notice The ballots of word 0 without the proposal data beside them.
    function withoutMeta(uint256 word) internal pure returns (uint256) {
        return (word >> 128) << 128;
    }

    /// @notice Counts a word of ballots by choice, all bytes at once.
    function count(uint256 word) internal pure returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes) {
        uint256 low = word & LANES;
        uint256 high = (word >> 1) & LANES;
        againstVotes = _sum(low & ~high);
        forVotes = _sum(high & ~low);
        abstainVotes = _sum(low & high);
    }

    /// @dev Adds up 32 bytes of 0 or 1: the product's highest byte, at most 32, is their sum; the rest may overflow.
    function _sum(uint256 lanes) private pure returns (uint256) {
        unchecked {
            return (lanes * LANES) >> 248;
        }
    }

    function _shift(uint16 memberId) private pure returns (uint256) {
        return ((uint256(memberId) + 15) & 31) << 3;
    }
}
