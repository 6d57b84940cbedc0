"""A revised proposal in the place of a vetoed one: which one it is, and what the form begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from backend.errors import ProposalNotFoundError
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
    def module(self) -> dict[str, object]:
        """What the form's module is told; the text it fetches itself by its name, the calls it checks by the number."""
        return {
            "id": str(self.vetoed.summary.id),
            "cid": self.vetoed.cid if self.vetoed.text_verified else "",
            "calls": [{"target": call.target, "data": call.calldata} for call in self.vetoed.calls],
            "description": self.vetoed.description,
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which the vetoed proposal is written."""
        return tuple(self.vetoed.summary.texts)

    def first(self, kinds: tuple[KindView, ...]) -> tuple[KindView, ...]:
        """The kinds of its body, its own before all others."""
        return tuple(sorted(kinds, key=lambda kind: kind.name != self.vetoed.summary.kind))


def find_revision(visited: Visit, vetoed: str | None, governor: str | None = None) -> Revision | None:
    """The vetoed proposal that is named; None where none is, or where it is not of the body of that governor.

    Raises:
        ProposalNotFoundError: no such proposal.
    """
    if vetoed is None:
        return None
    reading = visited.reading
    try:
        found = find_proposal(reading.session, reading.consortium, int(vetoed), reading.now, governor=governor)
    except ProposalNotFoundError:
        if governor is None:
            raise
        find_revision(visited, vetoed)
        return None
    return Revision(found)
