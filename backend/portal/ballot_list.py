"""The ballots of a proposal as a reader wants them: the own one first, the others narrowed by choice. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from backend.queries.views import BallotView, MemberRef

CHOICES: Final = ("for", "against", "abstain")
ON_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class BallotList:
    """What is shown of the ballots."""

    choice: str
    """The only one shown of the others' ballots; empty for all."""
    own: BallotView | None
    """The ballot of the organisation that is reading."""
    others: tuple[BallotView, ...]
    """Those on this page of the list."""
    page: int
    """From 1."""
    pages: int
    """At least 1."""
    counts: dict[str, int]
    """Ballots of each choice, the own one among them."""

    @property
    def shown(self) -> tuple[BallotView, ...]:
        """The own one first."""
        return (self.own, *self.others) if self.own else self.others


def ballot_list(ballots: Sequence[BallotView], here: MemberRef | None, choice: str = "", page: int = 1) -> BallotList:
    """Arrange ballots for a reader; a choice that is none narrows nothing, a page that is none is the nearest one."""
    wanted = choice if choice in CHOICES else ""
    own = next((ballot for ballot in ballots if here is not None and ballot.member.id == here.id), None)
    others = tuple(ballot for ballot in ballots if ballot is not own and wanted in ("", ballot.choice))
    pages = max(1, -(-len(others) // ON_A_PAGE))
    shown = min(max(1, page), pages)
    counts = {each: sum(ballot.choice == each for ballot in ballots) for each in CHOICES}
    return BallotList(wanted, own, others[(shown - 1) * ON_A_PAGE : shown * ON_A_PAGE], shown, pages, counts)


def own_first(members: Sequence[MemberRef], here: MemberRef | None) -> tuple[MemberRef, ...]:
    """Members with the reader's organisation at their head, if it is among them."""
    return tuple(sorted(members, key=lambda member: here is None or member.id != here.id))
