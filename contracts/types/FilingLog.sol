// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @notice How many proposals a body has had, and how many its members put today, in one slot.
/// @dev From the lowest bit: proposals (32), day since 1970 (16), proposals of that day for each of 52 places (4). A
/// member's place is its number's remainder by 52: in a larger roll, members 52 apart share what a day allows.
type FilingLog is uint256;

using {proposals, logged} for FilingLog global;

/// @dev What a member may put in one body in one day (UTC), so that nobody drowns the others' questions.
uint256 constant MOST_A_DAY = 15;

function proposals(FilingLog log) pure returns (uint32) {
    return uint32(FilingLog.unwrap(log));
}

/// @notice The log with one proposal more of the member, and whether the day allows it.
function logged(FilingLog log, uint16 memberId, uint48 second) pure returns (FilingLog next, bool allowed) {
    unchecked {
        uint256 word = FilingLog.unwrap(log);
        uint256 today = second / 1 days; // 16 bits until 2149
        if (uint16(word >> 32) != today) word = uint32(word) | (today << 32);
        uint256 shift = 48 + 4 * (memberId % 52);
        allowed = (word >> shift) & 15 != MOST_A_DAY;
        next = FilingLog.wrap(word + 1 + (1 << shift));
    }
}
