"""How a question is decided. Pure; the same fields as the Solidity struct `Rule`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from backend.domain.values import Ratio


class Base(IntEnum):
    """What a majority is a share of; the numbers are the contract's."""

    CAST = 0
    """For and against."""
    PARTICIPATING = 1
    """Ballots of any choice."""
    ENTITLED = 2
    """The whole electorate."""

    @property
    def label(self) -> str:
        """The base as the API spells it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. Durations in seconds; a ratio with numerator 0 asks for nothing."""

    notice: int
    """Least time from publication to opening, ordinary meeting."""
    short_notice: int
    """The same for an extraordinary meeting."""
    period: int
    """How long voting is open."""
    quorum: Ratio
    """Share of the entitled who hand in a ballot of any choice."""
    majority: Ratio
    base: Base
    strict: bool
    """More than the ratio, not just as much."""
    binding: bool
    """False for a consultation: nothing follows from it."""
