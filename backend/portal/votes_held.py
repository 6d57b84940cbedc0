"""Votes that are over, for pages that look back."""

from __future__ import annotations

from typing import Final

from backend.portal.visit import Visit
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.views import ProposalSummary

HELD: Final = (
    *("adopted", "awaiting_approval", "binding", "queued", "executed"),
    *("rejected", "no_quorum", "vetoed", "not_approved", "consulted"),
)
"""States of proposals that were voted on to the end."""


def votes_held(visited: Visit, most: int) -> tuple[ProposalSummary, ...]:
    """The newest votes that are over, newest first."""
    reading, asked = visited.reading, ProposalFilter(states=HELD)
    return list_proposals(reading.session, reading.consortium, reading.now, asked, limit=most, sort="-closes_at").items
