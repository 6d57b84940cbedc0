// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor, Phase} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Base, Rule, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice Votes that end before their time, and those that may not. Eight members vote; one half has to agree.
contract EarlyCloseTest is Consortium {
    bytes32 private constant OF_ENTITLED = "of entitled";
    bytes32 private constant OF_PRESENT = "of present";
    bytes32 private constant OF_CAST = "of cast";
    bytes4 private constant OPEN = IConsortiumGovernor.ConsortiumGovernorOutcomeOpen.selector;

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        (rule.earlyClose, rule.mandates) = (true, 1);
        (rule.majorityNumerator, rule.majorityDenominator) = (1, 2);
        (rule.base, rule.period) = (Base.Entitled, 10 days);
        _kindUnder(OF_ENTITLED, ASSEMBLY, rule);
        rule.base = Base.Participating;
        _kindUnder(OF_PRESENT, ASSEMBLY, rule);
        rule.base = Base.Cast;
        (rule.quorumNumerator, rule.quorumDenominator, rule.calls) = (1, 2, 2);
        _kindUnder(OF_CAST, ASSEMBLY, rule);
    }

    function test_vote_is_closed_early_once_nobody_can_change_the_outcome() public {
        Question memory question = _opened(OF_ENTITLED);
        _voteAll(question.id, 1, 3, FOR);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorOutcomeOpen.selector);
        general.close(question.id);
        vm.prank(_wallet(5));
        registry.grantMandate(1, ASSEMBLY, 0, _now() + 9 days);
        _mandated(question.id, 1, 5, FOR, 0);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorOutcomeOpen.selector);
        general.close(question.id); // the principal may still override
        _vote(question.id, 4, FOR);
        general.close(question.id);
        vm.assertEq(general.proposalDeadline(question.id), _now(), "deadline");
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase.selector);
        general.close(question.id);
        _goTo(_now() + 1);
        vm.assertEq(uint256(general.phaseOf(question.id)), uint256(Phase.Binding), "phase");
        question = _opened(MATTER);
        _voteAll(question.id, 1, 8, FOR);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorOutcomeOpen.selector);
        general.close(question.id); // the rule does not allow it
    }

    function test_certain_rejection_closes_early() public {
        Question memory question = _opened(OF_ENTITLED);
        _voteAll(question.id, 1, 4, AGAINST);
        _closeEarly(question.id, OPEN); // four of eight would do
        _vote(question.id, 5, AGAINST);
        _closeEarly(question.id, 0);
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Rejected, "verdict");
    }

    function test_abstentions_make_a_rejection_certain_where_they_are_counted() public {
        Question memory question = _opened(OF_PRESENT);
        _voteAll(question.id, 1, 3, ABSTAIN);
        _vote(question.id, 4, AGAINST);
        _closeEarly(question.id, OPEN); // four of eight would do
        _vote(question.id, 5, AGAINST);
        _closeEarly(question.id, 0);
    }

    function test_votes_against_make_a_rejection_certain() public {
        Question memory question = _opened(OF_CAST);
        _voteAll(question.id, 1, 3, FOR);
        _voteAll(question.id, 4, 7, AGAINST);
        _closeEarly(question.id, OPEN); // four of eight would do
        question = _opened(OF_CAST);
        _voteAll(question.id, 1, 2, FOR);
        _voteAll(question.id, 3, 7, AGAINST);
        _closeEarly(question.id, 0);
    }

    function test_votes_for_make_an_adoption_certain_once_the_quorum_is() public {
        Question memory question = _opened(OF_CAST);
        _voteAll(question.id, 1, 3, FOR);
        _closeEarly(question.id, OPEN); // without a quorum
        _vote(question.id, 4, FOR);
        _closeEarly(question.id, 0);
        _goTo(_now() + 1);
        vm.assertEq(uint256(general.phaseOf(question.id)), uint256(Phase.Binding), "phase");
    }

    /// @dev On the last call no quorum is asked for: nobody is left whose ballot could change anything.
    function test_last_call_of_which_all_are_recused_closes_early() public {
        Question memory question = _opened(OF_CAST);
        _close(general, question.id);
        vm.prank(_wallet(1));
        question.id =
            general.reconvene(question.targets, question.values, question.calldatas, question.description, _now() + 1);
        _open(general, question.id);
        for (uint256 memberId = 1; memberId <= 8; ++memberId) {
            vm.prank(_wallet(memberId));
            general.recuse(question.id);
        }
        _closeEarly(question.id, 0);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _closeEarly(uint256 proposalId, bytes4 refusal) private {
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.close(proposalId);
    }

    function _mandated(uint256 proposalId, uint256 holder, uint16 principalId, uint8 support, bytes4 refusal) private {
        vm.prank(_wallet(holder));
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.castMandate(proposalId, principalId, support, "");
    }
}
