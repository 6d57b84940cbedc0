"""Where a proposal stands at a given second. Pure: time moves a proposal without a transaction, so nothing is stored.

    pending ──▶ open ──▶ no_quorum      (may be called again)
       │          │────▶ rejected
       ▼          │────▶ consulted
    withdrawn     │────▶ vetoed         (while a veto stands; a revised proposal makes it final)
                  │────▶ not_approved
                  └────▶ adopted ──▶ awaiting_approval ──▶ binding ──▶ queued ──▶ executed

Time opens and closes the vote, the outcome chooses the way on, and the chain's own facts (withdrawn, closed early,
vetoes, minutes, approval, queued, executed) do the rest. Each state that something leads out of has one small function
that says what.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.domain.minutes import NO_MINUTES, Minutes
from backend.domain.outcome import Verdict, judge
from backend.domain.rules import Rule
from backend.domain.tally import Tally
from backend.domain.values import Timepoint

LATEST_OPENING = 366 * 86_400
"""Seconds after publication by which voting must open at the latest."""
LATEST_BEYOND_NOTICE = 30 * 86_400
"""Seconds after the short notice within which a further call opens."""

RECONVENE_WITHIN = 15 * 86_400
"""Seconds after the deadline in which a question that had no quorum may be called again (DESCA 6.2.3.1)."""

MOST_ATTEMPTS = 15
"""How many times one question may be called in all; as many as a governor can count."""


class ProposalState(StrEnum):
    """Where a proposal stands; the words of the contract's `Phase`, in lower case."""

    PENDING = "pending"
    """Published; voting is not open yet."""
    OPEN = "open"
    NO_QUORUM = "no_quorum"
    """Closed; too few ballots of any choice."""
    REJECTED = "rejected"
    VETOED = "vetoed"
    """Adopted by the votes, and a veto stands."""
    NOT_APPROVED = "not_approved"
    """Adopted by the votes, and an outside authority refused."""
    CONSULTED = "consulted"
    """Closed; a consultation, from which nothing follows."""
    ADOPTED = "adopted"
    """Does not bind yet: standstill, time to veto, an objection to the minutes."""
    AWAITING_APPROVAL = "awaiting_approval"
    """Waits for the recorded answer of an outside authority."""
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
    """The deadline as it was filed: the last second in which a ballot counts."""
    eta: Timepoint | None = None
    """From when it may be executed; None until it is queued."""
    executed: bool = False
    canceled: bool = False
    closed_early_at: Timepoint | None = None
    """The deadline in place of the first one, where the outcome was certain before it."""
    vetoes: int = 0
    """How many vetoes stand."""
    minutes: Minutes = NO_MINUTES
    approved: bool | None = None
    """The outside authority's answer; None until it is recorded."""
    revised: bool = False
    """A revised proposal has taken its place."""

    @property
    def deadline(self) -> Timepoint:
        """The last second in which a ballot counts, as it turned out."""
        return self.closes_at if self.closed_early_at is None else self.closed_early_at


@dataclass(frozen=True, slots=True)
class _Question:
    facts: ProposalFacts
    tally: Tally
    rule: Rule
    now: Timepoint


def state_at(facts: ProposalFacts, tally: Tally, rule: Rule, now: Timepoint) -> ProposalState:
    """Say where the proposal stands in second `now`, judged by the rule it was opened under."""
    return _from_pending(_Question(facts, tally, rule, now))


def unmoved_until(facts: ProposalFacts, rule: Rule, now: Timepoint) -> Timepoint | None:
    """Last second up to which time alone leaves it where it stands in second `now`; None if time is done with it."""
    turns = (facts.opens_at, facts.deadline, binding_at(facts, rule))
    return min((turn for turn in turns if turn is not None and turn >= now), default=None)


def voting_open(facts: ProposalFacts, now: Timepoint) -> bool:
    """Whether a ballot handed in during second `now` comes in time: after the snapshot, up to the deadline."""
    return not facts.canceled and facts.opens_at < now <= facts.deadline


def binding_at(facts: ProposalFacts, rule: Rule) -> Timepoint | None:
    """Last second in which an adopted decision does not bind yet; None where nothing says when it will.

    It is the end of the standstill, of the time to veto, or of the time to object to corrected minutes, whichever is
    last. An objection that stands leaves it open; a consultation never binds.
    """
    if facts.minutes.objection_stands or not rule.binding:
        return None
    waits = (facts.deadline + rule.standstill, facts.deadline + rule.veto_window, facts.minutes.accepted_at or 0)
    return Timepoint(max(waits))


def veto_until(facts: ProposalFacts, rule: Rule) -> Timepoint:
    """Last second in which a veto may be raised."""
    return Timepoint(facts.deadline + rule.veto_window)


def earliest_opening(rule: Rule, published: Timepoint, *, extraordinary: bool) -> Timepoint:
    """First second on which voting on a proposal published now may open; never the second of publication itself."""
    notice = rule.short_notice if extraordinary else rule.notice
    return Timepoint(published + max(notice, 1))


def latest_opening(published: Timepoint) -> Timepoint:
    """Last second on which voting on a proposal published now may open."""
    return Timepoint(published + LATEST_OPENING)


def latest_further_opening(rule: Rule, published: Timepoint) -> Timepoint:
    """Last second on which a further call published now may open: it can be called only once, so nobody puts it off."""
    return Timepoint(published + rule.short_notice + LATEST_BEYOND_NOTICE)


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
    if question.now <= question.facts.deadline:
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
            return _from_adopted_by_votes(question)


def _from_adopted_by_votes(question: _Question) -> ProposalState:
    if question.facts.vetoes:
        return ProposalState.VETOED
    if question.rule.external_approval and question.facts.approved is False:
        return ProposalState.NOT_APPROVED
    return _from_adopted(question)


def _from_adopted(question: _Question) -> ProposalState:
    binds_after = binding_at(question.facts, question.rule)
    if binds_after is None or question.now <= binds_after:
        return ProposalState.ADOPTED
    return _from_awaiting_approval(question)


def _from_awaiting_approval(question: _Question) -> ProposalState:
    waits = question.rule.external_approval and question.facts.approved is None
    return ProposalState.AWAITING_APPROVAL if waits else ProposalState.BINDING


def _from_queued(question: _Question) -> ProposalState:
    return ProposalState.EXECUTED if question.facts.executed else ProposalState.QUEUED
