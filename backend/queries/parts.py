"""Parts of lists: those short enough to be put in order in memory, and what all of them are asked with.

A list is in the order of its places. A cursor says the place after which to go on, so that what comes or goes meanwhile
neither repeats an item nor skips one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backend.queries.keys import cursor_from, position_in
from backend.queries.views import Page

Row = TypeVar("Row")
Place = tuple[int | str, ...]
DIGITS = 12
"""Hexadecimal digits that one number of a cursor holds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a list is asked for."""

    limit: int = 100
    cursor: str | None = None


WHOLE = Asked(limit=1 << 62)
"""All of it in one part."""


def part_of(rows: Sequence[Row], asked: Asked, parts: int, place: Callable[[Row], tuple[int, ...]]) -> Page[Row]:
    """Cut out a part of a list that is in the order of its places.

    Args:
        parts: how many numbers a place has.
        place: where a row stands; no two stand at the same.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    after = None if asked.cursor is None else position_in(asked.cursor, parts)
    return part_after(rows, asked.limit, after, place, lambda row: cursor_from(*place(row)))


def part_after(
    rows: Sequence[Row],
    limit: int,
    after: Place | None,
    place: Callable[[Row], Place],
    cursor: Callable[[Row], str],
) -> Page[Row]:
    """Cut out the part after a place, of a list that is in the order of its places; from the beginning, if None."""
    begin = 0 if after is None else bisect_right(rows, after, key=place)
    shown = rows[begin : begin + limit]
    last = begin + len(shown) >= len(rows)
    return Page(tuple(shown), len(rows), None if last else cursor(shown[-1]))


def numbers_of(drawn: str) -> tuple[int, ...]:
    """Read a name drawn by lot, in hexadecimal digits, as numbers of the same order."""
    return tuple(int(drawn[start : start + DIGITS], 16) for start in range(0, len(drawn), DIGITS))
