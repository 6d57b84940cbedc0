// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @notice The law a proposal was opened under, packed into the lower half of its first ballot word.
/// @dev From the lowest bit: kind (16), rule (16), number (32), proposing member (16), extraordinary (1), free (47).
type ProposalMeta is uint128;

using {kindId, ruleId, number, proposerId, extraordinary} for ProposalMeta global;

/// @notice Packs the facts fixed at filing.
function packMeta(
    uint16 kindId_,
    uint16 ruleId_,
    uint32 number_,
    uint16 proposerId_,
    bool extraordinary_
)
    pure
    returns (ProposalMeta)
{
    return ProposalMeta.wrap(
        uint128(kindId_) | (uint128(ruleId_) << 16) | (uint128(number_) << 32) | (uint128(proposerId_) << 64)
            | (extraordinary_ ? uint128(1) << 80 : 0)
    );
}

function kindId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta));
}

function ruleId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta) >> 16);
}

function number(ProposalMeta meta) pure returns (uint32) {
    return uint32(ProposalMeta.unwrap(meta) >> 32);
}

function proposerId(ProposalMeta meta) pure returns (uint16) {
    return uint16(ProposalMeta.unwrap(meta) >> 64);
}

function extraordinary(ProposalMeta meta) pure returns (bool) {
    return (ProposalMeta.unwrap(meta) >> 80) & 1 != 0;
}
