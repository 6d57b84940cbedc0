"""The geometry of the charts: from counts to places on a strip as wide as the page lets it be. Pure.

Widths and horizontal places are percents of the chart's width, so that it fits any screen without a script and its
lettering keeps its size; heights are pixels. The templates in `charts.html` draw what is reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

WHOLE: Final = 100.0
ROOM_FOR_A_NUMBER: Final = 6.0
"""Percents below which a part of a bar is too narrow to carry its number."""
LEAST_PHASE: Final = 8.0
"""Percents that a phase of a timeline gets however short it is."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, a column of a chart, or a cell of a strip."""

    name: str
    """What it stands for; templates make a style's name of it."""
    x: float
    width: float
    value: int
    height: float = 0.0
    """Of a column, in pixels from the foot."""

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.x + self.width / 2, 3)

    @property
    def wide(self) -> bool:
        """Whether its number has room in it."""
        return self.width >= ROOM_FOR_A_NUMBER


@dataclass(frozen=True, slots=True)
class Marker:
    """A line across a bar, such as the turnout that is needed."""

    x: float

    @property
    def anchor(self) -> str:
        """On which side of it lettering has room."""
        return "start" if self.x < 5 else "end" if self.x > 95 else "middle"


def stacked(parts: Iterable[tuple[str, int]], whole: int) -> tuple[Part, ...]:
    """Lay counts side by side on a bar that stands for `whole`; empty counts and what goes beyond are left out."""
    laid: list[Part] = []
    place = 0
    for name, count in parts:
        shown = max(0, min(count, whole - place))
        if shown:
            laid.append(Part(name, _percent(place, whole), _percent(shown, whole), count))
        place += shown
    return tuple(laid)


def marker(value: int, whole: int) -> Marker | None:
    """Where a count lies on a bar; None where there is nothing to mark."""
    return Marker(min(_percent(value, whole), 99.7)) if value > 0 and whole > 0 else None


def cells(names: Sequence[str], gap: float = 0.25) -> tuple[Part, ...]:
    """A row of equal cells, one for each name, with a gap of so many percents of a cell on each side."""
    width = WHOLE / len(names) if names else WHOLE
    return tuple(
        Part(name, round(width * (place + gap / 2), 3), round(width * (1 - gap), 3), place)
        for place, name in enumerate(names)
    )


def columns(shares: Sequence[tuple[int, int]], height: float, gap: float = 0.25) -> tuple[Part, ...]:
    """A column for each share (a part and its whole), standing on the foot; a share of nothing has no height."""
    laid = cells([""] * len(shares), gap)
    return tuple(
        Part("share" if whole else "none", cell.x, cell.width, part, round(height * part / whole, 2) if whole else 0.0)
        for cell, (part, whole) in zip(laid, shares, strict=True)
    )


def ticks(shares: Sequence[tuple[int, int]], height: float) -> tuple[float | None, ...]:
    """How high above the foot each share lies, in pixels; None where there is none."""
    return tuple(round(height * part / whole, 2) if part and whole else None for part, whole in shares)


def phases(spans: Sequence[tuple[str, int]]) -> tuple[Part, ...]:
    """Lay lengths of time beside one another in proportion, none narrower than can be seen; those of none left out."""
    present = [(name, length) for name, length in spans if length > 0]
    total = sum(length for _, length in present)
    spare = WHOLE - LEAST_PHASE * len(present)
    laid: list[Part] = []
    place = 0.0
    for name, length in present:
        width = LEAST_PHASE + spare * length / total
        laid.append(Part(name, round(place, 3), round(width, 3), length))
        place += width
    return tuple(laid)


def moment_on(laid: Sequence[Part], start: int, at: int) -> Marker | None:
    """Where a second lies on phases that begin in second `start`; None where it is before or after all of them."""
    begun = start
    for part in laid:
        if begun <= at < begun + part.value:
            return Marker(round(part.x + part.width * (at - begun) / part.value, 3))
        begun += part.value
    return None


def _percent(part: int, whole: int) -> float:
    return round(WHOLE * part / whole, 3) if whole else 0.0
