// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Base, Rule, StepName, Tally, TieBreak, Verdict} from "../../contracts/interfaces/IRulebook.sol";

/// @title The law once more, written apart from the contracts: it looks for the least number that reaches a threshold by
/// division and rounding, and never multiplies across.
library SecondOpinion {
    function opinion(Rule memory rule, Tally memory tally) internal pure returns (Verdict) {
        uint256 present = uint256(tally.againstVotes) + tally.forVotes + tally.abstainVotes;
        if (asksQuorum(rule, tally.attempt)) {
            if (!meets(present, tally.entitled, rule.quorumNumerator, rule.quorumDenominator, false)) {
                return Verdict.NoQuorum;
            }
        }
        if (rule.majorityNumerator != 0 && !_majority(rule, tally)) return Verdict.Rejected;
        if (rule.countryNumerator != 0) {
            uint256 of_ = tally.countries;
            if (!meets(tally.countriesFor, of_, rule.countryNumerator, rule.countryDenominator, false)) {
                return Verdict.Rejected;
            }
        }
        return rule.binding ? Verdict.Adopted : Verdict.Consulted;
    }

    function _majority(Rule memory rule, Tally memory tally) private pure returns (bool) {
        (uint256 left, uint256 leftOf) = sharesOf(StepName.Majority, rule, tally);
        if (meets(left, leftOf, rule.majorityNumerator, rule.majorityDenominator, rule.strict)) return true;
        if (rule.tie != TieBreak.Chair || tally.forVotes == 0) return false;
        return tally.forVotes == tally.againstVotes && tally.chairSupport == 1;
    }

    function asksQuorum(Rule memory rule, uint8 attempt) internal pure returns (bool) {
        if (rule.quorumNumerator == 0 || rule.silenceConsents) return false;
        return rule.calls == 0 || attempt < rule.calls;
    }

    function sharesOf(StepName name, Rule memory rule, Tally memory tally) internal pure returns (uint256, uint256) {
        uint256 present = uint256(tally.againstVotes) + tally.forVotes + tally.abstainVotes;
        if (name == StepName.Quorum) return (present, tally.entitled);
        if (name == StepName.Countries) return (tally.countriesFor, tally.countries);
        if (name == StepName.CastingVote) return (tally.chairSupport == 1 ? 1 : 0, 1);
        uint256 silent = rule.silenceConsents ? tally.entitled - present : 0;
        if (rule.base == Base.Entitled) return (tally.forVotes + silent, tally.entitled);
        bool all = rule.base == Base.Participating || rule.abstentionsCast;
        return (tally.forVotes + silent, silent + (all ? present : present - tally.abstainVotes));
    }

    function thresholdOf(StepName name, Rule memory rule) internal pure returns (uint256, uint256) {
        if (name == StepName.Quorum) return (rule.quorumNumerator, rule.quorumDenominator);
        if (name == StepName.Majority) return (rule.majorityNumerator, rule.majorityDenominator);
        if (name == StepName.Countries) return (rule.countryNumerator, rule.countryDenominator);
        return (1, 1);
    }

    function stepsExpected(Rule memory rule, Tally memory tally) internal pure returns (uint256 expected) {
        if (asksQuorum(rule, tally.attempt)) ++expected;
        if (rule.countryNumerator != 0) ++expected;
        if (rule.majorityNumerator == 0) return expected;
        (uint256 left, uint256 leftOf) = sharesOf(StepName.Majority, rule, tally);
        bool met = meets(left, leftOf, rule.majorityNumerator, rule.majorityDenominator, rule.strict);
        bool tied = tally.forVotes == tally.againstVotes && tally.forVotes != 0 && rule.tie == TieBreak.Chair;
        return expected + (tied && !met ? 2 : 1);
    }

    function meets(
        uint256 left,
        uint256 leftOf,
        uint256 right,
        uint256 rightOf,
        bool strict
    )
        internal
        pure
        returns (bool)
    {
        return leftOf != 0 && left >= least(leftOf, right, rightOf, strict);
    }

    /// @dev The least number whose share of `leftOf` is at least (strictly: more than) `right/rightOf`.
    function least(uint256 leftOf, uint256 right, uint256 rightOf, bool strict) internal pure returns (uint256) {
        uint256 whole = (leftOf * right) / rightOf;
        bool exact = whole * rightOf == leftOf * right;
        return exact && !strict ? whole : whole + 1;
    }
}
