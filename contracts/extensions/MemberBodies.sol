// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Standing} from "../libraries/Standings.sol";
import {ALL_CLASSES, mayVote} from "../types/Membership.sol";
import {MemberRoll} from "./MemberRoll.sol";

/// @title Bodies and electorates: which members may vote where, and how many they are at any past second.
/// @dev A member's rights follow from its status, its class and its seats; whoever changes one of them calls {_settle}.
abstract contract MemberBodies is MemberRoll {
    using Checkpoints for Checkpoints.Trace208;

    struct Body {
        bytes32 name;
        address governor;
        address timelock;
        uint8 classes; // 0: a body of seats
        uint16 chairId; // 0: none
    }

    /// @dev The bits of one `rights` word.
    uint256 private constant MOST_BODIES = 32;

    Body[] private _bodies;
    mapping(uint256 bodyId => Checkpoints.Trace208 trace) private _totals;
    uint32[4] private _classRights; // by class: the bodies all members of it vote in

    /// @inheritdoc IMemberRegistry
    function bodyCount() public view override returns (uint8) {
        return uint8(_bodies.length); // at most MOST_BODIES
    }

    /// @inheritdoc IMemberRegistry
    function body(uint8 bodyId)
        external
        view
        override
        returns (bytes32 name, address governor, address timelock, uint8 classes)
    {
        Body storage body_ = _bodyOf(bodyId);
        return (body_.name, body_.governor, body_.timelock, body_.classes);
    }

    /// @inheritdoc IMemberRegistry
    function chairOf(uint8 bodyId) external view override returns (uint16 memberId) {
        return _bodyOf(bodyId).chairId;
    }

    /// @inheritdoc IMemberRegistry
    function entitledAt(uint8 bodyId, uint48 timepoint) external view override returns (uint256) {
        uint48 now_ = Time.timestamp();
        if (timepoint >= now_) revert MemberRegistryFutureLookup(timepoint, now_);
        return _totals[bodyId].upperLookupRecent(timepoint);
    }

    /// @dev Members already admitted get their rights at once: gas grows with the roll, about 10,000 for each of them.
    function _createBody(
        bytes32 name,
        address governor,
        address timelock,
        uint8 classes
    )
        internal
        returns (uint8 bodyId)
    {
        bodyId = bodyCount();
        if (bodyId == MOST_BODIES) revert MemberRegistryTooManyBodies(bodyId);
        _requireBelonging(bodyId, governor, timelock, classes);
        _bodies.push(Body(name, governor, timelock, classes, 0));
        emit BodyCreated(bodyId, name, governor, timelock, classes);
        if (classes != 0) _enfranchise(bodyId, classes);
    }

    /// @dev A chair without the right to vote in the body has no ballot that could break a tie.
    function _setChair(uint8 bodyId, uint16 memberId) internal {
        if (memberId != 0) _requireNotEnded(_standingOf(memberId));
        _bodyOf(bodyId).chairId = memberId;
        emit ChairSet(bodyId, memberId);
    }

    /// @dev Brings a member's rights in line with its status, class and seats, stores its standing, moves the totals.
    function _settle(Standing memory standing_) internal {
        uint32 before = standing_.rights;
        uint32 rights = _rightsOf(standing_);
        if (rights != before) {
            _checkpoint(standing_, rights);
            _moveTotals(before, rights);
        }
        _store(standing_);
    }

    /// @dev As {_settle} for a member of a batch; the caller adds the batch to the totals once.
    function _settleInBatch(Standing memory standing_) internal {
        uint32 rights = _rightsOf(standing_);
        if (rights != standing_.rights) _checkpoint(standing_, rights);
        _store(standing_);
    }

    /// @param newcomers how many of each class, by class, entered with the right to vote.
    function _addToTotals(uint256[4] memory newcomers) internal {
        for (uint256 bodyId = 0; bodyId < _bodies.length; ++bodyId) {
            uint256 added = 0;
            for (uint256 class = 1; class < 4; ++class) {
                if (_bodies[bodyId].classes & (1 << class) != 0) added += newcomers[class];
            }
            if (added != 0) _pushTotal(bodyId, _totals[bodyId].latest() + added);
        }
    }

    function _rightsOf(Standing memory standing_) private view returns (uint32) {
        if (!mayVote(standing_.status)) return 0;
        return _classRights[uint8(standing_.class)] | _files[standing_.memberId].seats;
    }

    function _moveTotals(uint32 before, uint32 rights) private {
        for (uint8 bodyId = 0; bodyId < bodyCount(); ++bodyId) {
            uint32 bit = _bit(bodyId);
            if ((before ^ rights) & bit == 0) continue;
            uint256 total = _totals[bodyId].latest();
            _pushTotal(bodyId, rights & bit != 0 ? total + 1 : total - 1);
        }
    }

    function _pushTotal(uint256 bodyId, uint256 total) private {
        _totals[bodyId].push(Time.timestamp(), uint208(total)); // at most 65,535 members
    }

    function _enfranchise(uint8 bodyId, uint8 classes) private {
        for (uint8 class = 1; class < 4; ++class) {
            if (classes & (1 << class) != 0) _classRights[class] |= _bit(bodyId);
        }
        uint256 entitled = 0;
        for (uint16 memberId = 1; memberId <= memberCount; ++memberId) {
            Standing memory standing_ = _standingOf(memberId);
            if (!mayVote(standing_.status) || classes & (1 << uint8(standing_.class)) == 0) continue;
            _settleInBatch(standing_);
            ++entitled;
        }
        if (entitled != 0) _pushTotal(bodyId, entitled);
    }

    function _bodyOf(uint8 bodyId) internal view returns (Body storage) {
        if (bodyId >= _bodies.length) revert MemberRegistryUnknownBody(bodyId);
        return _bodies[bodyId];
    }

    /// @dev A governor carries its body's number and its registry for ever: a wrong one would count other electorates.
    function _requireBelonging(uint8 bodyId, address governor, address timelock, uint8 classes) private view {
        IConsortiumGovernor candidate = IConsortiumGovernor(governor);
        bool belongs = candidate.bodyId() == bodyId && candidate.registry() == address(this)
            && candidate.timelock() == timelock && classes & ~ALL_CLASSES == 0;
        if (!belongs) revert MemberRegistryInvalidBody(bodyId, governor, timelock, classes);
    }

    function _bit(uint8 bodyId) internal pure returns (uint32) {
        return uint32(1) << bodyId;
    }
}
