// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Base, Rule, Step, StepName, Tally, TieBreak, Verdict} from "../interfaces/IRulebook.sol";

/// @title The law itself: a tally judged by a rule. Used wherever the question arises, so that answers cannot differ.
/// @dev Integers only; shares are compared by cross-multiplication (16 of 24 is exactly 2/3 and passes). All factors
/// have at most 32 bits, so no product overflows. The comparisons, in the order in which they are made:
///
///     Quorum      ballots of any choice of the entitled
///     Majority    votes for of the rule's base
///     CastingVote the chair's own vote, where the rule says so and a tie has failed the majority; stands in its place
///     Countries   countries with more votes for than against of all countries
library Judgment {
    /// @notice The chair voted for the proposal.
    uint8 private constant CHAIR_FOR = 1;

    /// @notice Judges: whether enough ballots were handed in, whether enough of them agree, in enough countries.
    function judge(Rule memory rule, Tally memory tally) internal pure returns (Verdict) {
        if (asksQuorum(rule, tally.attempt) && !quorumStep(rule, tally).ok) return Verdict.NoQuorum;
        if (asksMajority(rule) && !_hasMajority(rule, tally)) return Verdict.Rejected;
        if (asksCountries(rule) && !countriesStep(rule, tally).ok) return Verdict.Rejected;
        return rule.binding ? Verdict.Adopted : Verdict.Consulted;
    }

    /// @notice The comparisons made; a threshold that asks for nothing makes none.
    function steps(Rule memory rule, Tally memory tally) internal pure returns (Step[] memory trace) {
        trace = new Step[](4);
        uint256 made = 0;
        if (asksQuorum(rule, tally.attempt)) trace[made++] = quorumStep(rule, tally);
        if (asksMajority(rule)) {
            Step memory majority = majorityStep(rule, tally);
            trace[made++] = majority;
            if (_isForChair(rule, tally, majority)) trace[made++] = castingStep(tally);
        }
        if (asksCountries(rule)) trace[made++] = countriesStep(rule, tally);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(trace, made) // only ever shortens
        }
    }

    /// @notice Whether a quorum is asked for on this attempt.
    function asksQuorum(Rule memory rule, uint8 attempt) internal pure returns (bool) {
        bool fallenAway = rule.silenceConsents || (rule.calls > 0 && attempt >= rule.calls);
        return rule.quorumNumerator > 0 && !fallenAway;
    }

    function asksMajority(Rule memory rule) internal pure returns (bool) {
        return rule.majorityNumerator > 0;
    }

    function asksCountries(Rule memory rule) internal pure returns (bool) {
        return rule.countryNumerator > 0;
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

    /// @notice Ballots for, and silence where it consents, as a share of the rule's base.
    function majorityStep(Rule memory rule, Tally memory tally) internal pure returns (Step memory step) {
        uint32 consenting = rule.silenceConsents ? tally.entitled - participating(tally) : 0;
        step.name = StepName.Majority;
        step.left = tally.forVotes + consenting;
        step.leftOf = _baseOf(rule, tally, consenting);
        step.right = rule.majorityNumerator;
        step.rightOf = rule.majorityDenominator;
        step.strict = rule.strict;
        step.ok = _reached(step);
    }

    /// @notice The chair's own ballot: one of one, or none.
    function castingStep(Tally memory tally) internal pure returns (Step memory step) {
        step.name = StepName.CastingVote;
        step.left = tally.chairSupport == CHAIR_FOR ? 1 : 0;
        step.leftOf = 1;
        step.right = 1;
        step.rightOf = 1;
        step.ok = _reached(step);
    }

    /// @notice Countries with more votes for than against as a share of the electorate's countries.
    function countriesStep(Rule memory rule, Tally memory tally) internal pure returns (Step memory step) {
        step.name = StepName.Countries;
        step.left = tally.countriesFor;
        step.leftOf = tally.countries;
        step.right = rule.countryNumerator;
        step.rightOf = rule.countryDenominator;
        step.ok = _reached(step);
    }

    /// @notice Least number of ballots that reaches the quorum on this attempt.
    function ballotsNeededRoundedUp(Rule memory rule, uint256 entitled, uint8 attempt)
        internal
        pure
        returns (uint256)
    {
        if (!asksQuorum(rule, attempt)) return 0;
        return (entitled * rule.quorumNumerator + rule.quorumDenominator - 1) / rule.quorumDenominator;
    }

    /// @notice Ballots handed in, of any choice.
    function participating(Tally memory tally) internal pure returns (uint32) {
        return tally.againstVotes + tally.forVotes + tally.abstainVotes;
    }

    function _hasMajority(Rule memory rule, Tally memory tally) private pure returns (bool) {
        Step memory majority = majorityStep(rule, tally);
        return majority.ok || (_isForChair(rule, tally, majority) && castingStep(tally).ok);
    }

    function _isForChair(Rule memory rule, Tally memory tally, Step memory majority) private pure returns (bool) {
        bool tied = tally.forVotes == tally.againstVotes && tally.forVotes > 0;
        return rule.tie == TieBreak.Chair && !majority.ok && tied;
    }

    function _baseOf(Rule memory rule, Tally memory tally, uint32 consenting) private pure returns (uint32) {
        if (rule.base == Base.Entitled) return tally.entitled;
        bool abstentions = rule.abstentionsCast || rule.base == Base.Participating;
        return tally.forVotes + tally.againstVotes + consenting + (abstentions ? tally.abstainVotes : 0);
    }

    /// @dev A share of nothing reaches no threshold: an empty electorate decides nothing, and neither does silence.
    function _reached(Step memory step) private pure returns (bool) {
        if (step.leftOf == 0) return false;
        uint256 left = uint256(step.left) * step.rightOf;
        uint256 right = uint256(step.right) * step.leftOf;
        return step.strict ? left > right : left >= right;
    }
}
