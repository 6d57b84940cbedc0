"""A revised proposal in the place of a vetoed one: which one it is, and what the form begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from backend.portal.visit import Visit
from backend.queries.proposals import find_proposal
from backend.queries.views import KindView, ProposalView

Revises = Annotated[str | None, Query(pattern=r"^[0-9]{1,58}$")]
"""Id of the vetoed proposal, as the address of a form names it."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The place in which a revised proposal is put."""

    vetoed: ProposalView

    @property
    def possible(self) -> bool:
        """Whether its veto stands and no other proposal has its place yet; who may do it, the contract decides."""
        return self.vetoed.summary.state == "vetoed" and self.vetoed.revised_by is None

    @property
    def module(self) -> dict[str, str]:
        """What the form's module is told; the text it fetches itself, and checks it by its name."""
        return {"id": str(self.vetoed.summary.id), "cid": self.vetoed.cid if self.vetoed.text_verified else ""}

    def first(self, kinds: tuple[KindView, ...]) -> tuple[KindView, ...]:
        """The kinds of its body, its own before all others."""
        return tuple(sorted(kinds, key=lambda kind: kind.name != self.vetoed.summary.kind))


def find_revision(visited: Visit, vetoed: str | None, governor: str | None = None) -> Revision | None:
    """The vetoed proposal that is named; None where none is.

    Raises:
        ProposalNotFoundError: no such proposal (in the body of that governor).
    """
    if vetoed is None:
        return None
    reading = visited.reading
    return Revision(find_proposal(reading.session, reading.consortium, int(vetoed), reading.now, governor=governor))
