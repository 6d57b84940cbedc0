"""What a governor reports of what members say: ballots, recusals, vetoes. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.ballots import Choice
from backend.domain.rules import VetoGround
from backend.domain.values import Address, Hash32, MemberId, ProposalId


@dataclass(frozen=True, slots=True)
class VoteCast:
    """A ballot was counted."""

    voter: Address
    proposal_id: ProposalId
    support: int
    weight: int
    reason: str


@dataclass(frozen=True, slots=True)
class BallotCounted:
    """Logged right after the `VoteCast` of a ballot that was changed, or cast by mandate."""

    proposal_id: ProposalId
    member_id: MemberId
    """Whose ballot it is."""
    previous: Choice | None
    """What it replaces; None for a first ballot."""
    revision: int
    """How many ballots of its own the member has cast by now."""
    cast_by: MemberId
    """The member that handed it in; another one where it holds a mandate."""


@dataclass(frozen=True, slots=True)
class BallotRefused:
    """A signed ballot of a batch was not counted; the rest of the batch was."""

    proposal_id: ProposalId
    voter: Address
    refusal: str
    """The error the ballot alone would have met, as 0x-hexadecimal."""


@dataclass(frozen=True, slots=True)
class MemberRecused:
    """A member left numerator and denominator of one proposal."""

    proposal_id: ProposalId
    member_id: MemberId
    declared: bool
    """By its own declaration; otherwise because the action names it."""


@dataclass(frozen=True, slots=True)
class VetoRaised:
    """A member said no on a listed ground."""

    proposal_id: ProposalId
    member_id: MemberId
    ground: VetoGround
    statement_hash: Hash32


@dataclass(frozen=True, slots=True)
class VetoWithdrawn:
    """A member took its veto back."""

    proposal_id: ProposalId
    member_id: MemberId
