"""Proposals: the list with its filters, and one with everything that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Label, func, or_, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, KindRecord, MemberRecord, ProposalRecord
from backend.domain.proposals import ProposalState
from backend.errors import InvalidFilterError, MemberNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, filed_from, find_filed, select_filed
from backend.queries.keys import cursor_from, position_in
from backend.queries.members import find_member_record
from backend.queries.proposal_states import JUDGED, condition_of, is_judged, reading_order
from backend.queries.proposal_views import proposal_view, summary_view
from backend.queries.standings import read_standings
from backend.queries.status import read_finalized
from backend.queries.views import Page, ProposalSummary, ProposalView

P = ProposalRecord


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """Which proposals are asked for; what is empty or None asks for nothing."""

    states: tuple[str, ...] = ()
    """Words of `backend.domain.proposals.ProposalState`."""
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    proposer: str | None = None
    """Number or code of the member who proposed."""
    opens_from: int | None = None
    opens_to: int | None = None
    closes_from: int | None = None
    closes_to: int | None = None


EVERYTHING = ProposalFilter()


def list_proposals(
    session: Session,
    consortium: Consortium,
    now: int,
    wanted: ProposalFilter = EVERYTHING,
    *,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[ProposalSummary]:
    """List proposals: open ones first by deadline, then pending ones by opening, then closed ones, newest first.

    A cursor keeps the second of the first part, so that no proposal is skipped or shown twice because it opened or
    closed between two parts.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
        InvalidFilterError: a kind, body or proposer is asked for that is not on record.
    """
    moment, *position = (now,) if cursor is None else position_in(cursor, 5)
    conditions = _conditions(session, consortium, wanted, moment)
    statement = select_filed(consortium, *conditions)
    total = session.scalar(select(func.count()).select_from(statement.with_only_columns(P.proposal_id).subquery()))
    order = reading_order(moment)
    if position:
        statement = statement.where(tuple_(*order) > tuple_(*position))
    named: tuple[Label[int], ...] = tuple(key.label(f"order_{place}") for place, key in enumerate(order))
    rows = session.execute(statement.add_columns(*named).order_by(*order).limit(limit + 1)).all()
    filed = [Filed(*row[:5]) for row in rows[:limit]]
    following = cursor_from(moment, *rows[limit - 1][5:]) if len(rows) > limit else None
    return Page(_summaries(session, consortium, filed, now), total or 0, following)


def find_proposal(
    session: Session, consortium: Consortium, proposal_id: int, now: int, *, governor: str | None = None
) -> ProposalView:
    """One proposal with its texts, calls, timeline and outcome.

    Raises:
        ProposalNotFoundError: no such proposal (in the body of that governor).
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    standing = read_standings(session, consortium, [filed], now)[0]
    return proposal_view(session, consortium, standing, now)


def _conditions(
    session: Session, consortium: Consortium, wanted: ProposalFilter, moment: int
) -> list[ColumnElement[bool]]:
    conditions = _facts(session, consortium, wanted)
    if wanted.states:
        conditions.append(_in_states(session, consortium, wanted.states, conditions, moment))
    return conditions


def _facts(session: Session, consortium: Consortium, wanted: ProposalFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kinds:
        _refuse_unknown("kind", wanted.kinds, _names(session, consortium, KindRecord))
        conditions.append(KindRecord.name.in_(wanted.kinds))
    if wanted.bodies:
        _refuse_unknown("body", wanted.bodies, _names(session, consortium, BodyRecord))
        conditions.append(BodyRecord.name.in_(wanted.bodies))
    if wanted.proposer is not None:
        conditions.append(_put_by(session, consortium, wanted.proposer))
    bounds = (
        (wanted.opens_from, P.opens_at.__ge__),
        (wanted.opens_to, P.opens_at.__le__),
        (wanted.closes_from, P.closes_at.__ge__),
        (wanted.closes_to, P.closes_at.__le__),
    )
    conditions.extend(compare(second) for second, compare in bounds if second is not None)
    return conditions


def _names(session: Session, consortium: Consortium, record: type[BodyRecord | KindRecord]) -> tuple[str, ...]:
    statement = select(record.name).where(record.consortium_id == consortium.id).order_by(record.name)
    return tuple(session.scalars(statement))


def _refuse_unknown(parameter: str, asked: tuple[str, ...], known: tuple[str, ...]) -> None:
    for name in asked:
        if name not in known:
            raise InvalidFilterError(parameter, name, known)


def _put_by(session: Session, consortium: Consortium, member: str) -> ColumnElement[bool]:
    try:
        return P.proposer_id == find_member_record(session, consortium, member).member_id
    except MemberNotFoundError as error:
        codes = select(MemberRecord.code).where(MemberRecord.consortium_id == consortium.id)
        known = tuple(session.scalars(codes.order_by(MemberRecord.code)))
        raise InvalidFilterError("proposer", member, known) from error


def _in_states(
    session: Session,
    consortium: Consortium,
    states: tuple[str, ...],
    conditions: list[ColumnElement[bool]],
    moment: int,
) -> ColumnElement[bool]:
    asked = {ProposalState(state) for state in states}
    by_facts = [condition_of(state, moment) for state in asked - JUDGED]
    judged = asked & JUDGED
    if judged == JUDGED:
        by_facts.append(is_judged(moment))
    elif judged:
        keys = _judged_as(session, consortium, judged, conditions, moment)
        by_facts.append(tuple_(P.body_id, P.proposal_id).in_(keys))
    return or_(*by_facts)


def _judged_as(
    session: Session,
    consortium: Consortium,
    states: set[ProposalState],
    conditions: list[ColumnElement[bool]],
    moment: int,
) -> list[Key]:
    filed = filed_from(session.execute(select_filed(consortium, *conditions, is_judged(moment))))
    standings = read_standings(session, consortium, filed, moment)
    return [one.filed.key for one in standings if one.state(moment) in states]


def _summaries(session: Session, consortium: Consortium, filed: list[Filed], now: int) -> tuple[ProposalSummary, ...]:
    finalized = read_finalized(session, consortium)
    standings = read_standings(session, consortium, filed, now)
    return tuple(summary_view(consortium, standing, now, finalized) for standing in standings)
