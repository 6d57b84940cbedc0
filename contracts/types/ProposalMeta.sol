// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {PartyEffect} from "../interfaces/IRulebook.sol";
import {Terms} from "./Terms.sol";

/// @notice The facts of a proposal fixed at filing, packed into the lower half of its first ballot word.
/// @dev From the lowest bit: kind (16), rule (16), number (24), proposing member (16), extraordinary (1), party (16),
/// party effect (2), attempt (4), chair (16), closed early (1), withdrawn (1), revisable (1),
/// free (14).
type ProposalMeta is uint128;

using {
    kindId,
    ruleId,
    number,
    proposerId,
    extraordinary,
    partyId,
    partyEffect,
    attempt,
    chairId,
    closedEarly,
    withClosedEarly,
    withdrawn,
    withWithdrawn,
    revisable,
    isPlain
} for ProposalMeta global;

/// @notice What is known of a proposal when it is filed.
struct Filing {
    uint24 number;
    uint16 proposerId;
    bool extraordinary;
    uint8 attempt; // at most 15
    uint16 chairId;
}

uint128 constant CLOSED_EARLY = 1 << 111;
uint128 constant WITHDRAWN = 1 << 112;
uint128 constant REVISABLE = 1 << 113;

/// @notice Packs the facts fixed at filing.
function packMeta(Terms terms, Filing memory filing) pure returns (ProposalMeta) {
    uint256 law = uint256(terms.kindId()) | (uint256(terms.ruleId()) << 16) | (terms.revisable() ? REVISABLE : 0);
    uint256 party = (uint256(terms.partyId()) << 73) | (uint256(terms.partyEffect()) << 89);
    uint256 rest = (uint256(filing.number) << 32) | (uint256(filing.proposerId) << 56)
        | (filing.extraordinary ? 1 << 72 : 0) | (uint256(filing.attempt) << 91) | (uint256(filing.chairId) << 95);
    return ProposalMeta.wrap(uint128(law | party | rest)); // up to bit 113
}

function kindId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta));
}

function ruleId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta) >> 16);
}

function number(ProposalMeta meta) pure returns (uint24) {
    return uint24(ProposalMeta.unwrap(meta) >> 32);
}

function proposerId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta) >> 56);
}

function extraordinary(ProposalMeta meta) pure returns (bool) {
    return (ProposalMeta.unwrap(meta) >> 72) & 1 != 0;
}

function partyId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta) >> 73);
}

function partyEffect(ProposalMeta meta) pure returns (PartyEffect) {
    return PartyEffect((ProposalMeta.unwrap(meta) >> 89) & 3);
}

function attempt(ProposalMeta meta) pure returns (uint8) {
    return uint8((ProposalMeta.unwrap(meta) >> 91) & 15);
}

function chairId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta) >> 95);
}

function closedEarly(ProposalMeta meta) pure returns (bool) {
    return ProposalMeta.unwrap(meta) & CLOSED_EARLY != 0;
}

function withClosedEarly(ProposalMeta meta) pure returns (ProposalMeta) {
    return ProposalMeta.wrap(ProposalMeta.unwrap(meta) | CLOSED_EARLY);
}

function withdrawn(ProposalMeta meta) pure returns (bool) {
    return ProposalMeta.unwrap(meta) & WITHDRAWN != 0;
}

function withWithdrawn(ProposalMeta meta) pure returns (ProposalMeta) {
    return ProposalMeta.wrap(ProposalMeta.unwrap(meta) | WITHDRAWN);
}

/// @notice Whether a member may change its ballot; the rule says so, which never changes once a proposal is filed.
function revisable(ProposalMeta meta) pure returns (bool) {
    return ProposalMeta.unwrap(meta) & REVISABLE != 0;
}

/// @notice Whether its time to vote is as it was filed: neither closed early nor withdrawn.
function isPlain(ProposalMeta meta) pure returns (bool) {
    return ProposalMeta.unwrap(meta) & (CLOSED_EARLY | WITHDRAWN) == 0;
}
