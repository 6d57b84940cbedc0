// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {PartyEffect, Rule, TieBreak} from "../interfaces/IRulebook.sol";

/// @notice What a governor needs to open a proposal, in one word: so it is kept, and so it is handed over.
/// @dev From the lowest bit: kind (16), rule (16), party (16), party effect (2), notice (32), short notice (32),
/// period (32), tie (1), revisable (1). The party is the member that the action names; 0 where none is named.
type Terms is uint160;

using {kindId, ruleId, partyId, partyEffect, notice, shortNotice, period, tie, revisable, naming} for Terms global;

/// @notice The terms of a kind under a rule, no party named.
function termsUnder(uint16 kindId_, uint16 ruleId_, Rule memory rule) pure returns (Terms) {
    uint160 durations =
        (uint160(rule.notice) << 50) | (uint160(rule.shortNotice) << 82) | (uint160(rule.period) << 114);
    uint160 settings = (uint160(rule.tie) << 146) | (rule.revisable ? 1 << 147 : 0);
    return Terms.wrap(kindId_ | (uint160(ruleId_) << 16) | durations | settings);
}

/// @notice The same terms, which so far name nobody, with a party.
function naming(Terms terms, uint16 partyId_, PartyEffect effect) pure returns (Terms) {
    return Terms.wrap(Terms.unwrap(terms) | (uint160(partyId_) << 32) | (uint160(effect) << 48));
}

function kindId(Terms terms) pure returns (uint16) {
    return uint16(Terms.unwrap(terms));
}

function ruleId(Terms terms) pure returns (uint16) {
    return uint16(Terms.unwrap(terms) >> 16);
}

function partyId(Terms terms) pure returns (uint16) {
    return uint16(Terms.unwrap(terms) >> 32);
}

function partyEffect(Terms terms) pure returns (PartyEffect) {
    return PartyEffect((Terms.unwrap(terms) >> 48) & 3);
}

function notice(Terms terms) pure returns (uint32) {
    return uint32(Terms.unwrap(terms) >> 50);
}

function shortNotice(Terms terms) pure returns (uint32) {
    return uint32(Terms.unwrap(terms) >> 82);
}

function period(Terms terms) pure returns (uint32) {
    return uint32(Terms.unwrap(terms) >> 114);
}

function tie(Terms terms) pure returns (TieBreak) {
    return TieBreak((Terms.unwrap(terms) >> 146) & 1);
}

function revisable(Terms terms) pure returns (bool) {
    return (Terms.unwrap(terms) >> 147) & 1 != 0;
}
