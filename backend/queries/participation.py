"""How often members took part in votes that are over."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from backend.database.records import (
    BodyRecord,
    EntitlementRecord,
    MemberRecord,
    ProposalRecord,
    RecusalRecord,
    VoteRecord,
)
from backend.domain.ballots import Choice
from backend.queries.consortium import Consortium
from backend.queries.keys import name_in
from backend.queries.members import find_member_record
from backend.queries.proposal_filters import ALWAYS, Span
from backend.queries.refs import member_ref
from backend.queries.tallies import entitled_at
from backend.queries.views import ParticipationView

P, V, R, E = ProposalRecord, VoteRecord, RecusalRecord, EntitlementRecord


def list_participation(
    session: Session,
    consortium: Consortium,
    now: int,
    *,
    member: str | None = None,
    body: str | None = None,
    closed: Span = ALWAYS,
) -> tuple[ParticipationView, ...]:
    """For each member and body: votes it could take part in that are over, and what it did; by code, then body.

    Raises:
        MemberNotFoundError: no such member.
    """
    conditions = [P.consortium_id == consortium.id, P.canceled_at.is_(None), P.closes_at < now]
    conditions += [P.closes_at >= closed.since] if closed.since is not None else []
    conditions += [P.closes_at <= closed.until] if closed.until is not None else []
    conditions += [BodyRecord.name == name_in(body)] if body is not None else []
    chosen = [] if member is None else [find_member_record(session, consortium, member).member_id]
    for_others = _cast_for_others(session, conditions)
    of_member = [MemberRecord.member_id == number for number in chosen]
    return tuple(
        ParticipationView(
            member=member_ref(row),
            body=name,
            entitled=votes - recused,
            recused=recused,
            cast=cast,
            by_mandate=by_mandate,
            for_others=for_others.get((row.member_id, name), 0),
            choices={choice.label: ballots for choice, ballots in zip(Choice, choices, strict=True)},
        )
        for row, name, votes, recused, cast, by_mandate, *choices in session.execute(_taken([*conditions, *of_member]))
    )


def _taken(conditions: list[ColumnElement[bool]]) -> Select[MemberRecord, str, int, int, int, int, *tuple[int, ...]]:
    choices = (func.count().filter(V.choice == int(choice)) for choice in Choice)
    return (
        select(
            MemberRecord,
            BodyRecord.name,
            func.count(),
            func.count(R.member_id),
            func.count(V.member_id),
            func.count(V.cast_by),
            *choices,
        )
        .select_from(P)
        .join(BodyRecord, and_(BodyRecord.consortium_id == P.consortium_id, BodyRecord.body_id == P.body_id))
        .join(E, and_(E.consortium_id == P.consortium_id, E.body_id == P.body_id, entitled_at(P.opens_at)))
        .join(
            MemberRecord,
            and_(MemberRecord.consortium_id == P.consortium_id, MemberRecord.member_id == E.member_id),
        )
        .outerjoin(V, and_(_on(V), V.member_id == E.member_id))
        .outerjoin(R, and_(_on(R), R.member_id == E.member_id))
        .where(*conditions)
        .group_by(MemberRecord.consortium_id, MemberRecord.member_id, BodyRecord.consortium_id, BodyRecord.body_id)
        .order_by(MemberRecord.code, MemberRecord.member_id, BodyRecord.body_id)
    )


def _cast_for_others(session: Session, conditions: list[ColumnElement[bool]]) -> dict[tuple[int, str], int]:
    rows = session.execute(
        select(V.cast_by, BodyRecord.name, func.count())
        .select_from(P)
        .join(BodyRecord, and_(BodyRecord.consortium_id == P.consortium_id, BodyRecord.body_id == P.body_id))
        .join(V, _on(V))
        .where(V.cast_by.is_not(None), *conditions)
        .group_by(V.cast_by, BodyRecord.body_id, BodyRecord.name)
    )
    return {(member_id, body): ballots for member_id, body, ballots in rows if member_id is not None}


def _on(record: type[VoteRecord | RecusalRecord]) -> ColumnElement[bool]:
    return and_(
        record.consortium_id == P.consortium_id,
        record.body_id == P.body_id,
        record.proposal_id == P.proposal_id,
    )
