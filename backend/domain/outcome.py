"""The outcome: a tally judged by a rule, with the trace of every step. Pure, and integers only.

A rule asks up to two questions, and the trace keeps them in this order:

    quorum      ballots of any choice  /  entitled      >=  the rule's quorum
    majority    votes for  /  what the base says        >=  the rule's majority   (> where it is strict)

Shares are compared by cross-multiplication: nothing is divided and nothing rounded, so 16 of 24 reaches 2/3 exactly.
A share of nothing (0/0) reaches no threshold. The majority is worked out even where the quorum has failed, for the
reader's sake; it then decides nothing. What passes every threshold is adopted if the rule binds; if it does not, it
was a consultation, and nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from backend.domain.rules import Base, Rule
from backend.domain.tally import Tally
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
    MAJORITY_REACHED = "MAJORITY_REACHED"
    CONSULTATION_CLOSED = "CONSULTATION_CLOSED"


class StepName(StrEnum):
    """What a step compares."""

    QUORUM = "quorum"
    MAJORITY = "majority"


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
    """The quorum first, then the majority; a threshold the rule does not have leaves no step."""


_REASONS = {
    Verdict.NO_QUORUM: Reason.QUORUM_NOT_REACHED,
    Verdict.REJECTED: Reason.MAJORITY_NOT_REACHED,
    Verdict.ADOPTED: Reason.MAJORITY_REACHED,
    Verdict.CONSULTED: Reason.CONSULTATION_CLOSED,
}


def judge(rule: Rule, tally: Tally) -> Outcome:
    """Judge the tally as it stands; before the deadline this is what would be if voting ended now."""
    steps = tuple(_steps(rule, tally))
    verdict = _verdict(steps, binding=rule.binding)
    return Outcome(verdict, _REASONS[verdict], steps)


def ballots_needed(rule: Rule, entitled: int) -> int:
    """Least number of ballots of any choice for the quorum, rounded up to whole members; 0 where there is none."""
    return -(-rule.quorum.numerator * entitled // rule.quorum.denominator)


def majority_base(rule: Rule, tally: Tally) -> int:
    """How many votes the majority is a share of."""
    match rule.base:
        case Base.CAST:
            return tally.cast
        case Base.PARTICIPATING:
            return tally.participating
        case Base.ENTITLED:
            return tally.entitled


def _steps(rule: Rule, tally: Tally) -> Iterator[Step]:
    if rule.quorum.numerator:
        yield _step(StepName.QUORUM, Ratio(tally.participating, tally.entitled), rule.quorum, strict=False)
    if rule.majority.numerator:
        left = Ratio(tally.for_votes, majority_base(rule, tally))
        yield _step(StepName.MAJORITY, left, rule.majority, strict=rule.strict)


def _step(name: StepName, left: Ratio, right: Ratio, *, strict: bool) -> Step:
    reached = left.more_than(right) if strict else left.at_least(right)
    return Step(name, left, ">" if strict else ">=", right, ok=left.denominator > 0 and reached)


def _verdict(steps: tuple[Step, ...], *, binding: bool) -> Verdict:
    failed = next((step.name for step in steps if not step.ok), None)
    match failed:
        case StepName.QUORUM:
            return Verdict.NO_QUORUM
        case StepName.MAJORITY:
            return Verdict.REJECTED
        case None:
            return Verdict.ADOPTED if binding else Verdict.CONSULTED
