"""Mandates: a member lets another cast its ballots. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.values import BodyId, MemberId, ProposalId, Timepoint


@dataclass(frozen=True, slots=True)
class Mandate:
    """What one member may do for another in one body; a later one takes its place."""

    principal_id: MemberId
    """Whose ballot it is."""
    holder_id: MemberId
    """Who casts it."""
    body_id: BodyId
    proposal_id: ProposalId | None
    """None for every proposal of the body."""
    until: Timepoint
    """Last second in which the holder may cast the ballot."""

    def covers(self, proposal_id: ProposalId, now: Timepoint) -> bool:
        """Whether the holder may cast the principal's ballot on that proposal of the body in second `now`."""
        return now <= self.until and self.proposal_id in (None, proposal_id)
