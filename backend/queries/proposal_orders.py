"""Orders in which proposals can be listed, and cursors that keep to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import SQLColumnExpression
from sqlalchemy.orm import InstrumentedAttribute

from backend.database.records import ProposalRecord
from backend.errors import InvalidCursorError
from backend.queries.keys import cursor_from, position_in
from backend.queries.proposal_states import reading_order

P = ProposalRecord

_COLUMNS: dict[str, InstrumentedAttribute[int]] = {
    "created_at": P.created_at,
    "opens_at": P.opens_at,
    "closes_at": P.closes_at,
    "number": P.number,
}
ORDERS = tuple(f"{sign}{name}" for name in _COLUMNS for sign in ("", "-"))
"""Beside the reading order, which has no name: by a column, ascending or, with a minus, descending."""


def order_of(sort: str, moment: int) -> tuple[SQLColumnExpression[int], ...]:
    """Sort keys, all ascending, that tell any two proposals apart."""
    if sort not in ORDERS:
        return reading_order(moment)
    column = _COLUMNS[sort.removeprefix("-")]
    return (-column if sort.startswith("-") else column), P.body_id, P.number


def cursor_in_order(sort: str, moment: int, position: Sequence[int]) -> str:
    """Write a position as a cursor that serves this order only."""
    return cursor_from(moment, _code(sort), *position)


def position_in_order(cursor: str, sort: str) -> tuple[int, ...]:
    """Read back the second of the first part and the position.

    Raises:
        InvalidCursorError: not a cursor, or one of another order.
    """
    moment, code, *position = position_in(cursor, 5 if sort in ORDERS else 6)
    if code != _code(sort):
        raise InvalidCursorError
    return moment, *position


def _code(sort: str) -> int:
    return ORDERS.index(sort) + 1 if sort in ORDERS else 0
