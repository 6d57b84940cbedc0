"""Every threshold around its number, judged by the rulebook and by the domain: the two never differ.

Electorates of nobody, one, two, eight, three hundred and as many as a roll can hold.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.domain.ballots import Choice
from backend.domain.outcome import StepName, Verdict, judge
from backend.domain.rules import Base, Rule, TieBreak
from backend.domain.tally import Tally
from backend.domain.values import Ratio
from scripts.plan import rule_tuple

NOTHING = Ratio(0, 1)
STEPS = [StepName.QUORUM, StepName.MAJORITY, StepName.COUNTRIES, StepName.CASTING_VOTE]
SIZES = [0, 1, 2, 8, 300, 65_535]
SHARES = [Ratio(1, 2), Ratio(2, 3), Ratio(51, 100), Ratio(1, 1)]
PLAIN = Rule(0, 0, 3600, quorum=NOTHING, majority=Ratio(1, 100), base=Base.CAST, strict=False, binding=True)


def number(share: Ratio, whole: int) -> int:
    """The least number that reaches the share."""
    return -(-whole * share.numerator // share.denominator)


def quorum(share, size, near):
    return replace(PLAIN, quorum=share), Tally(near, 0, 0, size)


def all_abstain_for_the_quorum(share, size, near):
    return replace(PLAIN, quorum=share), Tally(0, 0, near, size)


def cast(share, size, near):
    return replace(PLAIN, majority=share), Tally(near, size - near, 0, size)


def cast_strictly(share, size, near):
    return replace(PLAIN, majority=share, strict=share.numerator < share.denominator), Tally(near, size - near, 0, size)


def cast_with_abstentions(share, size, near):
    return replace(PLAIN, majority=share, abstentions_cast=True), Tally(near, 0, size - near, size)


def participating(share, size, near):
    return replace(PLAIN, majority=share, base=Base.PARTICIPATING), Tally(near, 0, size - near, size)


def entitled(share, size, near):
    return replace(PLAIN, majority=share, base=Base.ENTITLED), Tally(near, 0, 0, size)


def silent(share, size, near):
    rule = replace(PLAIN, majority=share, base=Base.ENTITLED, silence_consents=True)
    return rule, Tally(0, size - near, 0, size)


def countries(share, size, near):
    size, near = min(size, 249), min(near, 249)
    return replace(PLAIN, countries=share), Tally(1, 0, 0, 1, countries=size, countries_for=min(near, size))


def casting_vote(share, size, near):
    """As many for as against, one more, one less: the chair counts in the middle only."""
    rule = replace(PLAIN, majority=Ratio(1, 2), strict=True, tie=TieBreak.CHAIR)
    return rule, Tally(near, min(number(share, size), size - near), 0, size, chair_support=Choice.FOR)


def later_call(share, size, near):
    return replace(PLAIN, quorum=share, calls=2), Tally(near, 0, 0, size, attempt=2)


THRESHOLDS = [
    quorum,
    all_abstain_for_the_quorum,
    cast,
    cast_strictly,
    cast_with_abstentions,
    participating,
    entitled,
    silent,
    countries,
    casting_vote,
    later_call,
]


def around(share: Ratio, size: int) -> list[int]:
    """One less than the number, the number, one more; as far as there are so many."""
    whole = min(size, 249) if size > 300 else size
    middles = {number(share, size), number(share, whole)}
    return sorted({near for middle in middles for near in (middle - 1, middle, middle + 1) if 0 <= near <= size})


def as_chain(tally: Tally) -> tuple[int, ...]:
    support = 3 if tally.chair_support is None else int(tally.chair_support)
    votes = (tally.against_votes, tally.for_votes, tally.abstain_votes, tally.entitled, tally.recused)
    return (*votes, tally.countries, tally.countries_for, tally.attempt, support)


def as_step(step) -> tuple:
    shares = (step.left.numerator, step.left.denominator, step.right.numerator, step.right.denominator)
    return (STEPS.index(step.name), *shares, step.op == ">", step.ok)


@pytest.mark.parametrize("threshold", THRESHOLDS)
@pytest.mark.parametrize("share", SHARES, ids=str)
def test_rulebook_and_domain_judge_alike_around_every_number(consortium, threshold, share):
    for size in SIZES:
        for near in around(share, size):
            rule, tally = threshold(share, size, near)
            expected = judge(rule, tally)
            verdict, steps = consortium.rulebook.judge(rule_tuple(rule), as_chain(tally))
            assert (verdict, [tuple(step) for step in steps]) == (
                expected.verdict,
                [as_step(step) for step in expected.steps],
            ), (size, near)


@pytest.mark.parametrize("threshold", [quorum, cast, participating, entitled, silent, countries])
@pytest.mark.parametrize("share", SHARES, ids=str)
@pytest.mark.parametrize("size", [2, 8, 249])
def test_number_itself_reaches_the_share_and_one_less_does_not(threshold, share, size):
    reached = [judge(*threshold(share, size, near)).verdict is Verdict.ADOPTED for near in around(share, size)]
    least = number(share, size)
    assert reached == [near >= least for near in around(share, size)]
    assert not reached[0]
    assert reached[-1]
