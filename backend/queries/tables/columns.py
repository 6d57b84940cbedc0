"""What a table is: columns with meanings, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from backend.queries.consortium import Consortium

Kind = Literal["text", "integer", "boolean", "time"]
"""Times are seconds since the epoch."""
Value = str | int | bool | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; names and meanings do not change, new columns come last."""

    name: str
    meaning: str
    kind: Kind = "text"
    optional: bool = False
    """Whether a row may have nothing there."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the record."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Session, Consortium, int], Iterator[Row]]
    """Rows as they stand in second `now`; one is made when the one before is done with."""
