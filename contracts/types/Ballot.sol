// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice} from "../interfaces/IConsortiumGovernor.sol";

/// @notice One member's byte: choice (2 bits), by mandate (1 bit), number of own ballots cast (5 bits).
/// @dev No choice with the mandate bit set says that the member is recused.
type Ballot is uint8;

using {choice, byMandate, revision, isRecused, revised} for Ballot global;

uint8 constant MANDATE_BIT = 4;

/// @dev Most ballots of its own that a member may cast on a proposal; five bits could count one more.
uint8 constant MOST_REVISIONS = 30;

Ballot constant NO_BALLOT = Ballot.wrap(0);
Ballot constant RECUSED_BALLOT = Ballot.wrap(MANDATE_BIT);

function choice(Ballot ballot) pure returns (Choice) {
    return Choice(Ballot.unwrap(ballot) & 3);
}

function byMandate(Ballot ballot) pure returns (bool) {
    return Ballot.unwrap(ballot) & MANDATE_BIT != 0 && Ballot.unwrap(ballot) & 3 != 0;
}

/// @notice How many ballots of its own the member has cast; this is what a signed ballot's nonce counts.
function revision(Ballot ballot) pure returns (uint8) {
    return Ballot.unwrap(ballot) >> 3;
}

function isRecused(Ballot ballot) pure returns (bool) {
    return Ballot.unwrap(ballot) & 7 == MANDATE_BIT;
}

/// @notice The byte after one more ballot of the member's own; there are at most 30, so it does not overflow.
function revised(Ballot ballot, Choice choice_) pure returns (Ballot) {
    return Ballot.wrap(uint8(choice_) | ((ballot.revision() + 1) << 3));
}

/// @notice The byte of a member's first ballot; `support` is at most 2.
function firstBallot(uint8 support) pure returns (Ballot) {
    unchecked {
        return Ballot.wrap((support + 1) | (1 << 3));
    }
}

/// @notice The byte of a ballot cast by mandate; it never follows one of the member's own, so the nonce stays 0.
function mandated(Choice choice_) pure returns (Ballot) {
    return Ballot.wrap(uint8(choice_) | MANDATE_BIT);
}
