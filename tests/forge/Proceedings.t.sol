// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Records} from "../../contracts/Records.sol";
import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Rule, VetoGround, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice What may happen to a decision after the votes: vetoes, minutes, approval, revision.
contract ProceedingsTest is Consortium {
    bytes32 private constant GUARDED = "guarded";
    bytes4 private constant UNEXPECTED = IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.standstill, rule.vetoWindow, rule.vetoGrounds) = (10 days, 5 days, 5);
        rule.externalApproval = true;
        _kindUnder(GUARDED, ASSEMBLY, rule);
    }

    // ---------------------------------------------------------------------------------------------------- Vetoes

    function test_decision_does_not_bind_while_a_veto_stands() public {
        Question memory question = _adopted();
        _veto(question.id, 2, VetoGround.Costs, 0);
        _requirePhase(question.id, Phase.Vetoed);
        _veto(question.id, 2, VetoGround.Costs, IConsortiumGovernor.ConsortiumGovernorVetoStands.selector);
        _veto(question.id, 9, VetoGround.Costs, IConsortiumGovernor.ConsortiumGovernorVetoNotAllowed.selector);
        _veto(question.id, 3, VetoGround.Liabilities, IConsortiumGovernor.ConsortiumGovernorVetoNotAllowed.selector);
        _withdraw(question.id, 3, IConsortiumGovernor.ConsortiumGovernorNoVeto.selector);
        _withdraw(question.id, 2, 0);
        _requirePhase(question.id, Phase.Adopted);
        vm.prank(_wallet(3));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorMissingDocument.selector);
        general.veto(question.id, VetoGround.Costs, 0);
    }

    function test_veto_is_withdrawn_once_and_may_be_raised_again() public {
        Question memory question = _adopted();
        _veto(question.id, 2, VetoGround.Costs, 0);
        _veto(question.id, 3, VetoGround.Costs, 0);
        _withdraw(question.id, 2, 0);
        _withdraw(question.id, 2, IConsortiumGovernor.ConsortiumGovernorNoVeto.selector);
        _requirePhase(question.id, Phase.Vetoed);
        _veto(question.id, 2, VetoGround.Costs, 0);
        _withdraw(question.id, 3, 0);
        _requirePhase(question.id, Phase.Vetoed);
        vm.prank(_wallet(2));
        registry.rotateWallet(vm.addr(500));
        _withdraw(question.id, 2, IConsortiumGovernor.ConsortiumGovernorWalletRevoked.selector);
        _requirePhase(question.id, Phase.Vetoed);
    }

    function test_veto_has_its_time() public {
        Question memory question = _put(GUARDED);
        _goTo(uint48(general.proposalSnapshot(question.id)));
        _veto(question.id, 2, VetoGround.OwnWork, IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector);
        _open(general, question.id);
        _veto(question.id, 2, VetoGround.OwnWork, 0);
        uint48 last = uint48(general.proposalDeadline(question.id)) + 5 days;
        _goTo(last);
        _veto(question.id, 3, VetoGround.OwnWork, 0);
        _goTo(last + 1);
        _veto(question.id, 4, VetoGround.OwnWork, IConsortiumGovernor.ConsortiumGovernorVetoTooLate.selector);
        _requirePhase(question.id, Phase.Rejected);
    }

    function test_party_does_not_veto_its_own_case() public {
        Question memory question =
            _question(address(records), abi.encodeCall(Records.resolveFor, (rulebook.kindIdOf(GUARDED), 3, DOCUMENT)));
        question = _file(general, 1, question);
        _open(general, question.id);
        _veto(question.id, 3, VetoGround.Costs, IConsortiumGovernor.ConsortiumGovernorVetoBarred.selector);
        _veto(question.id, 4, VetoGround.Costs, 0);
    }

    function test_revised_proposal_makes_the_veto_final() public {
        Question memory question = _adopted();
        Question memory revised = _resolution(rulebook.kindIdOf(GUARDED));
        _revise(question.id, revised, UNEXPECTED);
        _veto(question.id, 2, VetoGround.Costs, 0);
        _revise(question.id, revised, 0);
        _withdraw(question.id, 2, UNEXPECTED);
        _revise(question.id, _resolution(rulebook.kindIdOf(GUARDED)), UNEXPECTED);
        _goTo(_now() + 30 days);
        _requirePhase(question.id, Phase.Vetoed);
    }

    function test_what_is_queued_is_neither_vetoed_nor_minuted() public {
        Question memory question = _adopted();
        general.recordApproval(question.id, true, DOCUMENT);
        _goTo(general.bindingAt(question.id) + 1);
        _queue(question);
        _veto(question.id, 2, VetoGround.Costs, UNEXPECTED);
        vm.expectPartialRevert(UNEXPECTED);
        general.recordMinutes(question.id, DOCUMENT);
    }

    // ------------------------------------------------------------------------------------- Minutes and approval

    function test_decision_binds_after_its_standstill_to_the_second() public {
        Question memory question = _adopted();
        general.recordApproval(question.id, true, DOCUMENT);
        uint48 last = uint48(general.proposalDeadline(question.id)) + 10 days;
        vm.assertEq(general.bindingAt(question.id), last, "binding at");
        _goTo(last);
        _requirePhase(question.id, Phase.Adopted);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNotBindingYet.selector);
        _queue(question);
        _goTo(last + 1);
        _requirePhase(question.id, Phase.Binding);
        _object(question.id, 2, IConsortiumGovernor.ConsortiumGovernorObjectionTooLate.selector);
    }

    function test_decision_binds_after_its_veto_window_if_that_is_longer() public {
        Rule memory rule = _plainRule();
        (rule.standstill, rule.vetoWindow, rule.vetoGrounds) = (10 days, 20 days, 63);
        _kindUnder("window", ASSEMBLY, rule);
        Question memory question = _opened("window");
        vm.assertEq(general.bindingAt(question.id), general.proposalDeadline(question.id) + 20 days, "binding at");
    }

    function test_objection_stops_the_clock_until_corrected_minutes_are_accepted() public {
        Question memory question = _put(GUARDED);
        vm.expectPartialRevert(UNEXPECTED);
        general.recordMinutes(question.id, DOCUMENT);
        _open(general, question.id);
        _voteAll(question.id, 1, 8, FOR);
        _object(question.id, 2, UNEXPECTED);
        _close(general, question.id);
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNotAnOffice.selector);
        general.recordMinutes(question.id, DOCUMENT);
        registry.setApprover(address(0xA));
        vm.prank(address(0xA));
        general.recordMinutes(question.id, DOCUMENT);
        uint48 standstill = general.bindingAt(question.id);
        vm.assertEq(standstill, general.proposalDeadline(question.id) + 10 days, "minutes alone move nothing");
        _object(question.id, 2, 0);
        vm.assertEq(general.bindingAt(question.id), 0, "nothing says when");
        _goTo(standstill + 50 days);
        _requirePhase(question.id, Phase.Adopted);
        general.recordMinutes(question.id, DOCUMENT);
        vm.assertEq(general.bindingAt(question.id), _now() + 15 days, "corrected");
        vm.prank(_wallet(2));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorMissingDocument.selector);
        general.objectToMinutes(question.id, 0);
        _object(question.id, 2, IConsortiumGovernor.ConsortiumGovernorAlreadyObjected.selector);
        _goTo(general.bindingAt(question.id) + 1);
        _requirePhase(question.id, Phase.AwaitingApproval);
    }

    function test_early_correction_never_shortens_the_standstill() public {
        Rule memory rule = _plainRule();
        rule.standstill = 60 days;
        _kindUnder("patient", ASSEMBLY, rule);
        Question memory question = _opened("patient");
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        uint48 standstill = general.bindingAt(question.id);
        _object(question.id, 2, 0);
        general.recordMinutes(question.id, DOCUMENT);
        vm.assertEq(general.bindingAt(question.id), standstill, "binding at");
    }

    function test_outside_authority_answers_at_any_time_from_adoption_on() public {
        Question memory question = _put(GUARDED);
        _approve(question.id, UNEXPECTED);
        _open(general, question.id);
        _voteAll(question.id, 1, 8, FOR);
        _approve(question.id, UNEXPECTED);
        _close(general, question.id);
        _goTo(general.bindingAt(question.id) + 1);
        _requirePhase(question.id, Phase.AwaitingApproval);
        _approve(question.id, 0);
        _requirePhase(question.id, Phase.Binding);
        _approve(question.id, UNEXPECTED);
        question = _adopted();
        _veto(question.id, 2, VetoGround.Costs, 0);
        _approve(question.id, 0);
        _requirePhase(question.id, Phase.Vetoed);
        _withdraw(question.id, 2, 0);
        _requirePhase(question.id, Phase.Adopted);
        _approve(question.id, UNEXPECTED);
    }

    function test_outside_authority_is_asked_only_where_the_rule_says_so() public {
        Rule memory rule = _plainRule();
        rule.standstill = 10 days;
        _kindUnder("own affair", ASSEMBLY, rule);
        Question memory question = _opened("own affair");
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        _requirePhase(question.id, Phase.Adopted);
        _approve(question.id, UNEXPECTED);
    }

    function test_outside_authority_answers_once() public {
        Question memory question = _adopted();
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNotAnOffice.selector);
        general.recordApproval(question.id, true, DOCUMENT);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorMissingDocument.selector);
        general.recordApproval(question.id, true, 0);
        general.recordApproval(question.id, false, DOCUMENT);
        _requirePhase(question.id, Phase.NotApproved);
        vm.expectPartialRevert(UNEXPECTED);
        general.recordApproval(question.id, true, DOCUMENT);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorMissingDocument.selector);
        general.recordMinutes(question.id, 0);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _adopted() private returns (Question memory question) {
        question = _opened(GUARDED);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        _requirePhase(question.id, Phase.Adopted);
    }

    function _approve(uint256 proposalId, bytes4 refusal) private {
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.recordApproval(proposalId, true, DOCUMENT);
    }

    function _veto(uint256 proposalId, uint256 memberId, VetoGround ground, bytes4 refusal) private {
        vm.prank(_wallet(memberId));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.veto(proposalId, ground, DOCUMENT);
    }

    function _withdraw(uint256 proposalId, uint256 memberId, bytes4 refusal) private {
        vm.prank(_wallet(memberId));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.withdrawVeto(proposalId);
    }

    function _object(uint256 proposalId, uint256 memberId, bytes4 refusal) private {
        vm.prank(_wallet(memberId));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.objectToMinutes(proposalId, DOCUMENT);
    }

    function _revise(uint256 vetoedId, Question memory question, bytes4 refusal) private {
        vm.prank(_wallet(1));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.revise(
            vetoedId,
            question.targets,
            question.values,
            question.calldatas,
            question.description,
            _now() + 1 days,
            false
        );
    }

    function _requirePhase(uint256 proposalId, Phase phase) private view {
        vm.assertEq(uint256(general.phaseOf(proposalId)), uint256(phase), "phase");
    }
}
