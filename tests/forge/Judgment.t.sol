// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Base, Rule, Step, StepName, Tally, TieBreak, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Judgment} from "../../contracts/libraries/Judgment.sol";
import {AnyCase} from "./AnyCase.sol";
import {Proof} from "./Proof.sol";
import {SecondOpinion} from "./SecondOpinion.sol";

/// @notice The law compared with a second opinion; `check_…` is proven by halmos.
contract JudgmentTest is Proof {
    struct Share {
        uint32 left;
        uint32 leftOf;
        uint16 right;
        uint16 rightOf;
        bool strict;
    }

    // ---------------------------------------------------------------------------------------------- Arithmetic

    /// @dev For every electorate there can be. A solver does not divide well, so it is given quotient and rest as
    /// numbers of which only what makes them so is known.
    function check_two_thirds_are_compared_exactly(
        uint32 left,
        uint32 leftOf,
        uint40 quotient,
        uint8 rest,
        bool strict
    )
        public
        pure
    {
        _checkShare(Share(left, leftOf, 2, 3, strict), quotient, rest);
    }

    function check_51_of_100_are_compared_exactly(
        uint32 left,
        uint32 leftOf,
        uint40 quotient,
        uint8 rest,
        bool strict
    )
        public
        pure
    {
        _checkShare(Share(left, leftOf, 51, 100, strict), quotient, rest);
    }

    function check_halves_are_compared_exactly(
        uint32 left,
        uint32 leftOf,
        uint40 quotient,
        uint8 rest,
        bool strict
    )
        public
        pure
    {
        _checkShare(Share(left, leftOf, 1, 2, strict), quotient, rest);
    }

    /// @dev The same with any fraction, in numbers small enough for a solver to look at all of them.
    function check_small_shares_are_compared_exactly(Share memory share, uint40 quotient, uint8 rest) public pure {
        vm.assume(share.left < 32 && share.leftOf < 32 && share.right < 16 && share.rightOf < 16 && quotient < 512);
        _checkShare(share, quotient, rest);
    }

    function test_shares_are_compared_exactly(
        uint32 left,
        uint32 leftOf,
        uint16 right,
        uint16 rightOf,
        bool strict
    )
        public
        pure
    {
        vm.assume(leftOf > 0 && rightOf > 0);
        bool expected = left >= SecondOpinion.least(leftOf, right, rightOf, strict);
        vm.assertTrue(_reached(left, leftOf, right, rightOf, strict) == expected, "share");
    }

    function test_every_small_share_is_compared_exactly() public pure {
        for (uint256 leftOf = 1; leftOf <= 12; ++leftOf) {
            for (uint256 rightOf = 1; rightOf <= 6; ++rightOf) {
                for (uint256 pair = 0; pair <= leftOf * rightOf; ++pair) {
                    (uint256 left, uint256 right) = (pair % (leftOf + 1), pair % (rightOf + 1));
                    bool expected = left >= SecondOpinion.least(leftOf, right, rightOf, false);
                    vm.assertTrue(_reached(left, leftOf, right, rightOf, false) == expected, "share");
                }
            }
        }
    }

    /// @dev A factor of 32 and one of 16 bits: no product leaves 48 bits, so the checked multiplication never reverts.
    function check_products_stay_far_below_a_word(uint32 share, uint16 fraction) public pure {
        unchecked {
            assert(uint256(share) * fraction <= type(uint48).max);
        }
    }

    function check_a_share_of_nothing_reaches_nothing(
        uint32 left,
        uint16 right,
        uint16 rightOf,
        bool strict
    )
        public
        pure
    {
        assert(!_reached(left, 0, right, rightOf, strict));
    }

    function test_a_share_of_nothing_reaches_nothing(
        uint32 left,
        uint16 right,
        uint16 rightOf,
        bool strict
    )
        public
        pure
    {
        check_a_share_of_nothing_reaches_nothing(left, right, rightOf, strict);
    }

    function test_threshold_is_met_at_its_number_and_not_one_below(
        uint16 leftOf,
        uint16 right,
        uint16 rightOf
    )
        public
        pure
    {
        uint256 whole = within(leftOf, 1, type(uint16).max);
        uint256 denominator = within(rightOf, 1, type(uint16).max);
        uint16 numerator = uint16(within(right, 1, denominator));
        uint256 least = SecondOpinion.least(whole, numerator, denominator, false);
        vm.assertTrue(_reached(least, whole, numerator, denominator, false), "at its number");
        vm.assertTrue(!_reached(least - 1, whole, numerator, denominator, false), "one below");
    }

    // ------------------------------------------------------------------------------------------------- Judgment

    function test_judgment_is_the_second_opinion(uint256 seed) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        vm.assertEq(uint256(Judgment.judge(rule, tally)), uint256(SecondOpinion.opinion(rule, tally)), "verdict");
    }

    /// @dev The verdict can be read off the trace alone.
    function test_trace_accounts_for_the_verdict(uint256 seed) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        Step[] memory trace = Judgment.steps(rule, tally);
        Verdict expected = rule.binding ? Verdict.Adopted : Verdict.Consulted;
        for (uint256 i = trace.length; i > 0; --i) {
            Step memory step = trace[i - 1];
            _requireComparison(step);
            if (step.ok) continue;
            bool replaced = i < trace.length && trace[i].name == StepName.CastingVote && trace[i].ok;
            if (!replaced) expected = step.name == StepName.Quorum ? Verdict.NoQuorum : Verdict.Rejected;
        }
        vm.assertEq(uint256(Judgment.judge(rule, tally)), uint256(expected), "verdict");
    }

    function test_steps_come_in_their_order(uint256 seed) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        uint256[4] memory rank = [uint256(0), 1, 3, 2]; // by name: quorum, majority, countries, casting vote
        Step[] memory trace = Judgment.steps(rule, tally);
        for (uint256 i = 1; i < trace.length; ++i) {
            vm.assertTrue(rank[uint256(trace[i].name)] > rank[uint256(trace[i - 1].name)], "order");
        }
    }

    function test_steps_name_what_they_compare(uint256 seed) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        Step[] memory trace = Judgment.steps(rule, tally);
        for (uint256 i = 0; i < trace.length; ++i) {
            (uint256 left, uint256 leftOf) = SecondOpinion.sharesOf(trace[i].name, rule, tally);
            vm.assertEq(trace[i].left, left, "left");
            vm.assertEq(trace[i].leftOf, leftOf, "left of");
            (uint256 right, uint256 rightOf) = SecondOpinion.thresholdOf(trace[i].name, rule);
            vm.assertTrue(trace[i].right == right && trace[i].rightOf == rightOf, "threshold");
            vm.assertTrue(trace[i].strict == (rule.strict && trace[i].name == StepName.Majority), "strict");
        }
        vm.assertEq(trace.length, SecondOpinion.stepsExpected(rule, tally), "steps");
    }

    function test_one_more_vote_for_instead_of_against_never_harms(uint256 seed) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        rule.tie = TieBreak.Rejected;
        vm.assume(tally.againstVotes > 0);
        Verdict before = Judgment.judge(rule, tally);
        --tally.againstVotes;
        ++tally.forVotes;
        vm.assertTrue(before != Verdict.Adopted || Judgment.judge(rule, tally) == Verdict.Adopted, "harmed");
    }

    /// @dev What closing early rests on: if silence, all for and all against agree, so does everything between.
    function test_certain_outcome_is_certain(uint256 seed, uint16 more, uint16 less) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        (rule.tie, rule.silenceConsents, rule.countryNumerator) = (TieBreak.Rejected, false, 0);
        uint32 open = tally.entitled - Judgment.participating(tally);
        Verdict verdict = Judgment.judge(rule, tally);
        vm.assume(verdict == Judgment.judge(rule, _with(tally, open, 0, 0)));
        vm.assume(verdict == Judgment.judge(rule, _with(tally, 0, open, 0)));
        uint32 inFavour = uint32(within(more, 0, open));
        uint32 against = uint32(within(less, 0, open - inFavour));
        Tally memory between = _with(tally, inFavour, against, (open - inFavour - against) / 2);
        vm.assertTrue(verdict == Judgment.judge(rule, between), "not certain");
    }

    function test_ballots_needed_are_the_least_that_reach_the_quorum(uint256 seed) public pure {
        (Rule memory rule, Tally memory tally) = AnyCase.from(seed);
        uint256 needed = Judgment.ballotsNeededRoundedUp(rule, tally.entitled, tally.attempt);
        bool reached = !Judgment.asksQuorum(rule, tally.attempt) || Judgment.quorumStep(rule, tally).ok;
        bool expected = Judgment.participating(tally) >= needed && (needed > 0 || tally.entitled > 0);
        vm.assertTrue(reached == (expected || !SecondOpinion.asksQuorum(rule, tally.attempt)), "ballots needed");
    }

    // ------------------------------------------------------------------------------------------------- Material

    function _requireComparison(Step memory step) private pure {
        bool met = SecondOpinion.meets(step.left, step.leftOf, step.right, step.rightOf, step.strict);
        vm.assertTrue(step.ok == met, "comparison");
    }

    function _reached(
        uint256 left,
        uint256 leftOf,
        uint256 right,
        uint256 rightOf,
        bool strict
    )
        private
        pure
        returns (bool)
    {
        Rule memory rule;
        Tally memory tally;
        (rule.base, rule.strict) = (Base.Entitled, strict);
        (rule.majorityNumerator, rule.majorityDenominator) = (uint16(right), uint16(rightOf));
        (tally.forVotes, tally.entitled) = (uint32(left), uint32(leftOf));
        return Judgment.majorityStep(rule, tally).ok;
    }

    /// @dev `leftOf · right = quotient · rightOf + rest`: the least number that reaches the threshold is the quotient,
    /// or one more where something is left or the threshold has to be exceeded.
    function _checkShare(Share memory share, uint256 quotient, uint256 rest) private pure {
        unchecked {
            vm.assume(share.leftOf > 0 && rest < share.rightOf);
            vm.assume(uint256(share.leftOf) * share.right == quotient * share.rightOf + rest);
        }
        bool atLeast = share.left > quotient || (share.left == quotient && rest == 0 && !share.strict);
        assert(_reached(share.left, share.leftOf, share.right, share.rightOf, share.strict) == atLeast);
    }

    function _with(
        Tally memory tally,
        uint32 inFavour,
        uint32 against,
        uint32 abstain
    )
        private
        pure
        returns (Tally memory)
    {
        return Tally({
            againstVotes: tally.againstVotes + against,
            forVotes: tally.forVotes + inFavour,
            abstainVotes: tally.abstainVotes + abstain,
            entitled: tally.entitled,
            recused: tally.recused,
            countries: tally.countries,
            countriesFor: tally.countriesFor,
            attempt: tally.attempt,
            chairSupport: tally.chairSupport
        });
    }
}
