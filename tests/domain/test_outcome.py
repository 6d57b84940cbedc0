from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.outcome import Reason, Step, StepName, Verdict, ballots_needed, judge
from backend.domain.rules import Base
from backend.domain.values import Ratio
from tests.domain import vectors
from tests.domain.strategies import RATIOS, rules, tallies
from tests.vectors import oracle

JUDGMENTS = vectors.load("judgment")
THRESHOLDS = ("0/1", "1/2", "2/3", "51/100", "1/1")


@pytest.mark.parametrize("case", JUDGMENTS, ids=[case["name"] for case in JUDGMENTS])
def test_judges_as_the_shared_vectors_say(case):
    assert vectors.as_vector(judge(vectors.rule_of(case), vectors.tally_of(case))) == vectors.expected_of(case)


@pytest.mark.parametrize("case", JUDGMENTS, ids=[case["name"] for case in JUDGMENTS])
def test_the_oracle_agrees_with_the_vectors_reasoned_by_hand(case):
    assert oracle.opinion(case["rule"], case["tally"]) == vectors.expected_of(case)


@pytest.mark.parametrize("base", oracle.BASES)
@pytest.mark.parametrize("strict", [False, True])
def test_judges_every_tally_of_up_to_five_members_as_the_oracle_does(base, strict):
    for quorum, majority, binding in product(THRESHOLDS, THRESHOLDS, [True, False]):
        terms = oracle.rule_of(quorum, majority, base, strict, binding)
        rule = vectors.rule_of({"rule": terms})
        for counts in oracle.tallies(5):
            outcome = judge(rule, vectors.tally_of({"tally": counts}))
            assert vectors.as_vector(outcome) == oracle.opinion(terms, counts), (terms, counts)


def test_the_small_vectors_are_what_the_oracle_says():
    assert vectors.load("judgment_small") == oracle.small_cases()


@given(rules(), tallies())
def test_one_more_for_instead_of_silence_never_worsens_the_verdict(rule, tally):
    before = replace(tally, entitled=tally.entitled + 1)
    after = replace(before, for_votes=before.for_votes + 1)
    assert judge(rule, after).verdict >= judge(rule, before).verdict


@given(rules(), tallies())
def test_one_for_instead_of_against_never_worsens_the_verdict(rule, tally):
    before = replace(tally, entitled=tally.entitled + 1, against_votes=tally.against_votes + 1)
    after = replace(before, for_votes=before.for_votes + 1, against_votes=before.against_votes - 1)
    assert judge(rule, after).verdict >= judge(rule, before).verdict


@given(rules(), tallies())
def test_nothing_is_adopted_without_a_vote_for_it(rule, tally):
    assert judge(rule, replace(tally, for_votes=0)).verdict is not Verdict.ADOPTED


@given(rules(), tallies())
def test_a_strict_rule_is_never_kinder_than_its_lenient_twin(rule, tally):
    strict, lenient = (judge(replace(rule, strict=flag), tally).verdict for flag in (True, False))
    assert strict <= lenient


@given(rules(), tallies())
def test_a_greater_base_never_helps(rule, tally):
    adopted = [judge(replace(rule, base=base), tally).verdict is Verdict.ADOPTED for base in Base]
    assert adopted == sorted(adopted, reverse=True)


@given(rules(), tallies())
def test_no_rule_without_force_adopts(rule, tally):
    assert judge(replace(rule, binding=False), tally).verdict is not Verdict.ADOPTED


@given(rules(), tallies())
def test_steps_are_the_quorum_and_then_the_majority(rule, tally):
    names = [step.name for step in judge(rule, tally).steps]
    assert names == ([StepName.QUORUM] if rule.quorum.numerator else []) + [StepName.MAJORITY]


@given(rules(), tallies())
def test_the_reason_is_the_first_step_that_failed(rule, tally):
    outcome = judge(rule, tally)
    failed = next((step.name for step in outcome.steps if not step.ok), None)
    assert (
        outcome.reason
        is {
            StepName.QUORUM: Reason.QUORUM_NOT_REACHED,
            StepName.MAJORITY: Reason.MAJORITY_NOT_REACHED,
            None: Reason.MAJORITY_REACHED,
        }[failed]
    )


@given(rules(), RATIOS, st.integers(1, 65535))
def test_ballots_needed_is_the_share_rounded_up_to_whole_members(rule, quorum, entitled):
    needed = ballots_needed(replace(rule, quorum=quorum), entitled)
    assert needed == ceil(Fraction(quorum.numerator, quorum.denominator) * entitled)


@given(rules(), RATIOS, tallies())
def test_ballots_needed_are_just_enough_for_the_quorum(rule, quorum, tally):
    rule, tally = replace(rule, quorum=quorum), replace(tally, entitled=tally.entitled + 1)
    reached = judge(rule, tally).verdict is not Verdict.NO_QUORUM
    assert reached == (tally.participating >= ballots_needed(rule, tally.entitled))


@given(RATIOS, st.integers(1, 65535), st.sampled_from([">=", ">"]))
def test_the_needed_count_of_a_step_is_the_least_that_reaches_it(right, whole, op):
    def reached(count):
        share = Fraction(count, whole)
        asked = Fraction(right.numerator, right.denominator)
        return share > asked if op == ">" else share >= asked

    needed = Step(StepName.MAJORITY, Ratio(0, whole), op, right, ok=False).needed
    assert reached(needed)
    assert needed == 1 or not reached(needed - 1)


@pytest.mark.parametrize(
    ("whole", "op", "right", "needed"),
    [
        (24, ">=", Ratio(2, 3), 16),
        (26, ">=", Ratio(2, 3), 18),
        (28, ">=", Ratio(51, 100), 15),
        (6, ">", Ratio(1, 2), 4),
        (7, ">", Ratio(1, 2), 4),
        (28, ">=", Ratio(1, 1), 28),
        (0, ">=", Ratio(2, 3), 1),
    ],
)
def test_the_needed_count_is_of_whole_members_and_never_nothing(whole, op, right, needed):
    assert Step(StepName.QUORUM, Ratio(0, whole), op, right, ok=False).needed == needed


def test_no_quorum_asks_for_no_ballots():
    rule = vectors.rule_of({"rule": oracle.rule_of("0/1", "1/2", "cast", strict=False, binding=True)})
    assert ballots_needed(rule, 28) == 0


def test_a_step_shows_the_numbers_as_they_were_counted():
    case = next(case for case in JUDGMENTS if case["name"].startswith("P04"))
    majority = judge(vectors.rule_of(case), vectors.tally_of(case)).steps[1]
    assert (majority.left, majority.op, majority.right, majority.ok) == (Ratio(16, 24), ">=", Ratio(2, 3), True)
