// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {BodySetup, ConsortiumGovernor} from "../../contracts/ConsortiumGovernor.sol";
import {Records} from "../../contracts/Records.sol";
import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {IRulebook, PartyEffect, Rule} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice Filing, withdrawing, queueing and executing proposals.
contract FilingTest is Consortium {
    bytes32 private constant MEETING = "meeting";
    uint48 private constant NOTICE = 14 days;
    uint48 private constant SHORT_NOTICE = 7 days;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.notice, rule.shortNotice) = (uint32(NOTICE), uint32(SHORT_NOTICE));
        _kindUnder(MEETING, ASSEMBLY, rule);
    }

    // -------------------------------------------------------------------------------------------------- Opening

    function test_proposal_opens_when_its_notice_is_over_and_keeps_its_terms() public {
        Question memory question = _put(MEETING);
        vm.assertEq(general.proposalSnapshot(question.id), _now() + NOTICE, "snapshot");
        vm.assertEq(general.proposalDeadline(question.id), _now() + NOTICE + 1 days, "deadline");
        (uint32 number, uint16 kindId, uint16 ruleId, bool extraordinary) = general.proposalTerms(question.id);
        vm.assertTrue(number == 1 && kindId == rulebook.kindIdOf(MEETING) && !extraordinary, "terms");
        vm.assertEq(ruleId, rulebook.ruleIdOf(MEETING), "rule");
        vm.assertEq(general.proposalCount(), 1, "count");
        _requirePhase(question.id, Phase.Pending);
        vm.assertEq(question.id >> 192, 0, "192 bits");
    }

    function test_member_puts_fifteen_proposals_a_day_and_the_others_theirs() public {
        for (uint256 i = 0; i < 15; ++i) {
            _put(MATTER);
        }
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorTooManyProposals.selector);
        general.propose(question.targets, question.values, question.calldatas, question.description);
        _file(general, 2, question);
        _goTo(_now() + 1 days);
        _put(MATTER);
        vm.assertEq(general.proposalCount(), 17, "count");
    }

    function test_what_the_rulebook_does_not_know_is_not_classified() public {
        vm.expectPartialRevert(IRulebook.RulebookUnknownKind.selector);
        rulebook.classify(ASSEMBLY, new address[](0), new bytes[](0));
        Question memory question = _question(address(0xE), abi.encodeCall(Records.resolve, (1, DOCUMENT)));
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IRulebook.RulebookActionNotListed.selector);
        general.propose(question.targets, question.values, question.calldatas, question.description);
    }

    function test_notice_is_kept_to_the_second() public {
        Question memory question = _resolution(rulebook.kindIdOf(MEETING));
        bytes4 tooShort = IConsortiumGovernor.ConsortiumGovernorNoticeTooShort.selector;
        _refusedOpening(question, _now() + NOTICE - 1, false, tooShort);
        _refusedOpening(question, _now() + SHORT_NOTICE - 1, true, tooShort);
        bytes4 tooLate = IConsortiumGovernor.ConsortiumGovernorOpensTooLate.selector;
        _refusedOpening(question, _now() + 366 days + 1, false, tooLate);
        _convene(question, _now() + SHORT_NOTICE, true);
        _convene(_resolution(rulebook.kindIdOf(MEETING)), _now() + 366 days, false);
    }

    function test_defaults_answer_for_no_proposal_in_particular() public {
        vm.assertEq(general.votingDelay(), 1, "delay");
        vm.assertEq(general.votingPeriod(), 1 days, "period");
        vm.assertEq(general.proposalThreshold(), 1, "threshold");
        Rule memory rule = _plainRule();
        (rule.notice, rule.quorumNumerator, rule.quorumDenominator) = (3 days, 2, 3);
        rulebook.setRule(PLAIN, rule);
        vm.assertEq(general.votingDelay(), 3 days, "delay of the new version");
        vm.assertEq(general.quorum(_now() - 1), 6, "quorum");
        vm.expectRevert();
        general.quorum(type(uint256).max);
    }

    // ------------------------------------------------------------------------------------------------- Refusals

    function test_only_members_in_good_standing_propose() public {
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        _refusedProposal(address(0xD), question, IConsortiumGovernor.ConsortiumGovernorNotAMember.selector);
        _refusedProposal(_wallet(9), question, IConsortiumGovernor.ConsortiumGovernorMayNotPropose.selector);
        vm.prank(_wallet(2));
        registry.rotateWallet(vm.addr(500));
        _refusedProposal(_wallet(2), question, IConsortiumGovernor.ConsortiumGovernorWalletRevoked.selector);
        registry.recordExit(3);
        _refusedProposal(_wallet(3), question, IConsortiumGovernor.ConsortiumGovernorMayNotPropose.selector);
    }

    function test_malformed_actions_are_refused() public {
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        question.values[0] = 1;
        _refusedProposal(_wallet(1), question, IConsortiumGovernor.ConsortiumGovernorValueNotAllowed.selector);
        question.values = new uint256[](2);
        _refusedProposal(_wallet(1), question, IGovernor.GovernorInvalidProposalLength.selector);
        question.values = new uint256[](1);
        question.calldatas = new bytes[](2);
        _refusedProposal(_wallet(1), question, IGovernor.GovernorInvalidProposalLength.selector);
        question.targets = new address[](0);
        _refusedProposal(_wallet(1), question, IGovernor.GovernorInvalidProposalLength.selector);
    }

    function test_same_proposal_is_filed_once() public {
        Question memory question = _put(MATTER);
        _refusedProposal(_wallet(1), question, IGovernor.GovernorUnexpectedProposalState.selector);
    }

    /// @dev Failure 10 of the field: a stranger submits the identical proposal first and cancels it.
    function test_proposal_that_names_its_proposer_is_nobody_else_s() public {
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        string memory suffix = string.concat("text#proposer=", vm.toLowercase(vm.toString(_wallet(1))));
        question.description = suffix;
        _refusedProposal(_wallet(2), question, IGovernor.GovernorRestrictedProposer.selector);
        question.description = string.concat("text#proposer=", vm.toString(_wallet(1))); // mixed case
        _refusedProposal(_wallet(2), question, IGovernor.GovernorRestrictedProposer.selector);
        _file(general, 1, question);
        question.description = suffix;
        _file(general, 1, question);
    }

    function test_suffix_of_a_further_call_is_not_written_by_hand() public {
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        question.description = "text#attempt=2&of=123";
        _refusedProposal(_wallet(1), question, IGovernor.GovernorRestrictedProposer.selector);
        string[4] memory harmless = ["of=12", "text&of=", "12345", "text #1"];
        for (uint256 i = 0; i < 4; ++i) {
            question.description = harmless[i];
            _file(general, 1, question);
        }
    }

    function test_unknown_proposal_is_said_to_be_unknown() public {
        bytes4 unknown = IGovernor.GovernorNonexistentProposal.selector;
        vm.expectPartialRevert(unknown);
        general.tallyOf(1);
        vm.expectPartialRevert(unknown);
        general.proposalTerms(1);
        vm.expectPartialRevert(unknown);
        general.phaseOf(1);
    }

    function test_body_opened_under_no_rule_is_not_made() public {
        BodySetup memory setup =
            BodySetup("x", address(registry), address(rulebook), payable(address(generalTimelock)), 2, "no rule");
        vm.expectPartialRevert(IRulebook.RulebookUnknownRule.selector);
        new ConsortiumGovernor(setup);
    }

    // ------------------------------------------------------------------------------------------- Withdrawal, end

    function test_proposer_withdraws_before_voting_opens_and_nobody_else() public {
        Question memory question = _put(MEETING);
        _refusedCancel(question, address(0xD));
        _refusedCancel(question, _wallet(2));
        vm.prank(_wallet(1));
        registry.rotateWallet(vm.addr(500));
        _refusedCancel(question, _wallet(1));
        vm.prank(vm.addr(500));
        _cancel(question);
        _requirePhase(question.id, Phase.Withdrawn);
        vm.prank(_wallet(2));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector);
        general.castVote(question.id, FOR);
    }

    function test_nothing_is_withdrawn_once_voting_is_open() public {
        Question memory question = _opened(MATTER);
        _refusedCancel(question, _wallet(1));
    }

    function test_adopted_decision_is_queued_waits_and_is_executed_once() public {
        Question memory question = _opened(MATTER);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        _requirePhase(question.id, Phase.Binding);
        vm.assertTrue(general.proposalNeedsQueuing(question.id), "needs queueing");
        _queue(question);
        _requirePhase(question.id, Phase.Queued);
        vm.expectRevert();
        general.execute(question.targets, question.values, question.calldatas, keccak256(bytes(question.description)));
        vm.expectEmit(true, true, true, true, address(records));
        emit Records.Resolved(address(generalTimelock), rulebook.kindIdOf(MATTER), DOCUMENT);
        _execute(question);
        _requirePhase(question.id, Phase.Executed);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        general.execute(question.targets, question.values, question.calldatas, keccak256(bytes(question.description)));
    }

    function test_no_value_travels_with_an_execution() public {
        Question memory question = _opened(MATTER);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        _queue(question);
        _goTo(uint48(general.proposalEta(question.id)));
        vm.expectPartialRevert(IGovernor.GovernorDisabledDeposit.selector);
        general.execute{value: 1}(
            question.targets, question.values, question.calldatas, keccak256(bytes(question.description))
        );
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorDisabled.selector);
        general.relay(address(records), 0, "");
    }

    function test_rejected_and_consulted_proposals_are_never_queued() public {
        Question memory question = _opened(MATTER);
        _voteAll(question.id, 1, 8, AGAINST);
        _close(general, question.id);
        _requirePhase(question.id, Phase.Rejected);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _queue(question);
        Rule memory rule = _plainRule();
        (rule.majorityNumerator, rule.binding) = (0, false);
        _kindUnder("consultation", ASSEMBLY, rule);
        question = _opened("consultation");
        _close(general, question.id);
        _requirePhase(question.id, Phase.Consulted);
        vm.assertEq(general.bindingAt(question.id), 0, "never binds");
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNotBinding.selector);
        _queue(question);
    }

    function test_named_party_is_recused_and_barred() public {
        Question memory question =
            _question(address(records), abi.encodeCall(Records.resolveFor, (rulebook.kindIdOf(MATTER), 3, DOCUMENT)));
        question = _file(general, 1, question);
        (uint16 partyId, PartyEffect effect, uint16 chairId) = general.proposalParties(question.id);
        vm.assertTrue(partyId == 3 && effect == PartyEffect.Recuses && chairId == 0, "parties");
        _open(general, question.id);
        vm.prank(_wallet(3));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorRecused.selector);
        general.castVote(question.id, FOR);
        vm.assertEq(general.tallyOf(question.id).entitled, 7, "electorate");
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _convene(Question memory question, uint48 opensAt, bool extraordinary) private {
        vm.prank(_wallet(1));
        general.convene(
            question.targets, question.values, question.calldatas, question.description, opensAt, extraordinary
        );
    }

    function _refusedOpening(Question memory question, uint48 opensAt, bool extraordinary, bytes4 refusal) private {
        vm.prank(_wallet(1));
        vm.expectPartialRevert(refusal);
        general.convene(
            question.targets, question.values, question.calldatas, question.description, opensAt, extraordinary
        );
    }

    function _refusedProposal(address proposer, Question memory question, bytes4 refusal) private {
        vm.prank(proposer);
        vm.expectPartialRevert(refusal);
        general.propose(question.targets, question.values, question.calldatas, question.description);
    }

    function _refusedCancel(Question memory question, address account) private {
        vm.prank(account);
        vm.expectPartialRevert(IGovernor.GovernorUnableToCancel.selector);
        _cancel(question);
    }

    function _cancel(Question memory question) private {
        general.cancel(question.targets, question.values, question.calldatas, keccak256(bytes(question.description)));
    }

    function _requirePhase(uint256 proposalId, Phase phase) private view {
        vm.assertEq(uint256(general.phaseOf(proposalId)), uint256(phase), "phase");
    }
}
