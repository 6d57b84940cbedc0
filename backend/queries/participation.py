"""How often members took part in votes that are over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_
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
from backend.queries.keys import cursor_from, name_in
from backend.queries.members import find_member_record
from backend.queries.parts import WHOLE, Asked
from backend.queries.proposal_filters import ALWAYS, Span
from backend.queries.refs import member_ref, place_in_bodies
from backend.queries.tallies import entitled_at
from backend.queries.views import Page, ParticipationView

P, V, R, E = ProposalRecord, VoteRecord, RecusalRecord, EntitlementRecord
PLACE = (MemberRecord.code, MemberRecord.member_id, BodyRecord.body_id)


@dataclass(frozen=True, slots=True)
class ParticipationFilter:
    """Whose participation is asked for, and in what; what is None asks for nothing."""

    member: str | None = None
    """Number, code or wallet."""
    body: str | None = None
    closed: Span = ALWAYS
    """When voting ended."""

    def conditions(self, consortium: Consortium, now: int) -> list[ColumnElement[bool]]:
        """Which votes count."""
        conditions = [P.consortium_id == consortium.id, P.canceled_at.is_(None), P.closes_at < now]
        conditions += [P.closes_at >= self.closed.since] if self.closed.since is not None else []
        conditions += [P.closes_at <= self.closed.until] if self.closed.until is not None else []
        return conditions + ([BodyRecord.name == name_in(self.body)] if self.body is not None else [])


def list_participation(
    session: Session, consortium: Consortium, now: int, *, member: str | None = None
) -> tuple[ParticipationView, ...]:
    """For each member and body: votes it could take part in that are over, and what it did; by code, then body.

    Raises:
        MemberNotFoundError: no such member.
    """
    return page_of_participation(session, consortium, now, ParticipationFilter(member), WHOLE).items


def page_of_participation(
    session: Session, consortium: Consortium, now: int, wanted: ParticipationFilter, asked: Asked
) -> Page[ParticipationView]:
    """One part of them.

    Raises:
        MemberNotFoundError: no such member.
        InvalidCursorError: the cursor is not one this list gave out.
    """
    conditions = wanted.conditions(consortium, now)
    statement = _taken(conditions)
    if wanted.member is not None:
        chosen = find_member_record(session, consortium, wanted.member).member_id
        statement = statement.where(MemberRecord.member_id == chosen)
    following = statement
    if asked.cursor is not None:
        following = statement.where(tuple_(*PLACE) > place_in_bodies(session, consortium, asked.cursor))
    rows = session.execute(following.order_by(*PLACE).limit(asked.limit + 1)).all()
    shown, for_others = rows[: asked.limit], _cast_for_others(session, conditions)
    last = shown[-1] if len(rows) > asked.limit else None
    groups = statement.with_only_columns(MemberRecord.member_id, BodyRecord.body_id).subquery()
    return Page(
        tuple(_view(for_others, *row) for row in shown),
        session.scalar(select(func.count()).select_from(groups)) or 0,
        None if last is None else cursor_from(last[0].member_id, last[2]),
    )


def _view(  # the columns of one row
    for_others: dict[tuple[int, str], int],
    member: MemberRecord,
    body: str,
    _body_id: int,
    votes: int,
    recused: int,
    cast: int,
    by_mandate: int,
    *choices: int,
) -> ParticipationView:
    return ParticipationView(
        member=member_ref(member),
        body=body,
        entitled=votes - recused,
        recused=recused,
        cast=cast,
        by_mandate=by_mandate,
        for_others=for_others.get((member.member_id, body), 0),
        choices={choice.label: ballots for choice, ballots in zip(Choice, choices, strict=True)},
    )


def _taken(
    conditions: list[ColumnElement[bool]],
) -> Select[MemberRecord, str, int, int, int, int, int, *tuple[int, ...]]:
    choices = (func.count().filter(V.choice == int(choice)) for choice in Choice)
    return (
        select(
            MemberRecord,
            BodyRecord.name,
            BodyRecord.body_id,
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
