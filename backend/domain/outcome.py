"""The outcome: a tally judged by a rule, with the trace of every step. Pure, and integers only.

A rule asks up to three questions, and the trace keeps them in this order:

    quorum        ballots of any choice  /  entitled      >=  the rule's quorum
    majority      votes for  /  what the base says        >=  the rule's majority   (> where it is strict)
    casting_vote  the chair for  /  1                     >=  1                     (in place of a majority tied)
    countries     countries for  /  countries             >=  the rule's countries

There is no quorum where silence consents, nor from the attempt on that the rule names. Where silence consents, the
silent count as votes for. The casting vote is asked for only where the rule leaves a tie to the chair and the majority
has failed by a tie.

Shares are compared by cross-multiplication: nothing is divided and nothing rounded, so 16 of 24 reaches 2/3 exactly.
A share of nothing (0/0) reaches no threshold. Later steps are worked out even where an earlier one has failed, for the
reader's sake; they then decide nothing. What passes every threshold is adopted if the rule binds; if it does not, it
was a consultation, and nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from backend.domain.ballots import Choice
from backend.domain.rules import Base, Rule, TieBreak
from backend.domain.tally import Tally, tally_without
from backend.domain.values import Ratio


class Verdict(IntEnum):
    """The tally judged by the rule, apart from time; the numbers are the contract's."""

    NO_QUORUM = 0
    REJECTED = 1
    ADOPTED = 2
    CONSULTED = 3

    @property
    def label(self) -> str:
        """The verdict as the API and the sample data spell it."""
        return self.name.lower()


class Reason(StrEnum):
    """Which step decided."""

    QUORUM_NOT_REACHED = "QUORUM_NOT_REACHED"
    MAJORITY_NOT_REACHED = "MAJORITY_NOT_REACHED"
    COUNTRIES_NOT_REACHED = "COUNTRIES_NOT_REACHED"
    MAJORITY_REACHED = "MAJORITY_REACHED"
    CASTING_VOTE = "CASTING_VOTE"
    """Adopted by the chair's own ballot in a tie."""
    CONSULTATION_CLOSED = "CONSULTATION_CLOSED"


class StepName(StrEnum):
    """What a step compares."""

    QUORUM = "quorum"
    MAJORITY = "majority"
    CASTING_VOTE = "casting_vote"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison of the judgment, with the numbers as they were counted and written."""

    name: StepName
    left: Ratio
    """What was counted."""
    op: str
    """`>=`, or `>` where the rule is strict."""
    right: Ratio
    """What the rule asks for."""
    ok: bool

    @property
    def needed(self) -> int:
        """Least number on the left that reaches the right: whole members or votes, at least one."""
        share = self.right.numerator * self.left.denominator
        whole = share // self.right.denominator + 1 if self.op == ">" else -(-share // self.right.denominator)
        return max(whole, 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tally amounts to under a rule, and why."""

    verdict: Verdict
    reason: Reason
    steps: tuple[Step, ...]
    """In the order drawn above; a threshold the rule does not have leaves no step."""


_WHOLE = Ratio(1, 1)
_FAILURES = {
    StepName.QUORUM: (Verdict.NO_QUORUM, Reason.QUORUM_NOT_REACHED),
    StepName.MAJORITY: (Verdict.REJECTED, Reason.MAJORITY_NOT_REACHED),
    StepName.COUNTRIES: (Verdict.REJECTED, Reason.COUNTRIES_NOT_REACHED),
}


def judge(rule: Rule, tally: Tally) -> Outcome:
    """Judge the tally as it stands; before the deadline this is what would be if voting ended now."""
    steps = tuple(_steps(rule, tally))
    cast = any(step.name is StepName.CASTING_VOTE and step.ok for step in steps)
    failed = next((step.name for step in steps if _decides(step, cast=cast)), None)
    if failed is not None:
        return Outcome(*_FAILURES[failed], steps)
    if not rule.binding:
        return Outcome(Verdict.CONSULTED, Reason.CONSULTATION_CLOSED, steps)
    return Outcome(Verdict.ADOPTED, Reason.CASTING_VOTE if cast else Reason.MAJORITY_REACHED, steps)


def certain(rule: Rule, tally: Tally, mandated: Iterable[Choice] = ()) -> bool:
    """Whether the verdict stays what it is, however those who still can will vote: all for, or all against.

    They are the silent, and those whose ballot was cast by mandate (`mandated`: what it says), because their own ballot
    would override it. What lies between leads to no other verdict: each vote for only helps, each against only hinders.
    """
    fixed = tally_without(tally, mandated)
    for_all = replace(fixed, for_votes=fixed.for_votes + fixed.silent)
    against_all = replace(fixed, against_votes=fixed.against_votes + fixed.silent)
    return len({judge(rule, possible).verdict for possible in (tally, for_all, against_all)}) == 1


def quorum_holds(rule: Rule, attempt: int) -> bool:
    """Whether the rule asks for a quorum on this attempt."""
    fallen_away = rule.silence_consents or 0 < rule.calls <= attempt
    return rule.quorum.numerator > 0 and not fallen_away


def ballots_needed(rule: Rule, entitled: int, attempt: int = 1) -> int:
    """Least number of ballots of any choice for the quorum, rounded up to whole members; 0 where there is none."""
    if not quorum_holds(rule, attempt):
        return 0
    return -(-rule.quorum.numerator * entitled // rule.quorum.denominator)


def votes_for(rule: Rule, tally: Tally) -> int:
    """How many votes for the majority is reached with: where silence consents, the silent are among them."""
    return tally.for_votes + (tally.silent if rule.silence_consents else 0)


def majority_base(rule: Rule, tally: Tally) -> int:
    """How many votes the majority is a share of."""
    match rule.base:
        case Base.CAST:
            abstentions = tally.abstain_votes if rule.abstentions_cast else 0
            return votes_for(rule, tally) + tally.against_votes + abstentions
        case Base.PARTICIPATING:
            return votes_for(rule, tally) + tally.against_votes + tally.abstain_votes
        case Base.ENTITLED:
            return tally.entitled


def _steps(rule: Rule, tally: Tally) -> Iterator[Step]:
    if quorum_holds(rule, tally.attempt):
        yield _step(StepName.QUORUM, Ratio(tally.participating, tally.entitled), rule.quorum, strict=False)
    if rule.majority.numerator:
        left = Ratio(votes_for(rule, tally), majority_base(rule, tally))
        majority = _step(StepName.MAJORITY, left, rule.majority, strict=rule.strict)
        yield majority
        if not majority.ok and _tied(rule, tally):
            yield _step(StepName.CASTING_VOTE, Ratio(int(tally.chair_support is Choice.FOR), 1), _WHOLE, strict=False)
    if rule.countries.numerator:
        yield _step(StepName.COUNTRIES, Ratio(tally.countries_for, tally.countries), rule.countries, strict=False)


def _tied(rule: Rule, tally: Tally) -> bool:
    return rule.tie is TieBreak.CHAIR and tally.for_votes == tally.against_votes > 0


def _step(name: StepName, left: Ratio, right: Ratio, *, strict: bool) -> Step:
    reached = left.more_than(right) if strict else left.at_least(right)
    return Step(name, left, ">" if strict else ">=", right, ok=left.denominator > 0 and reached)


def _decides(step: Step, *, cast: bool) -> bool:
    """Whether the question fails by this step; a majority that failed by a tie does not where the chair was for."""
    return not step.ok and step.name in _FAILURES and not (cast and step.name is StepName.MAJORITY)
