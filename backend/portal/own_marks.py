"""How the organisation that is reading stands to each proposal of a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from backend.portal.visit import Visit
from backend.queries.own_ballots import choices_of
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.views import ProposalSummary

MOST_WAITING = 200


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """What the organisation has said, and what waits for it."""

    waiting: frozenset[int] = frozenset()
    """Proposals it may vote on now and has not."""
    choices: dict[int, str] = field(default_factory=dict)
    """Its ballots as they count."""


NO_MARKS = OwnMarks()


def waiting_for(visited: Visit, code: str) -> tuple[ProposalSummary, ...]:
    """What a member may vote on now and has not, by deadline."""
    reading = visited.reading
    asked = ProposalFilter(awaits=code)
    return list_proposals(reading.session, reading.consortium, reading.now, asked, limit=MOST_WAITING).items


def own_marks(
    visited: Visit, listed: Collection[ProposalSummary], waiting: tuple[ProposalSummary, ...] | None = None
) -> OwnMarks:
    """Mark a list for the organisation that is reading; no marks where none was chosen.

    Args:
        waiting: what waits for it, where the caller has asked already.
    """
    here, reading = visited.frame.here, visited.reading
    if here is None:
        return NO_MARKS
    awaited = waiting_for(visited, here.code) if waiting is None else waiting
    ids = [summary.id for summary in listed]
    return OwnMarks(
        frozenset(summary.id for summary in awaited), choices_of(reading.session, reading.consortium, here.id, ids)
    )
