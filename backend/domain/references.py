"""How people name a proposal: its body in short, the year it was published in, its running number there. Pure.

    GA-2027-014     the fourteenth that the general assembly was asked in 2027

It follows from the chain's facts alone: bodies keep their numbers and names, and a governor numbers its proposals in
the order of their publication. So it is the same for everyone, and stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from backend.domain.bodies import initials_of

_NUMBER = re.compile(r"([A-Z0-9]{1,16})-([0-9]{4})-([0-9]{3,9})")
_YEAR = 31_556_952
"""Seconds of a mean year."""


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """A proposal's place in the register of its body."""

    body: str
    """The body's short name."""
    year: int
    """In UTC."""
    running: int
    """From 1 in each year."""

    def __str__(self) -> str:
        return f"{self.body}-{self.year:04d}-{self.running:03d}"


def parse_number(text: str) -> RegisterNumber | None:
    """Read a number such as GA-2027-014; None for anything else."""
    found = _NUMBER.fullmatch(text)
    return RegisterNumber(found[1], int(found[2]), int(found[3])) if found else None


def short_names(bodies: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Give each body (number, name) a short name of its own: its initials, with its number where an earlier has those.

    A body made later changes no earlier one's name.
    """
    names: dict[int, str] = {}
    for number, name in sorted(bodies):
        short = re.sub(r"[^A-Z0-9]", "", initials_of(name))[:8] or "B"
        while short in names.values():
            short = f"{short}{number}"
        names[number] = short
    return names


def year_of(second: int) -> int:
    """The year of a second since the epoch, in UTC."""
    year = 1970 + second // _YEAR
    while start_of_year(year + 1) <= second:
        year += 1
    while start_of_year(year) > second:
        year -= 1
    return year


def start_of_year(year: int) -> int:
    """The first second of a year since the epoch, in UTC."""
    before = year - 1
    return (before * 365 + before // 4 - before // 100 + before // 400 - 719_162) * 86_400
