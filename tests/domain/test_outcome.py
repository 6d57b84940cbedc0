from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.ballots import Choice
from backend.domain.outcome import Reason, Step, StepName, Verdict, ballots_needed, certain, judge, quorum_holds
from backend.domain.rules import NOTHING, Base, TieBreak
from backend.domain.tally import Tally, tally_without
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


@given(rules(ties=TieBreak), tallies())
def test_nothing_is_adopted_without_a_vote_for_it_unless_silence_consents(rule, tally):
    rule = replace(rule, silence_consents=False)
    assert judge(rule, replace(tally, for_votes=0)).verdict is not Verdict.ADOPTED


@given(rules(ties=TieBreak), tallies())
def test_where_silence_consents_the_silent_count_as_if_they_had_voted_for(rule, tally):
    spoken = replace(tally, for_votes=tally.for_votes + tally.silent)
    tacit, outspoken = replace(rule, silence_consents=True), replace(rule, quorum=NOTHING, silence_consents=False)
    tied = replace(tacit, tie=TieBreak.REJECTED), replace(outspoken, tie=TieBreak.REJECTED)
    assert judge(tied[0], tally) == judge(tied[1], spoken)


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


@given(rules(ties=TieBreak), tallies())
def test_steps_come_in_the_order_of_the_law_and_only_where_the_rule_asks(rule, tally):
    names = [step.name for step in judge(rule, tally).steps]
    assert names == [name for name in StepName if name in names]
    assert (StepName.QUORUM in names) == quorum_holds(rule, tally.attempt)
    assert StepName.MAJORITY in names
    assert (StepName.COUNTRIES in names) == (rule.countries.numerator > 0)
    assert rule.tie is TieBreak.CHAIR or StepName.CASTING_VOTE not in names


@given(rules(), tallies())
def test_the_reason_is_the_first_step_that_failed(rule, tally):
    outcome = judge(rule, tally)
    failed = next((step.name for step in outcome.steps if not step.ok), None)
    expected = {
        StepName.QUORUM: (Verdict.NO_QUORUM, Reason.QUORUM_NOT_REACHED),
        StepName.MAJORITY: (Verdict.REJECTED, Reason.MAJORITY_NOT_REACHED),
        StepName.COUNTRIES: (Verdict.REJECTED, Reason.COUNTRIES_NOT_REACHED),
        None: (Verdict.ADOPTED, Reason.MAJORITY_REACHED),
    }
    assert (outcome.verdict, outcome.reason) == expected[failed]


@given(rules(ties=[TieBreak.CHAIR]), tallies())
def test_a_chair_matters_only_in_a_tie_and_can_only_help(rule, tally):
    outcome, without = judge(rule, tally), judge(replace(rule, tie=TieBreak.REJECTED), tally)
    if outcome.verdict is not without.verdict:
        assert tally.for_votes == tally.against_votes > 0
        assert tally.chair_support is Choice.FOR
        assert without.reason is Reason.MAJORITY_NOT_REACHED
        assert outcome.reason in {Reason.CASTING_VOTE, Reason.COUNTRIES_NOT_REACHED}


@given(rules(), tallies(), st.integers(0, 4))
def test_from_the_call_that_the_rule_names_there_is_no_quorum(rule, tally, calls):
    rule = replace(rule, calls=calls)
    without = replace(rule, quorum=NOTHING)
    fallen_away = 0 < calls <= tally.attempt
    assert judge(rule, tally) == judge(without, tally) or not fallen_away
    assert quorum_holds(rule, tally.attempt) == (rule.quorum.numerator > 0 and not fallen_away)


@given(rules(), tallies())
def test_abstentions_as_votes_cast_never_help(rule, tally):
    counted, not_counted = (judge(replace(rule, abstentions_cast=flag), tally).verdict for flag in (True, False))
    assert counted <= not_counted


@given(rules(), tallies(), RATIOS)
def test_a_second_threshold_never_helps(rule, tally, countries):
    without = judge(replace(rule, countries=NOTHING), tally).verdict
    assert judge(replace(rule, countries=countries), tally).verdict <= without


# ------------------------------------------------------------------------------------------------------ certainty

