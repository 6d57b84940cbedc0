"""Who is written to about a proposal: people on file for the organisations it concerns, unless they do not want it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select
from sqlalchemy.orm import Session

from backend.database.desk import NoticePreferenceRecord, PersonRecord, RepresentationRecord
from backend.database.records import EntitlementRecord, MemberRecord, ProposalRecord, RecusalRecord, VoteRecord
from backend.domain.members import GONE, MemberStatus
from backend.notices.occasions import FOR_THE_SILENT, Occasion
from backend.queries.consortium import Consortium
from backend.queries.tallies import entitled_at

M, R, N = MemberRecord, RepresentationRecord, NoticePreferenceRecord


@dataclass(frozen=True, slots=True)
class Reader:
    """One person who is written to, and for which organisation. Repeats nothing personal when it is printed."""

    person: str
    email: str
    language: str
    """As it is on file, such as `sl-SI`."""
    member_id: int
    member: str
    """Its name."""

    def __repr__(self) -> str:
        return f"Reader(person={self.person}, member_id={self.member_id})"


def readers_of(
    session: Session, consortium: Consortium, proposal: ProposalRecord, occasion: Occasion, now: int
) -> tuple[Reader, ...]:
    """Everybody to be written to about a proposal on an occasion, as things stand in second `now`, by organisation."""
    rows = session.execute(
        select(R.person, PersonRecord.email, PersonRecord.language, M.member_id, M.name, N.unwanted, N.unsubscribed_at)
        .join(R, and_(R.consortium_id == M.consortium_id, R.member_id == M.member_id))
        .join(PersonRecord, and_(PersonRecord.consortium_id == R.consortium_id, PersonRecord.person == R.person))
        .outerjoin(N, and_(N.consortium_id == R.consortium_id, N.person == R.person))
        .where(
            M.consortium_id == consortium.id,
            R.since <= now,
            or_(R.until.is_(None), R.until > now),
            _concerned(proposal, occasion, now),
        )
        .order_by(M.member_id, R.person)
    )
    return tuple(
        Reader(person, email, language, member_id, member)
        for person, email, language, member_id, member, unwanted, unsubscribed_at in rows
        if unsubscribed_at is None and occasion.value not in (unwanted or ())
    )


def count_silent(session: Session, consortium: Consortium, proposal: ProposalRecord, now: int) -> int:
    """How many organisations may still vote on a proposal and have not."""
    wanted = _concerned(proposal, Occasion.REMINDER, now)
    return len(session.scalars(select(M.member_id).where(M.consortium_id == consortium.id, wanted)).all())


def _concerned(proposal: ProposalRecord, occasion: Occasion, now: int) -> ColumnElement[bool]:
    if occasion in FOR_THE_SILENT:
        silent = and_(~_has(VoteRecord, proposal), ~_has(RecusalRecord, proposal))
        return and_(_entitled(proposal, now), silent, M.status.not_in((*GONE, MemberStatus.DEFAULTING)))
    # Whom it is about is told as well, whether it may vote or not.
    return and_(or_(_entitled(proposal, now), M.member_id == proposal.party_id), M.status.not_in(GONE))


def _entitled(proposal: ProposalRecord, now: int) -> ColumnElement[bool]:
    e = EntitlementRecord
    return exists().where(
        e.consortium_id == M.consortium_id,
        e.member_id == M.member_id,
        e.body_id == proposal.body_id,
        entitled_at(literal(min(proposal.opens_at, now))),
    )


def _has(record: type[VoteRecord | RecusalRecord], proposal: ProposalRecord) -> ColumnElement[bool]:
    return exists().where(
        record.consortium_id == M.consortium_id,
        record.body_id == proposal.body_id,
        record.proposal_id == proposal.proposal_id,
        record.member_id == M.member_id,
    )
