"""Bodies and who sits in them."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.members import MemberRef


@dataclass(frozen=True, slots=True)
class SeatView:
    """A member's seat."""

    member: MemberRef
    since: int
    until: int | None
    """Last second of the term; None for a seat without term."""
    lapsed: bool
    """Whether the term is over: the seat counts until somebody clears it, and anyone may."""


@dataclass(frozen=True, slots=True)
class BodyView:
    """An organ of the consortium."""

    id: int
    name: str
    governor: str
    timelock: str
    classes: tuple[str, ...]
    """Classes whose members all vote here; empty for a body of seats."""
    entitled: int
    members: tuple[MemberRef, ...]
    chair: MemberRef | None
    """The member whose ballot breaks a tie where the rule says so."""
    seats: tuple[SeatView, ...]
    """Who holds a seat, in a body of seats."""
    kinds: tuple[str, ...]
    proposals: int
    open_proposals: int
