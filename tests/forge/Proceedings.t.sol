// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Records} from "../../contracts/Records.sol";
import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Rule, TieBreak, VetoGround, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice What may happen to a decision after the votes: vetoes, minutes, approval, further calls, revision.
contract ProceedingsTest is Consortium {
    bytes32 private constant GUARDED = "guarded";
    bytes32 private constant MEETING = "meeting";
    bytes4 private constant UNEXPECTED = IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.standstill, rule.vetoWindow, rule.vetoGrounds) = (10 days, 5 days, 5);
        rule.externalApproval = true;
        _kindUnder(GUARDED, ASSEMBLY, rule);
        rule = _plainRule();
        (rule.quorumNumerator, rule.quorumDenominator, rule.calls) = (1, 2, 3);
        (rule.notice, rule.shortNotice) = (2 days, 1 days);
        _kindUnder(MEETING, ASSEMBLY, rule);
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

    function test_veto_has_its_time() public {
        Question memory question = _put(GUARDED);
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

    function test_what_is_queued_is_not_vetoed() public {
        Question memory question = _adopted();
        general.recordApproval(question.id, true, DOCUMENT);
        _goTo(general.bindingAt(question.id) + 1);
        _queue(question);
        _veto(question.id, 2, VetoGround.Costs, UNEXPECTED);
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

    function test_objection_stops_the_clock_until_corrected_minutes_are_accepted() public {
        Question memory question = _put(GUARDED);
        vm.expectPartialRevert(UNEXPECTED);
        general.recordMinutes(question.id, DOCUMENT);
        _open(general, question.id);
        _voteAll(question.id, 1, 8, FOR);
        _object(question.id, 2, UNEXPECTED);
        _close(general, question.id);
        general.recordMinutes(question.id, DOCUMENT);
        uint48 standstill = general.bindingAt(question.id);
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

    // ---------------------------------------------------------------------------------------------- Further calls

    function test_question_without_a_quorum_is_called_again_until_the_quorum_falls_away() public {
        Question memory question = _put(MEETING);
        _close(general, question.id);
        _requirePhase(question.id, Phase.NoQuorum);
        _reconvene(question, _now() + 1 days - 1, IConsortiumGovernor.ConsortiumGovernorNoticeTooShort.selector);
        Question memory second = _reconvene(question, _now() + 1 days, 0);
        _reconvene(question, _now() + 1 days, IConsortiumGovernor.ConsortiumGovernorNoFurtherCall.selector);
        (uint8 attempt, uint256 previousId) = general.attemptOf(second.id);
        vm.assertTrue(attempt == 2 && previousId == question.id, "second call");
        vm.assertEq(general.quorumOf(second.id), 4, "quorum of the second call");
        _close(general, second.id);
        Question memory third = _reconvene(second, _now() + 1 days, 0);
        vm.assertEq(general.quorumOf(third.id), 0, "quorum of the third call");
        _open(general, third.id);
        _vote(third.id, 1, FOR);
        _close(general, third.id);
        _requirePhase(third.id, Phase.Binding);
        vm.assertTrue(general.verdictOf(third.id) == Verdict.Adopted, "verdict");
    }

    function test_further_call_has_its_time_and_its_reason() public {
        Question memory question = _put(MEETING);
        _reconvene(question, _now() + 3 days, UNEXPECTED);
        _goTo(uint48(general.proposalDeadline(question.id)) + 15 days + 1);
        _reconvene(question, _now() + 3 days, IConsortiumGovernor.ConsortiumGovernorReconvenedTooLate.selector);
        Rule memory rule = _plainRule();
        (rule.quorumNumerator, rule.quorumDenominator) = (1, 2);
        _kindUnder("once", ASSEMBLY, rule);
        question = _put("once");
        _close(general, question.id);
        _reconvene(question, _now() + 1 days, IConsortiumGovernor.ConsortiumGovernorNoFurtherCall.selector);
    }

    function test_proposer_withdraws_a_further_call_of_its_own_alone() public {
        Question memory question = _put(MEETING);
        _close(general, question.id);
        Question memory second = _reconvene(question, _now() + 1 days, 0);
        bytes32 text = keccak256(bytes(second.description));
        vm.prank(_wallet(1));
        general.cancel(second.targets, second.values, second.calldatas, text);
        _requirePhase(second.id, Phase.Withdrawn);
    }

    // ------------------------------------------------------------------------------------------ Chair, countries

    function test_chair_breaks_a_tie_where_the_rule_says_so() public {
        Rule memory rule = _plainRule();
        (rule.majorityNumerator, rule.majorityDenominator, rule.strict) = (1, 2, true);
        rule.tie = TieBreak.Chair;
        _kindUnder("tie", ASSEMBLY, rule);
        registry.setChair(ASSEMBLY, 2);
        Question memory question = _opened("tie");
        vm.assertEq(general.tallyOf(question.id).chairSupport, 3, "silent chair");
        _vote(question.id, 1, AGAINST);
        _vote(question.id, 2, FOR);
        vm.assertEq(general.tallyOf(question.id).chairSupport, 1, "chair");
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Adopted, "verdict");
    }

    function test_countries_are_counted_where_the_rule_asks_for_them() public {
        Rule memory rule = _plainRule();
        (rule.countryNumerator, rule.countryDenominator) = (3, 4);
        _kindUnder("double", ASSEMBLY, rule);
        Question memory question = _opened("double");
        _voteAll(question.id, 1, 6, FOR); // countries 1, 2, 3, 0, 1, 2
        _vote(question.id, 7, AGAINST); // a tie in country 3
        vm.assertEq(general.tallyOf(question.id).countries, 4, "countries");
        vm.assertEq(general.tallyOf(question.id).countriesFor, 3, "countries for");
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Adopted, "at its number");
        _vote(question.id, 8, AGAINST); // a tie in country 0
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Rejected, "one below");
        vm.prank(_wallet(1));
        registry.rotateWallet(vm.addr(500));
        vm.assertEq(general.tallyOf(question.id).countries, 4, "countries after a rotation");
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _adopted() private returns (Question memory question) {
        question = _opened(GUARDED);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        _requirePhase(question.id, Phase.Adopted);
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

    function _reconvene(
        Question memory question,
        uint48 opensAt,
        bytes4 refusal
    )
        private
        returns (Question memory next)
    {
        vm.prank(_wallet(1));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        uint256 proposalId =
            general.reconvene(question.targets, question.values, question.calldatas, question.description, opensAt);
        if (refusal != 0) return next;
        (uint8 attempt,) = general.attemptOf(proposalId);
        string memory suffix =
            string.concat("#attempt=", vm.toString(uint256(attempt)), "&of=", vm.toString(question.id));
        string memory text = string.concat(question.description, suffix);
        return Question(proposalId, question.targets, question.values, question.calldatas, text);
    }

    function _requirePhase(uint256 proposalId, Phase phase) private view {
        vm.assertEq(uint256(general.phaseOf(proposalId)), uint256(phase), "phase");
    }
}
