// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Rule, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice Questions that had no quorum, called again.
contract FurtherCallsTest is Consortium {
    bytes32 private constant MEETING = "meeting";
    bytes4 private constant UNEXPECTED = IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.quorumNumerator, rule.quorumDenominator, rule.calls) = (1, 2, 3);
        (rule.notice, rule.shortNotice) = (2 days, 1 days);
        _kindUnder(MEETING, ASSEMBLY, rule);
    }

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

    function test_question_is_called_fifteen_times_at_most() public {
        Rule memory rule = _plainRule();
        (rule.quorumNumerator, rule.quorumDenominator, rule.calls) = (1, 2, 15);
        _kindUnder("patience", ASSEMBLY, rule);
        Question memory question = _put("patience");
        for (uint256 attempt = 2; attempt <= 15; ++attempt) {
            _close(general, question.id);
            question = _reconvene(question, _now() + 1, 0);
        }
        (uint8 last,) = general.attemptOf(question.id);
        vm.assertEq(last, 15, "attempt");
        _close(general, question.id);
        _reconvene(question, _now() + 1, UNEXPECTED); // the last call asks for no quorum
    }

    function test_further_call_has_its_time_and_its_reason() public {
        Question memory question = _put(MEETING);
        _reconvene(question, _now() + 3 days, UNEXPECTED);
        Question memory other = _put(MEETING);
        _goTo(uint48(general.proposalDeadline(question.id)) + 15 days);
        _reconvene(other, _now() + 3 days, 0);
        _goTo(_now() + 1);
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

    // -------------------------------------------------------------------------------------------------- Private

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
