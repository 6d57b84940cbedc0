"""When everything in the story happens. Pure: no chain, no clock; the present is an argument.

    publish ──▶ cast … ──▶ minutes ──▶ queue ──▶ execute ──▶ record accession      adopted
        │└────▶ cast …                                                             rejected, vetoed, still running
        └─────▶ withdraw                                                           withdrawn
    (an attempt that must be refused is a publish of its own; acts of a motion come where the story has them)

Steps come in the order of time, no two in the same second, none after the story's end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backend.domain.rules import Rule
from scripts.scenario import DAY, HOUR, Act, Ballot, Motion, RefusedBallot, Scenario

FOUNDING_HOUR = 8
SETTLING = 600
"""Seconds between what the law allows and the office doing it."""
DRAFTING = 8 * DAY
"""Seconds after a meeting in which its draft minutes are sent (DESCA 6.2.5.1: within ten days)."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Put the proposal."""

    motion: Motion
    opens_at: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Its proposer takes it back."""

    motion: Motion


@dataclass(frozen=True, slots=True)
class Cast:
    """A member hands in its ballot."""

    motion: Motion
    ballot: Ballot


@dataclass(frozen=True, slots=True)
class CastInVain:
    """A ballot that must be refused."""

    motion: Motion
    ballot: RefusedBallot


@dataclass(frozen=True, slots=True)
class Perform:
    """Something else happens on the proposal, or must be refused."""

    motion: Motion
    act: Act


@dataclass(frozen=True, slots=True)
class Queue:
    """Start the timelock's delay."""

    motion: Motion


@dataclass(frozen=True, slots=True)
class Execute:
    """Carry it out."""

    motion: Motion


@dataclass(frozen=True, slots=True)
class RecordAccession:
    """The registrar records the new member's signed document."""

    member: str


Deed = Publish | Withdraw | Cast | CastInVain | Perform | Queue | Execute | RecordAccession


@dataclass(frozen=True, slots=True)
class Step:
    """One transaction of the story."""

    at: int
    """Seconds since the epoch."""
    deed: Deed


@dataclass(frozen=True, slots=True)
class Schedule:
    """The founding's second and all steps after it."""

    genesis: int
    end: int
    """The last midnight (UTC) before the present; every step is earlier."""
    steps: tuple[Step, ...]


def schedule(scenario: Scenario, rules: dict[str, Rule], timelock_delay: int, now: int) -> Schedule:
    """Lay the story so that it ends with the day that `now` belongs to.

    `rules` are the rules in force at the opening, by kind: they tell when voting ends and when a decision binds. Raises
    `ValueError` when the vote on a motion that is over would end after the story; its effect may still be to come.
    """
    end = now - now % DAY
    start = end - scenario.days * DAY
    steps = [step for motion in scenario.motions for step in _motion(motion, scenario, rules, timelock_delay, start)]
    past = [step for step in steps if step.at < end]
    late = {m.reference for m in scenario.closed if m.ballots and start + m.opens + rules[m.kind].period > end}
    if late:
        raise ValueError(f"the story is too short for {', '.join(sorted(late))}")
    return Schedule(start + FOUNDING_HOUR * HOUR, end, _one_each_second(past))


def _motion(motion: Motion, scenario: Scenario, rules: dict[str, Rule], delay: int, start: int) -> Iterator[Step]:
    opens, rule = start + motion.opens, rules[motion.kind]
    yield Step(start + motion.published, Publish(motion, opens))
    if motion.withdrawn is not None:
        yield Step(start + motion.withdrawn, Withdraw(motion))
    end = min(opens + rule.period, start + scenario.days * DAY)
    yield from _ballots(motion, opens, end, scenario.ballot_spacing)
    yield from (Step(opens + act.after, Perform(motion, act)) for act in (*motion.acts, *_minutes(motion, rule)))
    if motion.expected is not None and motion.expected.outcome == "adopted":
        binds = opens + rule.period + max(rule.standstill, rule.veto_window) + SETTLING
        yield from _effect(motion, binds if motion.queued is None else start + motion.queued, delay)


def _ballots(motion: Motion, opens: int, end: int, spacing: int) -> Iterator[Step]:
    """A meeting's ballots come one after the other, those of a written procedure over all its days."""
    ballots = motion.changed + motion.ballots
    every = spacing if end - opens <= DAY else (end - opens) // (len(ballots) + 2)
    last = opens
    for place, ballot in enumerate(ballots, start=1):
        last = opens + place * every
        yield Step(last, Cast(motion, ballot))
    for refused in motion.refused:
        at = last + spacing if refused.after is None else opens + refused.after
        yield Step(at, CastInVain(motion, refused))


def _minutes(motion: Motion, rule: Rule) -> Iterator[Act]:
    """The draft minutes of a meeting, which the office sends unless the story has them already."""
    told = any(act.name == "minutes" for act in motion.acts)
    if rule.standstill and motion.ballots and motion.expected is not None and not told:
        text = f"Sample minutes of the meeting on {motion.reference} (draft)."
        yield Act("minutes", rule.period + DRAFTING, details={"text": text})


def _effect(motion: Motion, at: int, delay: int) -> Iterator[Step]:
    yield Step(at, Queue(motion))
    yield Step(at + delay + SETTLING, Execute(motion))
    if motion.action is not None and motion.action["call"] == "MemberRegistry.admit":
        yield Step(at + delay + 2 * SETTLING, RecordAccession(motion.action["member"]))


def _one_each_second(steps: list[Step]) -> tuple[Step, ...]:
    ordered: list[Step] = []
    for step in sorted(steps, key=lambda step: step.at):
        at = step.at if not ordered else max(step.at, ordered[-1].at + 1)
        ordered.append(Step(at, step.deed))
    return tuple(ordered)
