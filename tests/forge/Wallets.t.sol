// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IMemberRegistry} from "../../contracts/interfaces/IMemberRegistry.sol";
import {Consortium} from "./Consortium.sol";

/// @notice Wallets that change hands, and mandates that members give each other.
contract WalletsTest is Consortium {
    bytes32 private constant MANDATE_TYPEHASH = keccak256(
        "Mandate(uint16 principalId,uint16 holderId,uint8 bodyId,uint256 proposalId,uint48 until,uint256 nonce,uint48 deadline)"
    );
    address private constant APPROVER = address(0xA);

    function setUp() public override {
        super.setUp();
        registry.setApprover(APPROVER);
    }

    // -------------------------------------------------------------------------------------------------- Wallets

    function test_member_moves_to_another_wallet_of_its_own() public {
        _rotate(1, vm.addr(500));
        (uint16 memberId, bool revoked) = registry.memberOf(_wallet(1));
        vm.assertTrue(memberId == 1 && revoked, "old wallet");
        vm.assertTrue(registry.walletOf(1) == vm.addr(500), "new wallet");
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryWalletRevoked.selector);
        registry.rotateWallet(vm.addr(501));
    }

    function test_old_wallet_is_never_given_to_anyone_again() public {
        _rotate(1, vm.addr(500));
        vm.prank(_wallet(2));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryWalletRevoked.selector);
        registry.rotateWallet(_wallet(1));
    }

    function test_stranger_rotates_nothing() public {
        vm.prank(address(0xD));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnknownWallet.selector);
        registry.rotateWallet(vm.addr(500));
    }

    function test_lost_wallet_is_replaced_by_two_offices_after_the_delay() public {
        registry.proposeRotation(1, vm.addr(500));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryRotationNotApproved.selector);
        registry.completeRotation(1);
        _approve(1, vm.addr(500));
        (address pending, uint48 effectiveFrom) = registry.rotationOf(1);
        vm.assertTrue(pending == vm.addr(500) && effectiveFrom == _now() + 3 days, "pending");
        _goTo(effectiveFrom - 1);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryRotationDelay.selector);
        registry.completeRotation(1);
        _goTo(effectiveFrom);
        registry.completeRotation(1);
        vm.assertTrue(registry.walletOf(1) == vm.addr(500), "wallet");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryNoRotation.selector);
        registry.completeRotation(1);
    }

    function test_old_wallet_stops_a_rotation_and_so_does_its_own_move() public {
        registry.proposeRotation(1, vm.addr(500));
        vm.prank(_wallet(2));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnauthorized.selector);
        registry.stopRotation(1);
        vm.prank(_wallet(1));
        registry.stopRotation(1);
        registry.proposeRotation(1, vm.addr(500));
        _rotate(1, vm.addr(501));
        vm.prank(APPROVER);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryNoRotation.selector);
        registry.approveRotation(1, vm.addr(500));
        registry.proposeRotation(1, vm.addr(500));
        registry.stopRotation(1); // the owner
    }

    function test_approver_agrees_to_one_wallet_once() public {
        registry.proposeRotation(1, vm.addr(500));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnauthorized.selector);
        registry.approveRotation(1, vm.addr(500));
        vm.prank(APPROVER);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryNoRotation.selector);
        registry.approveRotation(1, vm.addr(501));
        _approve(1, vm.addr(500));
        vm.prank(APPROVER);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryNoRotation.selector);
        registry.approveRotation(1, vm.addr(500));
    }

    function test_wallet_taken_meanwhile_does_not_complete() public {
        registry.proposeRotation(1, vm.addr(500));
        _approve(1, vm.addr(500));
        _rotate(2, vm.addr(500));
        _goTo(_now() + 3 days);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryWalletInUse.selector);
        registry.completeRotation(1);
    }

    // ------------------------------------------------------------------------------------------------- Mandates

    function test_mandate_is_given_replaced_and_taken_back() public {
        _grant(1, 2, 0, _now() + 1 days);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 2, "holder");
        _grant(1, 3, 77, _now() + 1 days);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 3, "holder on that proposal");
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 78), 0, "holder on another");
        (uint16 holderId, uint256 proposalId, uint48 until) = registry.mandateOf(1, ASSEMBLY);
        vm.assertTrue(holderId == 3 && proposalId == 77 && until == _now() + 1 days, "mandate");
        vm.prank(_wallet(1));
        registry.revokeMandate(ASSEMBLY);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 0, "no holder");
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryNoMandate.selector);
        registry.revokeMandate(ASSEMBLY);
    }

    function test_mandate_ends_after_its_last_second() public {
        _grant(1, 2, 0, _now() + 10);
        _goTo(_now() + 10);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 2, "last second");
        _goTo(_now() + 1);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 0, "after it");
    }

    function test_impossible_mandates_are_refused() public {
        bytes4 invalid = IMemberRegistry.MemberRegistryInvalidMandate.selector;
        _refusedGrant(1, 1, 0, _now() + 1, invalid);
        _refusedGrant(1, 2, 0, _now() - 1, invalid);
        _refusedGrant(1, 2, 1 << 192, _now() + 1, invalid);
        _refusedGrant(1, 11, 0, _now() + 1, IMemberRegistry.MemberRegistryUnknownMember.selector);
        registry.recordExit(2);
        _refusedGrant(1, 2, 0, _now() + 1, IMemberRegistry.MemberRegistryUnexpectedStatus.selector);
    }

    function test_mandate_by_signature_counts_once_and_in_time() public {
        uint48 until = _now() + 5 days;
        bytes memory signature = _signedMandate(1, 2, until, _now() + 1);
        uint48 deadline = _now() + 1;
        registry.setMandateBySig(1, 2, ASSEMBLY, 0, until, deadline, signature);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 2, "holder");
        vm.assertEq(registry.mandateNonce(1), 1, "nonce");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryInvalidSignature.selector);
        registry.setMandateBySig(1, 2, ASSEMBLY, 0, until, deadline, signature);
        signature = _signedMandate(1, 0, until, deadline);
        registry.setMandateBySig(1, 0, ASSEMBLY, 0, until, deadline, signature);
        vm.assertEq(registry.holderOf(1, ASSEMBLY, 77), 0, "no holder");
        signature = _signedMandate(1, 2, until, deadline);
        _goTo(deadline + 1);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistrySignatureExpired.selector);
        registry.setMandateBySig(1, 2, ASSEMBLY, 0, until, deadline, signature);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _rotate(uint256 memberId, address wallet) private {
        vm.prank(_wallet(memberId));
        registry.rotateWallet(wallet);
    }

    function _approve(uint16 memberId, address wallet) private {
        vm.prank(APPROVER);
        registry.approveRotation(memberId, wallet);
    }

    function _grant(uint256 principal, uint16 holderId, uint256 proposalId, uint48 until) private {
        vm.prank(_wallet(principal));
        registry.grantMandate(holderId, ASSEMBLY, proposalId, until);
    }

    function _refusedGrant(
        uint256 principal,
        uint16 holder,
        uint256 proposalId,
        uint48 until,
        bytes4 refusal
    )
        private
    {
        vm.prank(_wallet(principal));
        vm.expectPartialRevert(refusal);
        registry.grantMandate(holder, ASSEMBLY, proposalId, until);
    }

    function _signedMandate(
        uint16 principalId,
        uint16 holderId,
        uint48 until,
        uint48 deadline
    )
        private
        view
        returns (bytes memory)
    {
        bytes32 mandate = keccak256(
            abi.encode(
                MANDATE_TYPEHASH,
                principalId,
                holderId,
                ASSEMBLY,
                0,
                until,
                registry.mandateNonce(principalId),
                deadline
            )
        );
        return _signed(address(registry), principalId, mandate);
    }
}
