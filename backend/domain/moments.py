"""Moments: what time alone brings about, without a transaction. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from backend.domain.values import BodyId, MemberId, ProposalId, Timepoint

SLOWEST_BLOCK = 60
"""Seconds after its own timestamp by which a block has reached the node."""


class Turn(StrEnum):
    """What has come with a second that has passed."""

    OPENED = "proposal.opened"
    """Ballots count from now on."""
    CLOSED = "proposal.closed"
    """No ballot counts any more."""
    VETO_ENDED = "proposal.veto_ended"
    """An adopted decision cannot be vetoed any more."""
    BOUND = "proposal.bound"
    """An adopted decision binds."""
    WAITING = "proposal.awaiting_approval"
    """An adopted decision would bind, and waits for an outside authority."""
    MANDATE_EXPIRED = "mandate.expired"
    SEAT_LAPSED = "seat.lapsed"
    REMEDY_ENDED = "member.remedy_ended"
    """The time to remedy a breach is over."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One turn of one thing. Two are the same if all their fields are, except the verdict."""

    at: Timepoint
    """The last second before it."""
    turn: Turn
    body_id: BodyId | None = None
    proposal_id: ProposalId | None = None
    member_id: MemberId | None = None
    verdict: str | None = None
    """What the ballots of a closed proposal amount to."""

    @property
    def key(self) -> tuple[object, ...]:
        """What names it."""
        return self.at, self.turn, self.body_id, self.proposal_id, self.member_id
