// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {MemberClass, MemberStatus} from "../interfaces/IMemberRegistry.sol";

/// @dev Bit `1 << class` of each class there is: what a body's mask of classes may be made of.
uint8 constant ALL_CLASSES = uint8(
    (1 << uint8(MemberClass.Founding)) | (1 << uint8(MemberClass.Partner)) | (1 << uint8(MemberClass.Associate))
);

/// @notice Whether a member that stands here may vote: a defaulting party keeps its membership and loses its vote.
function mayVote(MemberStatus status) pure returns (bool) {
    return status == MemberStatus.Active || status == MemberStatus.InBreach;
}

/// @notice Whether the membership has come to its end; only an appeal leads back, and only after exclusion.
function hasEnded(MemberStatus status) pure returns (bool) {
    return status == MemberStatus.Excluded || status == MemberStatus.Left;
}

/// @notice Whether members of this class propose and may hold seats; associates are consulted only.
function isVoting(MemberClass class) pure returns (bool) {
    return class == MemberClass.Founding || class == MemberClass.Partner;
}
