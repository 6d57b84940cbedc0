"""How the organisation that is reading stands to each proposal of a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from backend.portal.visit import Visit
from backend.queries.awaited import Awaited, awaited_of
from backend.queries.own_ballots import choices_of
from backend.queries.views import ProposalSummary


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """What the organisation has said, and what waits for it."""

    waiting: frozenset[int] = frozenset()
    """Proposals it may vote on now and has not."""
    choices: dict[int, str] = field(default_factory=dict)
    """Its ballots as they count."""


NO_MARKS = OwnMarks()


def own_marks(
    visited: Visit, listed: Collection[ProposalSummary], awaited: frozenset[Awaited] | None = None
) -> OwnMarks:
    """Mark a list for the organisation that is reading; no marks where none was chosen.

    Args:
        awaited: what waits for it, where the caller has asked already.
    """
    here, reading = visited.frame.here, visited.reading
    if here is None:
        return NO_MARKS
    if awaited is None:
        awaited = awaited_of(reading.session, reading.consortium, reading.now, [here.id])[here.id]
    ids = [summary.id for summary in listed]
    return OwnMarks(
        frozenset(proposal_id for _, proposal_id in awaited),
        choices_of(reading.session, reading.consortium, here.id, ids),
    )
