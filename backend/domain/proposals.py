"""Where a proposal stands at a given second. Pure: time moves a proposal without a transaction, so nothing is stored.

    pending ──▶ open ──▶ no_quorum
       │          │────▶ rejected
       ▼          │────▶ consulted
    withdrawn     └────▶ binding ──▶ queued ──▶ executed

Time opens and closes the vote, the outcome chooses the way on, and the chain's own facts (withdrawn, queued, executed)
do the rest. Each state below has one small function that says what leads out of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.domain.outcome import Verdict, judge
from backend.domain.rules import Rule
from backend.domain.tally import Tally
from backend.domain.values import Timepoint

LATEST_OPENING = 366 * 86_400
"""Seconds after publication by which voting must open at the latest."""


class ProposalState(StrEnum):
    """Where a proposal stands; the words of the contract's `Phase`, in lower case."""

    PENDING = "pending"
    """Published; voting is not open yet."""
    OPEN = "open"
    NO_QUORUM = "no_quorum"
    """Closed; too few ballots of any choice."""
    REJECTED = "rejected"
    CONSULTED = "consulted"
    """Closed; a consultation, from which nothing follows."""
    BINDING = "binding"
    """Adopted; may be queued."""
    QUEUED = "queued"
    """Waits in the timelock, or may be executed once its time has come."""
    EXECUTED = "executed"
    WITHDRAWN = "withdrawn"

    @property
    def decided(self) -> bool:
        """Whether no ballot can change anything any more."""
        return self not in (ProposalState.PENDING, ProposalState.OPEN)


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """What the chain says about a proposal, apart from its ballots."""

    opens_at: Timepoint
    """The snapshot: the electorate is that of this second, and voting is open after it."""
    closes_at: Timepoint
    """The deadline: the last second in which a ballot counts."""
    eta: Timepoint | None = None
    """From when it may be executed; None until it is queued."""
    executed: bool = False
    canceled: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    facts: ProposalFacts
    tally: Tally
    rule: Rule
    now: Timepoint


def state_at(facts: ProposalFacts, tally: Tally, rule: Rule, now: Timepoint) -> ProposalState:
    """Say where the proposal stands in second `now`, judged by the rule it was opened under."""
    return _from_pending(_Question(facts, tally, rule, now))


def voting_open(facts: ProposalFacts, now: Timepoint) -> bool:
    """Whether a ballot handed in during second `now` comes in time: after the snapshot, up to the deadline."""
    return not facts.canceled and facts.opens_at < now <= facts.closes_at


def earliest_opening(rule: Rule, published: Timepoint, *, extraordinary: bool) -> Timepoint:
    """First second on which voting on a proposal published now may open; never the second of publication itself."""
    notice = rule.short_notice if extraordinary else rule.notice
    return Timepoint(published + max(notice, 1))


def latest_opening(published: Timepoint) -> Timepoint:
    """Last second on which voting on a proposal published now may open."""
    return Timepoint(published + LATEST_OPENING)


def closing(rule: Rule, opens_at: Timepoint) -> Timepoint:
    """Last second of a vote that opens then."""
    return Timepoint(opens_at + rule.period)


def _from_pending(question: _Question) -> ProposalState:
    if question.facts.canceled:
        return ProposalState.WITHDRAWN
    if question.now <= question.facts.opens_at:
        return ProposalState.PENDING
    return _from_open(question)


def _from_open(question: _Question) -> ProposalState:
    if question.now <= question.facts.closes_at:
        return ProposalState.OPEN
    if question.facts.eta is not None:
        return _from_queued(question)
    return _from_closed(question)


def _from_closed(question: _Question) -> ProposalState:
    match judge(question.rule, question.tally).verdict:
        case Verdict.NO_QUORUM:
            return ProposalState.NO_QUORUM
        case Verdict.REJECTED:
            return ProposalState.REJECTED
        case Verdict.CONSULTED:
            return ProposalState.CONSULTED
        case Verdict.ADOPTED:
            return ProposalState.BINDING


def _from_queued(question: _Question) -> ProposalState:
    return ProposalState.EXECUTED if question.facts.executed else ProposalState.QUEUED