CERTAIN = vectors.rule_of({"rule": oracle.rule_of("2/3", "1/2", "entitled", strict=True, binding=True)})


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0, 9), False),
        ((4, 2, 0, 9), False),
        ((5, 0, 0, 9), False),
        ((5, 1, 0, 9), True),
        ((4, 5, 0, 9), True),
        ((4, 4, 0, 9), False),
        ((1, 4, 1, 9), True),
        ((9, 0, 0, 9), True),
        ((0, 0, 9, 9), True),
        ((0, 0, 0, 0), True),
    ],
)
def test_an_outcome_is_certain_once_no_silent_member_can_change_it(counts, expected):
    assert certain(CERTAIN, Tally(*counts)) is expected


def test_a_ballot_by_mandate_is_open_until_the_deadline():
    assert certain(CERTAIN, Tally(5, 1, 0, 9))
    assert not certain(CERTAIN, Tally(5, 1, 0, 9), [Choice.FOR])
    assert certain(CERTAIN, Tally(6, 0, 0, 9), [Choice.FOR])
    assert certain(CERTAIN, Tally(3, 5, 1, 9), [Choice.FOR, Choice.ABSTAIN])
    assert not certain(CERTAIN, Tally(4, 4, 1, 9), [Choice.ABSTAIN])
    assert not certain(CERTAIN, Tally(4, 5, 0, 9), [Choice.AGAINST])


@given(rules(), tallies(most=6), st.data())
def test_what_is_certain_stays_so_however_the_others_vote(rule, tally, data):
    rule = replace(rule, countries=NOTHING, silence_consents=False)
    mandated = data.draw(st.lists(st.sampled_from(Choice), max_size=2).filter(lambda choices: _among(choices, tally)))
    if certain(rule, tally, mandated):
        fixed, verdict = tally_without(tally, mandated), judge(rule, tally).verdict
        for ballots in combinations_with_replacement([None, *Choice], tally.silent):
            for overrides in product([None, *Choice], repeat=len(mandated)):
                given_up = [choice for choice, own in zip(mandated, overrides, strict=True) if own is None]
                final = _with(fixed, [*ballots, *overrides, *given_up])
                assert judge(rule, final).verdict is verdict


def _among(choices, tally):
    left = tally_without(tally, choices)
    return min(left.for_votes, left.against_votes, left.abstain_votes) >= 0


def _with(tally, choices):
    added = Counter(choices)
    return replace(
        tally,
        for_votes=tally.for_votes + added[Choice.FOR],
        against_votes=tally.against_votes + added[Choice.AGAINST],
        abstain_votes=tally.abstain_votes + added[Choice.ABSTAIN],
    )


# -------------------------------------------------------------------------------------------------------- figures


@given(rules(), RATIOS, st.integers(1, 65535))
def test_ballots_needed_is_the_share_rounded_up_to_whole_members(rule, quorum, entitled):
    needed = ballots_needed(replace(rule, quorum=quorum, silence_consents=False), entitled)
    assert needed == ceil(Fraction(quorum.numerator, quorum.denominator) * entitled)


@given(rules(), RATIOS, tallies())
def test_ballots_needed_are_just_enough_for_the_quorum(rule, quorum, tally):
    rule, tally = replace(rule, quorum=quorum), replace(tally, entitled=tally.entitled + 1)
    reached = judge(rule, tally).verdict is not Verdict.NO_QUORUM
    assert reached == (tally.participating >= ballots_needed(rule, tally.entitled, tally.attempt))


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


def test_a_call_without_quorum_asks_for_no_ballots():
    terms = oracle.rule_of("2/3", "1/2", "cast", strict=False, binding=True) | {"calls": 3}
    rule = vectors.rule_of({"rule": terms})
    assert [ballots_needed(rule, 28, attempt) for attempt in (1, 2, 3, 4)] == [19, 19, 0, 0]


def test_a_step_shows_the_numbers_as_they_were_counted():
    case = next(case for case in JUDGMENTS if case["name"].startswith("P04"))
    majority = judge(vectors.rule_of(case), vectors.tally_of(case)).steps[1]
    assert (majority.left, majority.op, majority.right, majority.ok) == (Ratio(16, 24), ">=", Ratio(2, 3), True)
