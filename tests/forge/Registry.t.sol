// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Admission, IMemberRegistry, MemberClass, MemberStatus} from "../../contracts/interfaces/IMemberRegistry.sol";
import {Consortium} from "./Consortium.sol";

/// @notice The roll: who is a member, where it stands, who may change that.
contract RegistryTest is Consortium {
    // ------------------------------------------------------------------------------------------------ Admission

    function test_admitted_member_votes_only_once_its_document_is_recorded() public {
        uint16 memberId = registry.admit(_admission(11));
        vm.assertEq(uint256(_statusOf(memberId)), uint256(MemberStatus.Admitted), "status");
        vm.assertEq(registry.entitledAt(ASSEMBLY, _now() - 1), 8, "electorate");
        registry.recordAccession(memberId, DOCUMENT);
        _goTo(_now() + 1);
        vm.assertEq(registry.entitledAt(ASSEMBLY, _now() - 1), 9, "electorate with the new member");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnexpectedStatus.selector);
        registry.recordAccession(memberId, DOCUMENT);
    }

    function test_accession_needs_a_document() public {
        uint16 memberId = registry.admit(_admission(11));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryMissingDocument.selector);
        registry.recordAccession(memberId, 0);
    }

    function test_registrar_records_accessions_and_a_stranger_does_not() public {
        registry.setRegistrar(address(0xC));
        uint16 memberId = registry.admit(_admission(11));
        vm.prank(address(0xD));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnauthorized.selector);
        registry.recordAccession(memberId, DOCUMENT);
        vm.prank(address(0xC));
        registry.recordAccession(memberId, DOCUMENT);
    }

    function test_malformed_admissions_are_refused() public {
        Admission[4] memory wrong = [_admission(11), _admission(11), _admission(11), _admission(11)];
        wrong[0].class = MemberClass.None;
        wrong[1].country = "Si";
        wrong[2].country = "s1";
        wrong[3].wallet = address(0);
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectPartialRevert(
                i == 3
                    ? IMemberRegistry.MemberRegistryInvalidWallet.selector
                    : IMemberRegistry.MemberRegistryInvalidAdmission.selector
            );
            registry.admit(wrong[i]);
        }
    }

    function test_wallet_serves_one_member() public {
        Admission memory admission = _admission(11);
        admission.wallet = _wallet(1);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryWalletInUse.selector);
        registry.admit(admission);
    }

    function test_roll_is_full_at_65535_members() public {
        bytes32 slot = _slotOf(registry.memberCount(), registry.memberCount.selector);
        bytes32 word = vm.load(address(registry), slot);
        vm.store(address(registry), slot, bytes32((uint256(word) & ~uint256(0xffff)) | 0xffff));
        vm.assertEq(registry.memberCount(), type(uint16).max, "members");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryTooManyMembers.selector);
        registry.admit(_admission(11));
    }

    // ------------------------------------------------------------------------------------------- Breach and end

    function test_way_from_breach_to_exclusion_and_back() public {
        registry.notifyBreach(5, 30 days);
        uint48 remedyUntil = registry.remedyUntilOf(5);
        vm.assertEq(remedyUntil, _now() + 30 days, "remedy");
        _goTo(remedyUntil);
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryRemedyRunning.selector);
        registry.declareDefault(5);
        _goTo(remedyUntil + 1);
        registry.declareDefault(5);
        vm.assertEq(_rightsOf(5), 0, "rights in default");
        registry.exclude(5);
        registry.reinstate(5);
        vm.assertEq(uint256(_statusOf(5)), uint256(MemberStatus.Active), "status");
        vm.assertEq(_rightsOf(5), 1, "rights again");
        vm.assertEq(registry.remedyUntilOf(5), 0, "no breach stands");
    }

    function test_breach_is_remedied() public {
        registry.notifyBreach(5, 30 days);
        registry.confirmRemedy(5);
        vm.assertEq(uint256(_statusOf(5)), uint256(MemberStatus.Active), "status");
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryUnexpectedStatus.selector);
        registry.confirmRemedy(5);
        registry.notifyBreach(5, 30 days);
        _goTo(_now() + 31 days);
        registry.declareDefault(5);
        registry.confirmRemedy(5);
        vm.assertEq(_rightsOf(5), 1, "rights after a remedy in default");
    }

    function test_remedy_period_is_bounded() public {
        uint32[2] memory wrong = [uint32(30 days - 1), 366 days + 1];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectPartialRevert(IMemberRegistry.MemberRegistryInvalidRemedyPeriod.selector);
            registry.notifyBreach(5, wrong[i]);
        }
        registry.notifyBreach(5, 366 days);
    }

    function test_each_step_of_a_breach_has_its_precondition() public {
        bytes4 unexpected = IMemberRegistry.MemberRegistryUnexpectedStatus.selector;
        vm.expectPartialRevert(unexpected);
        registry.declareDefault(5);
        vm.expectPartialRevert(unexpected);
        registry.exclude(5);
        vm.expectPartialRevert(unexpected);
        registry.reinstate(5);
        registry.notifyBreach(5, 30 days);
        vm.expectPartialRevert(unexpected);
        registry.notifyBreach(5, 30 days);
    }

    function test_who_left_is_gone() public {
        registry.recordExit(1);
        vm.assertEq(_rightsOf(1), 0, "rights");
        bytes4 unexpected = IMemberRegistry.MemberRegistryUnexpectedStatus.selector;
        vm.expectPartialRevert(unexpected);
        registry.recordExit(1);
        vm.expectPartialRevert(unexpected);
        registry.changeClass(1, MemberClass.Partner);
        vm.expectPartialRevert(unexpected);
        registry.reinstate(1);
        vm.prank(_wallet(1));
        vm.expectPartialRevert(unexpected);
        registry.rotateWallet(vm.addr(500));
    }

    // --------------------------------------------------------------------------------------------------- Office

    function test_offices_are_given_by_the_owner_alone() public {
        bytes[6] memory acts = [
            abi.encodeCall(IMemberRegistry.setRegistrar, (address(0xC))),
            abi.encodeCall(IMemberRegistry.setApprover, (address(0xC))),
            abi.encodeCall(IMemberRegistry.setFactory, (address(0xC))),
            abi.encodeCall(IMemberRegistry.setDaoURI, ("ipfs://x")),
            abi.encodeCall(IMemberRegistry.setChair, (ASSEMBLY, 1)),
            abi.encodeCall(IMemberRegistry.createBody, ("x", address(0), address(0), 0))
        ];
        for (uint256 i = 0; i < acts.length; ++i) {
            vm.prank(_wallet(1));
            (bool done,) = address(registry).call(acts[i]);
            vm.assertTrue(!done, "a member gave an office");
        }
        registry.setFactory(address(0xC));
        registry.setDaoURI("ipfs://x");
        vm.assertEq(registry.daoURI(), "ipfs://x", "uri");
        vm.assertTrue(registry.factory() == address(0xC), "factory");
    }

    function test_registrar_never_approves_itself() public {
        registry.setRegistrar(address(0xC));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryApproverIsRegistrar.selector);
        registry.setApprover(address(0xC));
        registry.setApprover(address(0xD));
        vm.expectPartialRevert(IMemberRegistry.MemberRegistryApproverIsRegistrar.selector);
        registry.setRegistrar(address(0xD));
    }

    function test_roll_is_never_without_an_owner() public {
        vm.expectPartialRevert(Ownable.OwnableInvalidOwner.selector);
        registry.renounceOwnership();
    }

    function test_interfaces_are_announced() public view {
        vm.assertTrue(registry.supportsInterface(type(IMemberRegistry).interfaceId), "own");
        vm.assertTrue(registry.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertTrue(registry.supportsInterface(registry.daoURI.selector), "ERC-4824");
        vm.assertTrue(!registry.supportsInterface(0xffffffff), "nothing");
    }

    function _statusOf(uint16 memberId) private view returns (MemberStatus status) {
        (,, status,,,) = registry.member(memberId);
    }

    function _rightsOf(uint16 memberId) private view returns (uint32 rights) {
        (,,,, rights,) = registry.member(memberId);
    }

    /// @dev The first slot in which a change changes what the getter answers.
    function _slotOf(uint256 value, bytes4 getter) private returns (bytes32) {
        for (uint256 slot = 0; slot < 20; ++slot) {
            bytes32 before = vm.load(address(registry), bytes32(slot));
            if (uint256(before) & 0xffff != value) continue;
            vm.store(address(registry), bytes32(slot), bytes32(uint256(before) + 1));
            (, bytes memory answer) = address(registry).call(abi.encodePacked(getter));
            vm.store(address(registry), bytes32(slot), before);
            if (abi.decode(answer, (uint256)) == value + 1) return bytes32(slot);
        }
        revert("no such slot");
    }
}
