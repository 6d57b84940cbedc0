"""Proposals: the list with its filters, and one with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Label, func, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.domain.proposals import unmoved_until
from backend.domain.values import Timepoint
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, ProposalName, among, filed_from, find_filed, select_filed
from backend.queries.proposal_filters import EVERYTHING, ProposalFilter, conditions_for
from backend.queries.proposal_orders import ORDERS, cursor_in_order, order_of, position_in_order
from backend.queries.proposal_views import proposal_views, summary_view
from backend.queries.reading_order import PartOfList
from backend.queries.registers import register_numbers
from backend.queries.standings import Standing, read_standings
from backend.queries.status import read_finalized
from backend.queries.texts import all_texts
from backend.queries.views import Page, ProposalSummary, ProposalView

__all__ = [
    "EVERYTHING",
    "ORDERS",
    "ProposalFilter",
    "Summarised",
    "find_part",
    "find_proposal",
    "list_proposals",
    "summaries_of",
    "summarise",
]

P = ProposalRecord


def list_proposals(
    session: Session,
    consortium: Consortium,
    now: int,
    wanted: ProposalFilter = EVERYTHING,
    *,
    limit: int = 50,
    cursor: str | None = None,
    sort: str = "",
) -> Page[ProposalSummary]:
    """List proposals: open ones first by deadline, then pending ones by opening, then closed ones, newest first.

    Args:
        sort: another order, one of `ORDERS`.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
        InvalidFilterError: a kind, body or member is asked for that is not on record.
    """
    part = find_part(session, consortium, now, wanted, limit=limit, cursor=cursor, sort=sort)
    told = {each.key: each.summary for each in summarise(session, consortium, part.keys, now)}
    return Page(tuple(told[key] for key in part.keys), part.total, part.next_cursor)


def find_part(
    session: Session,
    consortium: Consortium,
    now: int,
    wanted: ProposalFilter = EVERYTHING,
    *,
    limit: int = 50,
    cursor: str | None = None,
    sort: str = "",
) -> PartOfList:
    """Find which proposals `list_proposals` lists.

    A cursor keeps the second of the first part, so that no proposal is skipped or shown twice because it opened or
    closed between two parts.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
        InvalidFilterError: a kind, body or member is asked for that is not on record.
    """
    moment, *position = (now,) if cursor is None else position_in_order(cursor, sort)
    conditions = [P.consortium_id == consortium.id, *conditions_for(session, consortium, wanted, moment)]
    order = order_of(sort, moment)
    after = [tuple_(*order) > tuple_(*position)] if position else []
    named: tuple[Label[int], ...] = tuple(key.label(f"order_{place}") for place, key in enumerate(order))
    counted = select(func.count()).select_from(P).where(*conditions)
    # Within this question, but no count over its rows: that would put all of them in order, not only the first.
    in_all = counted.scalar_subquery().correlate(None)
    statement = select(P.body_id, P.proposal_id, in_all).add_columns(*named).where(*conditions, *after)
    rows = session.execute(statement.order_by(*order).limit(limit + 1)).all()
    following = cursor_in_order(sort, moment, rows[limit - 1][3:]) if len(rows) > limit else None
    total = rows[0][2] if rows else session.scalar(counted) or 0
    return PartOfList(tuple((row[0], row[1]) for row in rows[:limit]), total, following)


@dataclass(frozen=True, slots=True)
class Summarised:
    """A proposal in short, and how long it stays so unless something happens."""

    key: Key
    summary: ProposalSummary
    until: int | None
    """Last second; None if time is done with it."""


def summarise(session: Session, consortium: Consortium, keys: Collection[Key], now: int) -> tuple[Summarised, ...]:
    """View these proposals in short, in no order."""
    if not keys:
        return ()
    filed = filed_from(session.execute(select_filed(consortium, among(P.body_id, P.proposal_id, keys))))
    standings = read_standings(session, consortium, filed, now)
    summaries = summaries_of(session, consortium, standings, now)
    return tuple(
        Summarised(standing.filed.key, summary, unmoved_until(standing.facts, standing.rule, Timepoint(now)))
        for standing, summary in zip(standings, summaries, strict=True)
    )


def find_proposal(
    session: Session, consortium: Consortium, proposal_id: ProposalName, now: int, *, governor: str | None = None
) -> ProposalView:
    """One proposal with its texts, calls, timeline and outcome.

    Raises:
        ProposalNotFoundError: no such proposal (in the body of that governor).
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    standing = read_standings(session, consortium, [filed], now)[0]
    return proposal_views(session, consortium, [standing], now)[0]


def summaries_of(
    session: Session, consortium: Consortium, standings: Sequence[Standing], now: int
) -> tuple[ProposalSummary, ...]:
    """View these proposals in short, in their order."""
    finalized = read_finalized(session, consortium)
    proposals = [standing.filed.proposal for standing in standings]
    numbers = register_numbers(session, consortium, proposals)
    texts = all_texts(consortium, [proposal.description for proposal in proposals])
    return tuple(
        summary_view(each, now, finalized, numbers[each.filed.key], texts[each.filed.proposal.description])
        for each in standings
    )
