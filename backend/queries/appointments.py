"""What members put into their calendars: votes, deadlines, times to veto, and the day a decision binds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, or_
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, EntitlementRecord, ProposalRecord
from backend.domain.bodies import reference_of
from backend.domain.outcome import Verdict
from backend.domain.proposals import ProposalState, binding_at
from backend.errors import BodyNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.filed import filed_from, select_filed
from backend.queries.last_changes import last_changes
from backend.queries.members import find_member_record
from backend.queries.standings import Standing, read_standings
from backend.queries.texts import texts_of

KEPT = 200 * 86_400
"""Seconds for which what is over stays in the calendar."""
MOST = 500
"""Proposals in one calendar."""
P = ProposalRecord


class Occasion(StrEnum):
    """What an appointment is for."""

    VOTING = "voting"
    DEADLINE = "deadline"
    VETO = "veto"
    BINDING = "binding"


class Certainty(StrEnum):
    """Whether it takes place; the words of RFC 5545."""

    TENTATIVE = "TENTATIVE"
    """It depends on votes that are not counted yet."""
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar."""

    occasion: Occasion
    certainty: Certainty
    begins: int
    ends: int
    governor: str
    proposal_id: int
    body: str
    reference: str
    titles: dict[str, str]
    """By language; empty where the text is not at hand."""
    authoritative: str | None
    created_at: int
    changed_at: int


def list_appointments(
    session: Session, consortium: Consortium, now: int, *, body: str | None = None, member: str | None = None
) -> tuple[Appointment, ...]:
    """List what is coming and what was of late, in the order of the deadlines; of one body or one member's votes.

    Raises:
        BodyNotFoundError: no such body.
        MemberNotFoundError: no such member.
    """
    conditions = [P.closes_at > now - KEPT]
    if body is not None:
        conditions.append(BodyRecord.name == _known(session, consortium, body))
    if member is not None:
        conditions.append(_may_vote(find_member_record(session, consortium, member).member_id))
    statement = select_filed(consortium, *conditions).order_by(P.closes_at.desc(), P.body_id, P.number).limit(MOST)
    filed = filed_from(session.execute(statement))[::-1]
    changed = last_changes(session, consortium, [one.proposal.proposal_id for one in filed], now)
    standings = read_standings(session, consortium, filed, now)
    return tuple(
        each
        for standing in standings
        for each in _appointments(consortium, standing, now, changed[standing.filed.proposal.proposal_id])
    )


def _known(session: Session, consortium: Consortium, body: str) -> str:
    of_ours = BodyRecord.consortium_id == consortium.id
    if session.query(BodyRecord).where(of_ours, BodyRecord.name == body).first() is None:
        raise BodyNotFoundError(body)
    return body


def _may_vote(member_id: int) -> ColumnElement[bool]:
    e = EntitlementRecord
    return exists().where(
        e.consortium_id == P.consortium_id,
        e.body_id == P.body_id,
        e.member_id == member_id,
        e.since <= P.opens_at,
        or_(e.until.is_(None), e.until > P.opens_at),
    )


def _appointments(consortium: Consortium, standing: Standing, now: int, changed_at: int) -> Iterator[Appointment]:
    proposal, deadline = standing.filed.proposal, standing.facts.deadline
    texts = texts_of(consortium, proposal.description)
    titles = {language: text.title for language, text in texts.texts.items()}
    for occasion, certainty, begins, ends in _times(standing, now):
        yield Appointment(
            occasion=occasion,
            certainty=certainty,
            begins=begins,
            ends=ends,
            governor=standing.filed.body.governor,
            proposal_id=proposal.proposal_id,
            body=standing.filed.body.name,
            reference=reference_of(standing.filed.body.name, proposal.number),
            titles=titles,
            authoritative=texts.authoritative,
            created_at=proposal.created_at,
            changed_at=max(changed_at, deadline) if now > deadline else changed_at,
        )


def _times(standing: Standing, now: int) -> Iterator[tuple[Occasion, Certainty, int, int]]:
    facts, rule = standing.facts, standing.rule
    vote = Certainty.CANCELLED if facts.canceled else Certainty.CONFIRMED
    yield Occasion.VOTING, vote, facts.opens_at, facts.deadline
    yield Occasion.DEADLINE, vote, facts.deadline, facts.deadline
    if standing.veto_until is not None:
        yield Occasion.VETO, _if_adopted(standing, now), facts.deadline, standing.veto_until
    binds = binding_at(facts, rule)
    if rule.binding and max(rule.standstill, rule.veto_window):
        # An objection leaves the day open: the entry stays where it was, as one that does not take place.
        day = binds if binds is not None else facts.deadline + max(rule.standstill, rule.veto_window)
        stands = _if_adopted(standing, now) if binds is not None and not facts.vetoes else Certainty.CANCELLED
        yield Occasion.BINDING, stands, day, day


def _if_adopted(standing: Standing, now: int) -> Certainty:
    if standing.facts.canceled:
        return Certainty.CANCELLED
    if standing.state(now) in (ProposalState.PENDING, ProposalState.OPEN):
        return Certainty.TENTATIVE
    return Certainty.CONFIRMED if standing.outcome.verdict is Verdict.ADOPTED else Certainty.CANCELLED
