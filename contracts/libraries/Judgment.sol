// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Base, Rule, Step, StepName, Tally, Verdict} from "../interfaces/IRulebook.sol";

/// @title The law itself: a tally judged by a rule. Used wherever the question arises, so that answers cannot differ.
/// @dev Integers only; shares are compared by cross-multiplication (16 of 24 is exactly 2/3 and passes). All factors
/// have at most 32 bits, so no product overflows.
library Judgment {
    /// @notice Judges: first whether enough ballots were handed in, then whether enough of them agree.
    function judge(Rule memory rule, Tally memory tally) internal pure returns (Verdict) {
        if (rule.quorumNumerator > 0 && !quorumStep(rule, tally).ok) return Verdict.NoQuorum;
        if (rule.majorityNumerator > 0 && !majorityStep(rule, tally).ok) return Verdict.Rejected;
        return rule.binding ? Verdict.Adopted : Verdict.Consulted;
    }

    /// @notice The comparisons made, quorum first; a threshold with numerator 0 makes none.
    function steps(Rule memory rule, Tally memory tally) internal pure returns (Step[] memory trace) {
        bool quorum = rule.quorumNumerator > 0;
        bool majority = rule.majorityNumerator > 0;
        trace = new Step[]((quorum ? 1 : 0) + (majority ? 1 : 0));
        if (quorum) trace[0] = quorumStep(rule, tally);
        if (majority) trace[trace.length - 1] = majorityStep(rule, tally);
    }

    /// @notice Ballots of any choice as a share of the entitled.
    function quorumStep(Rule memory rule, Tally memory tally) internal pure returns (Step memory step) {
        step.name = StepName.Quorum;
        step.left = participating(tally);
        step.leftOf = tally.entitled;
        step.right = rule.quorumNumerator;
        step.rightOf = rule.quorumDenominator;
        step.ok = _reached(step);
    }

    /// @notice Ballots for as a share of the rule's base.
    function majorityStep(Rule memory rule, Tally memory tally) internal pure returns (Step memory step) {
        step.name = StepName.Majority;
        step.left = tally.forVotes;
        step.leftOf = _baseOf(rule.base, tally);
        step.right = rule.majorityNumerator;
        step.rightOf = rule.majorityDenominator;
        step.strict = rule.strict;
        step.ok = _reached(step);
    }

    /// @notice Least number of ballots that reaches the quorum.
    function ballotsNeededRoundedUp(Rule memory rule, uint256 entitled) internal pure returns (uint256) {
        if (rule.quorumNumerator == 0) return 0;
        return (entitled * rule.quorumNumerator + rule.quorumDenominator - 1) / rule.quorumDenominator;
    }

    /// @notice Ballots handed in, of any choice.
    function participating(Tally memory tally) internal pure returns (uint32) {
        return tally.againstVotes + tally.forVotes + tally.abstainVotes;
    }

    function _baseOf(Base base, Tally memory tally) private pure returns (uint32) {
        if (base == Base.Cast) return tally.forVotes + tally.againstVotes;
        if (base == Base.Participating) return participating(tally);
        return tally.entitled;
    }

    /// @dev A share of nothing reaches no threshold: an empty electorate decides nothing, and neither does silence.
    function _reached(Step memory step) private pure returns (bool) {
        if (step.leftOf == 0) return false;
        uint256 left = uint256(step.left) * step.rightOf;
        uint256 right = uint256(step.right) * step.leftOf;
        return step.strict ? left > right : left >= right;
    }
}
