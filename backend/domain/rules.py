"""How a question is decided. Pure; the same fields and numbers as in the Solidity interface of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from backend.domain.values import Ratio

NOTHING = Ratio(0, 1)
"""A threshold that asks for nothing."""


class Base(IntEnum):
    """What a majority is a share of; the numbers are the contract's."""

    CAST = 0
    """For and against."""
    PARTICIPATING = 1
    """Ballots of any choice."""
    ENTITLED = 2
    """The whole electorate, less the recused."""

    @property
    def label(self) -> str:
        """The base as the API spells it."""
        return self.name.lower()


class TieBreak(IntEnum):
    """What becomes of as many votes for as against; the numbers are the contract's."""

    REJECTED = 0
    CHAIR = 1
    """The chair's own ballot decides."""

    @property
    def label(self) -> str:
        """The way out of a tie as the API spells it."""
        return self.name.lower()


class PartyEffect(IntEnum):
    """What follows for the member that an action names; the numbers are the contract's."""

    NONE = 0
    BARS_VETO = 1
    """It may not veto: its own breach, default, exclusion or exit."""
    RECUSES = 2
    """It leaves numerator and denominator, and may not veto either: an award to the member, say."""

    @property
    def label(self) -> str:
        """The effect as the API spells it."""
        return self.name.lower()


class VetoGround(IntEnum):
    """On what ground a member may veto (DESCA 6.2.4); the numbers are the contract's."""

    OWN_WORK = 0
    TIME_FOR_PERFORMANCE = 1
    COSTS = 2
    LIABILITIES = 3
    INTELLECTUAL_PROPERTY = 4
    OTHER_LEGITIMATE_INTEREST = 5

    @property
    def label(self) -> str:
        """The ground as the API and the sample data spell it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one rule. Durations in seconds; a ratio with numerator 0 asks for nothing."""

    notice: int
    """Least time from publication to opening, ordinary meeting."""
    short_notice: int
    """The same for an extraordinary meeting, and for a second or third call."""
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
    standstill: int = 0
    """After the deadline, before an adopted decision binds: draft minutes and objections."""
    veto_window: int = 0
    """After the deadline, in which a veto may still be raised; 0: only while voting is open."""
    countries: Ratio = NOTHING
    """Share of the electorate's countries with more votes for than against."""
    abstentions_cast: bool = False
    """Abstentions count as votes cast."""
    silence_consents: bool = False
    """A member without a ballot counts as a vote for; there is then no quorum."""
    early_close: bool = False
    """Voting may be closed as soon as the outcome is certain."""
    revisable: bool = False
    """A ballot may be changed until the deadline; the last counts."""
    external_approval: bool = False
    """An adopted decision waits for the recorded answer of an outside authority."""
    tie: TieBreak = TieBreak.REJECTED
    calls: int = 0
    """From this attempt on the quorum falls away; 0: never."""
    mandates: int = 0
    """How many other members' ballots one member may cast on a proposal."""
    veto_grounds: int = 0
    """Bitmap: bit `1 << ground` for each ground on which a member may veto; 0: there is no veto."""


def mask_of_grounds(grounds: Iterable[VetoGround]) -> int:
    """Write grounds as the bitmap a rule keeps: bit `1 << ground`."""
    return sum({1 << ground for ground in grounds})


def grounds_of(mask: int) -> tuple[VetoGround, ...]:
    """Read the grounds back from their bitmap, in the order of the agreement."""
    return tuple(ground for ground in VetoGround if mask >> ground & 1)
