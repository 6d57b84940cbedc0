"""What members and the registrar said on proposals, across all of them, newest first: recusals, vetoes, minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import (
    BodyRecord,
    MinutesRecord,
    ObjectionRecord,
    ProposalRecord,
    RecusalRecord,
    VetoRecord,
)
from backend.domain.bodies import reference_of
from backend.queries.consortium import Consortium
from backend.queries.keys import cursor_from, name_in, position_in
from backend.queries.proceedings import minutes_view, objection_view, recusal_view, veto_view
from backend.queries.proposal_filters import member_asked_for
from backend.queries.refs import member_refs
from backend.queries.status import read_finalized
from backend.queries.views import (
    MemberRef,
    Page,
    PlacedMinutes,
    PlacedObjection,
    PlacedRecusal,
    PlacedVeto,
    ProposalRef,
)

P = ProposalRecord
Said = RecusalRecord | VetoRecord | ObjectionRecord | MinutesRecord
Placed = TypeVar("Placed", PlacedRecusal, PlacedVeto, PlacedMinutes, PlacedObjection)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them, and which part of the list."""

    body: str | None = None
    member: str | None = None
    """Number or code; of minutes it asks for nothing."""
    limit: int = 100
    cursor: str | None = None


def list_all_recusals(session: Session, consortium: Consortium, wanted: Wanted) -> Page[PlacedRecusal]:
    """Recusals on any proposal.

    Raises:
        InvalidFilterError: no such member.
        InvalidCursorError: the cursor is not one this list gave out.
    """
    return _page(session, consortium, RecusalRecord, wanted, PlacedRecusal, recusal_view)


def list_all_vetoes(
    session: Session, consortium: Consortium, wanted: Wanted, *, standing: bool | None = None
) -> Page[PlacedVeto]:
    """Vetoes on any proposal; only those that stand, or were withdrawn, if asked. Raises as `list_all_recusals`."""
    conditions = [] if standing is None else [VetoRecord.withdrawn_at.is_(None) == standing]
    return _page(session, consortium, VetoRecord, wanted, PlacedVeto, veto_view, *conditions)


def list_all_objections(session: Session, consortium: Consortium, wanted: Wanted) -> Page[PlacedObjection]:
    """Objections to the minutes of any proposal. Raises as `list_all_recusals`."""
    return _page(session, consortium, ObjectionRecord, wanted, PlacedObjection, objection_view)


def list_all_minutes(session: Session, consortium: Consortium, wanted: Wanted) -> Page[PlacedMinutes]:
    """Minutes of any proposal, every version. Raises as `list_all_recusals`."""
    return _page(
        session, consortium, MinutesRecord, wanted, PlacedMinutes, lambda row, _, final: minutes_view(row, final)
    )


def _page(
    session: Session,
    consortium: Consortium,
    record: type[Any],
    wanted: Wanted,
    placed: type[Placed],
    view: Callable[[Any, dict[int, MemberRef], int], Any],
    *conditions: Any,  # noqa: ANN401  # conditions of that record
) -> Page[Placed]:
    statement = _select(session, consortium, record, wanted).where(*conditions)
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    place = (record.block_number, record.log_index)
    if wanted.cursor is not None:
        statement = statement.where(tuple_(*place) < tuple_(*position_in(wanted.cursor, 2)))
    order = (record.block_number.desc(), record.log_index.desc())
    rows = session.execute(statement.order_by(*order).limit(wanted.limit + 1)).all()
    shown, finalized = rows[: wanted.limit], read_finalized(session, consortium)
    names = _names(session, consortium, [row[0] for row in shown])
    last = shown[-1][0] if len(rows) > wanted.limit else None
    return Page(
        tuple(
            _placed(
                placed, view(said, names, finalized), ProposalRef(said.proposal_id, reference_of(body, number)), body
            )
            for said, number, body in shown
        ),
        total,
        None if last is None else cursor_from(last.block_number, last.log_index),
    )


def _select(session: Session, consortium: Consortium, record: type[Any], wanted: Wanted) -> Select[Any, int, str]:
    conditions = [record.consortium_id == consortium.id]
    if wanted.body is not None:
        conditions.append(BodyRecord.name == name_in(wanted.body))
    if wanted.member is not None:
        conditions.append(record.member_id == member_asked_for(session, consortium, "member", wanted.member))
    return (
        select(record, P.number, BodyRecord.name)
        .join(
            P,
            and_(
                P.consortium_id == record.consortium_id,
                P.body_id == record.body_id,
                P.proposal_id == record.proposal_id,
            ),
        )
        .join(BodyRecord, and_(BodyRecord.consortium_id == P.consortium_id, BodyRecord.body_id == P.body_id))
        .where(*conditions)
    )


def _names(session: Session, consortium: Consortium, rows: Sequence[Said]) -> dict[int, MemberRef]:
    return member_refs(session, consortium, [getattr(row, "member_id", None) for row in rows])


def _placed(placed: type[Placed], view: Any, proposal: ProposalRef, body: str) -> Placed:  # noqa: ANN401  # its base
    return placed(**{field.name: getattr(view, field.name) for field in fields(view)}, proposal=proposal, body=body)
