// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IMemberRegistry, MemberClass} from "../../contracts/interfaces/IMemberRegistry.sol";
import {Consortium} from "./Consortium.sol";

/// @notice Who sits and votes where: classes, seats, chairs, and the bodies themselves.
contract SeatsTest is Consortium {
    // ------------------------------------------------------------------------------------------ Class and seats

    function test_associate_loses_vote_and_seat() public {
        registry.changeClass(1, MemberClass.Associate);
        vm.assertEq(_rightsOf(1), 0, "rights");
        (,,,,, uint32 seats) = registry.member(1);
        vm.assertEq(seats, 0, "seats");
        registry.changeClass(1, MemberClass.Founding);
        vm.assertEq(_rightsOf(1), 1, "rights without the seat");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryInvalidClass.selector);
        registry.changeClass(1, MemberClass.Founding);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryInvalidClass.selector);
        registry.changeClass(1, MemberClass.None);
    }

    function test_seats_have_terms_that_anyone_may_clear_once_over() public {
        registry.grantSeat(BOARD, 4, _now() + 10 days);
        vm.assertEq(registry.termOf(BOARD, 4), _now() + 10 days, "term");
        _goTo(_now() + 10 days);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryTermRunning.selector);
        registry.clearLapsedSeat(BOARD, 4);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryTermRunning.selector);
        registry.clearLapsedSeat(BOARD, 1);
        _goTo(_now() + 1);
        vm.prank(address(0xD));
        registry.clearLapsedSeat(BOARD, 4);
        vm.assertEq(_rightsOf(4), 1, "rights");
        registry.endSeat(BOARD, 1);
        vm.assertEq(_rightsOf(1), 1, "rights");
    }

    function test_wrong_seats_are_refused() public {
        bytes4 invalid = IMemberRegistry.MemberRegistryInvalidSeat.selector;
        vm.expectPartialRevert(invalid);
        registry.grantSeat(BOARD, 1, 0); // held already
        vm.expectPartialRevert(invalid);
        registry.grantSeat(ASSEMBLY, 4, 0); // no body of seats
        vm.expectPartialRevert(invalid);
        registry.grantSeat(BOARD, 9, 0); // an associate
        vm.expectPartialRevert(invalid);
        registry.endSeat(BOARD, 4); // not held
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryInvalidTerm.selector);
        registry.grantSeat(BOARD, 4, _now() - 1);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnknownBody.selector);
        registry.grantSeat(7, 4, 0);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnknownMember.selector);
        registry.grantSeat(BOARD, 11, 0);
        registry.grantSeat(BOARD, 4, _now() + 1 days);
        registry.grantSeat(BOARD, 4, _now() + 2 days); // another term
        vm.assertEq(registry.termOf(BOARD, 4), _now() + 2 days, "term");
    }

    function test_chair_is_a_member_or_nobody() public {
        registry.setChair(ASSEMBLY, 2);
        vm.assertEq(registry.chairOf(ASSEMBLY), 2, "chair");
        registry.setChair(ASSEMBLY, 0);
        vm.assertEq(registry.chairOf(ASSEMBLY), 0, "no chair");
        registry.recordExit(2);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnexpectedStatus.selector);
        registry.setChair(ASSEMBLY, 2);
    }

    /// @dev Two checkpoints lie in the slot, older ones in a trace; several within a second leave the last.
    function test_rights_of_the_past_are_remembered_however_often_they_changed() public {
        uint48[6] memory seconds_;
        for (uint256 i = 0; i < 6; ++i) {
            _goTo(_now() + 100);
            seconds_[i] = _now();
            registry.changeClass(5, i % 2 == 0 ? MemberClass.Associate : MemberClass.Partner);
            registry.changeClass(5, i % 2 == 0 ? MemberClass.Partner : MemberClass.Associate);
            registry.changeClass(5, i % 2 == 0 ? MemberClass.Associate : MemberClass.Partner);
        }
        for (uint256 i = 0; i < 6; ++i) {
            vm.assertEq(_rightsAt(5, seconds_[i]), i % 2, "at its second");
            vm.assertEq(_rightsAt(5, seconds_[i] + 99), i % 2, "until the next");
            vm.assertEq(_rightsAt(5, seconds_[i] - 1), (i + 1) % 2, "before it");
        }
        vm.assertEq(_rightsAt(5, BEGIN - 1), 0, "before all");
        vm.assertEq(registry.entitledAt(ASSEMBLY, seconds_[0] + 1), 7, "total");
    }

    // --------------------------------------------------------------------------------------------------- Bodies

    function test_bodies_end_at_thirty_two() public {
        for (uint256 i = registry.bodyCount(); i < 32; ++i) {
            _body("Another", i % 2 == 0 ? 0 : VOTING);
        }
        vm.assertEq(_rightsOf(9), 0, "an associate's rights");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryTooManyBodies.selector);
        registry.createBody("more", address(general), address(generalTimelock), VOTING);
    }

    function test_body_that_does_not_belong_is_refused() public {
        bytes4 invalid = IMemberRegistry.MemberRegistryInvalidBody.selector;
        vm.expectPartialRevert(invalid);
        registry.createBody("again", address(general), address(generalTimelock), VOTING);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnknownBody.selector);
        registry.body(2);
        (bytes32 name,, address timelock, uint8 classes) = registry.body(BOARD);
        vm.assertTrue(name == "Executive board" && timelock == address(boardTimelock) && classes == 0, "board");
    }

    function test_new_body_of_all_classes_takes_in_who_may_vote() public {
        registry.recordExit(10);
        (general,) = _body("Consultation", 14);
        _goTo(_now() + 1);
        vm.assertEq(registry.entitledAt(2, _now() - 1), 9, "electorate");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryFutureLookup.selector);
        registry.entitledAt(2, _now());
    }

    function _rightsOf(uint16 memberId) private view returns (uint32 rights) {
        (,,,, rights,) = registry.member(memberId);
    }

    function _rightsAt(uint16 memberId, uint48 timepoint) private view returns (uint32 rights) {
        (,,, rights,) = registry.standing(_wallet(memberId), timepoint);
    }
}
