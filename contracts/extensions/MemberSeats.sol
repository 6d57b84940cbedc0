// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Standing} from "../libraries/Standings.sol";
import {hasEnded, isVoting} from "../types/Membership.sol";
import {MemberBodies} from "./MemberBodies.sol";

/// @title Seats in bodies that are not made of classes, with or without a term.
/// @dev No transaction happens when a term ends: the seat counts in the electorate until somebody clears it, which
/// anyone may.
abstract contract MemberSeats is MemberBodies {
    mapping(uint8 bodyId => mapping(uint16 memberId => uint48 until)) private _terms;

    /// @inheritdoc IMemberRegistry
    function clearLapsedSeat(uint8 bodyId, uint16 memberId) external override {
        uint48 until = termOf(bodyId, memberId);
        if (until == 0 || Time.timestamp() <= until) revert MemberRegistryTermRunning(bodyId, memberId, until);
        _endSeat(bodyId, memberId);
    }

    /// @notice Last second of the term of a member that holds a seat; 0 for a seat without term.
    function termOf(uint8 bodyId, uint16 memberId) public view returns (uint48) {
        _requireHeld(bodyId, memberId);
        return _terms[bodyId][memberId];
    }

    /// @dev A seat still held gets the new term: whoever is elected again need not lose the seat first.
    function _grantSeat(uint8 bodyId, uint16 memberId, uint48 until) internal {
        Standing memory standing_ = _standingOf(memberId);
        uint32 seat = _seatIn(bodyId, memberId);
        _requireAhead(until);
        bool eligible = isVoting(standing_.class) && !hasEnded(standing_.status);
        bool same = _files[memberId].seats & seat != 0 && _terms[bodyId][memberId] == until;
        if (!eligible || same) revert MemberRegistryInvalidSeat(bodyId, memberId);
        _files[memberId].seats |= seat;
        _terms[bodyId][memberId] = until;
        emit SeatGranted(bodyId, memberId, until);
        _settle(standing_);
    }

    function _endSeat(uint8 bodyId, uint16 memberId) internal {
        Standing memory standing_ = _standingOf(memberId);
        _files[memberId].seats &= ~_requireHeld(bodyId, memberId);
        emit SeatEnded(bodyId, memberId);
        _settle(standing_);
    }

    /// @dev The seats of a member that leaves or no longer votes; the caller settles.
    function _endSeats(uint16 memberId) internal {
        uint32 seats = _files[memberId].seats;
        if (seats == 0) return;
        _files[memberId].seats = 0;
        for (uint8 bodyId = 0; bodyId < bodyCount(); ++bodyId) {
            if (seats & _bit(bodyId) != 0) emit SeatEnded(bodyId, memberId);
        }
    }

    function _requireHeld(uint8 bodyId, uint16 memberId) private view returns (uint32 seat) {
        seat = _seatIn(bodyId, memberId);
        if (_files[memberId].seats & seat == 0) revert MemberRegistryInvalidSeat(bodyId, memberId);
    }

    function _seatIn(uint8 bodyId, uint16 memberId) private view returns (uint32) {
        if (_bodyOf(bodyId).classes != 0) revert MemberRegistryInvalidSeat(bodyId, memberId);
        return _bit(bodyId);
    }

    function _requireAhead(uint48 until) private view {
        uint48 now_ = Time.timestamp();
        if (until != 0 && until < now_) revert MemberRegistryInvalidTerm(until, now_);
    }
}
