"""The order in which proposals are read, in memory: any part of the list is found without asking the database."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord as P
from backend.queries.consortium import Consortium
from backend.queries.filed import Key
from backend.queries.proposal_orders import cursor_in_order, position_in_order

MOST = 20_000
"""Proposals that are kept in order; of more, the database finds the part that is asked for."""

Position = tuple[int, int, int, int]
"""Rank, second within the rank, number of the body, running number downwards: as in `reading_order`."""
Terms = tuple[int, int, int, int, int, int | None]
"""Number of the body, id, running number, opening, deadline, and when it was withdrawn."""


@dataclass(frozen=True, slots=True)
class PartOfList:
    """Which proposals are in one part of the list, and where the next one begins."""

    keys: tuple[Key, ...]
    total: int
    """How many there are in all parts together."""
    next_cursor: str | None
    """None after the last part."""


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """All proposals: open ones first by deadline, then pending ones by opening, then what is over, newest first."""

    positions: tuple[Position, ...]
    keys: tuple[Key, ...]
    since: int
    """First second for which this is the order."""
    until: int | None
    """Last second; None if time changes nothing any more."""

    def holds(self, second: int) -> bool:
        """Whether this is the order in that second."""
        return self.since <= second and (self.until is None or second <= self.until)

    def part(self, now: int, limit: int, cursor: str | None) -> PartOfList | None:
        """Find one part of the list; None where the cursor is of a second in which the order was another.

        Raises:
            InvalidCursorError: the cursor is not one that the list gave out.
        """
        moment, *position = (now,) if cursor is None else position_in_order(cursor, "")
        if not self.holds(moment):
            return None
        first = bisect_right(self.positions, tuple(position)) if position else 0
        end = min(first + limit, len(self.keys))
        following = cursor_in_order("", moment, self.positions[end - 1]) if end < len(self.keys) else None
        return PartOfList(self.keys[first:end], len(self.keys), following)


def read_order(session: Session, consortium: Consortium, now: int) -> ReadingOrder | None:
    """Read the order of second `now`; None where there are more proposals than are kept in order."""
    of_it = P.consortium_id == consortium.id
    if (session.scalar(select(func.count()).select_from(P).where(of_it)) or 0) > MOST:
        return None
    columns = (P.body_id, P.proposal_id, P.number, P.opens_at, P.closes_at, P.canceled_at)
    rows = session.execute(select(*columns).where(of_it))
    return order_of(
        [(body_id, key, number, opens, closes, gone) for body_id, key, number, opens, closes, gone in rows], now
    )


def order_of(proposals: Iterable[Terms], now: int) -> ReadingOrder:
    """Put proposals in the order of second `now`."""
    known = list(proposals)
    placed = sorted((_position(terms, now), terms[:2]) for terms in known)
    turns = set(chain.from_iterable((opens, closes) for *_, opens, closes, canceled in known if canceled is None))
    return ReadingOrder(
        positions=tuple(position for position, _ in placed),
        keys=tuple(key for _, key in placed),
        since=max((turn + 1 for turn in turns if turn < now), default=0),
        until=min((turn for turn in turns if turn >= now), default=None),
    )


def _position(terms: Terms, now: int) -> Position:
    body_id, _, number, opens_at, closes_at, canceled_at = terms
    if canceled_at is None and opens_at >= now:
        return 1, opens_at, body_id, -number
    if canceled_at is None and closes_at >= now:
        return 0, closes_at, body_id, -number
    return 2, -(closes_at if canceled_at is None else canceled_at), body_id, -number
