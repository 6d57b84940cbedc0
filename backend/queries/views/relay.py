"""Signed ballots on their way to the chain, and the relay that sends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backend.queries.views.members import MemberRef

WayStatus = Literal["accepted", "sent", "included", "final", "failed"]


@dataclass(frozen=True, slots=True)
class RelayedBallotView:
    """One signed ballot, and how far it is."""

    id: str
    status: WayStatus
    body: str
    governor: str
    proposal_id: int
    member: MemberRef
    wallet: str
    choice: str
    nonce: int
    reason_commitment: str | None
    accepted_at: int
    transaction_hash: str | None
    """The transaction that it is in, or was last sent with."""
    block_number: int | None
    """The block whose transaction counted it."""
    failure: str | None
    """Code of the refusal; None unless it failed."""


@dataclass(frozen=True, slots=True)
class RelayView:
    """The relay as it last saw itself."""

    status: Literal["off", "away", "empty", "waiting", "ready"]
    address: str | None
    balance: int | None
    """Wei."""
    ballots_left: int | None
    """How many the balance pays for as fees are now; None where ballots cost nothing, or nobody knows."""
    problem: str | None
    """Why nothing is sent now."""
    waiting: int
    in_flight: int
    seen_at: int | None
