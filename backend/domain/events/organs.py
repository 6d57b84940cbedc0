"""What the registry reports of bodies, seats, chairs, mandates and offices. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.values import Address, BodyId, MemberId, ProposalId, Timepoint


@dataclass(frozen=True, slots=True)
class BodyCreated:
    """An organ of the consortium came into being."""

    body_id: BodyId
    name: str
    governor: Address
    timelock: Address
    classes: int
    """Bitmap: bit `1 << class` for each class whose members all vote in the body; 0 for a body of seats."""


@dataclass(frozen=True, slots=True)
class SeatGranted:
    """A member took a seat in a body of seats, or its term there became another."""

    body_id: BodyId
    member_id: MemberId
    until: Timepoint | None = None
    """Last second of the term; None for a seat without term."""


@dataclass(frozen=True, slots=True)
class SeatEnded:
    """A member gave up or lost its seat."""

    body_id: BodyId
    member_id: MemberId


@dataclass(frozen=True, slots=True)
class ChairSet:
    """A body has another chair; None for no chair any more."""

    body_id: BodyId
    member_id: MemberId | None


@dataclass(frozen=True, slots=True)
class MandateGranted:
    """A member lets another cast its ballots in a body, in place of the mandate it gave there before."""

    principal_id: MemberId
    holder_id: MemberId
    body_id: BodyId
    proposal_id: ProposalId | None
    """None for every proposal of the body."""
    until: Timepoint
    """Last second in which the holder may cast the ballot."""


@dataclass(frozen=True, slots=True)
class MandateRevoked:
    """A member took back the mandate it gave in a body."""

    principal_id: MemberId
    body_id: BodyId


@dataclass(frozen=True, slots=True)
class RegistrarChanged:
    """Another account does the clerical acts."""

    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class ApproverChanged:
    """Another account gives the second signature for a lost wallet."""

    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class FactoryChanged:
    """Another contract creates the bodies that are decided on."""

    previous: Address
    current: Address


@dataclass(frozen=True, slots=True)
class DAOURIUpdate:
    """The consortium describes itself (ERC-4824) at another address."""

    dao_address: Address
    uri: str
