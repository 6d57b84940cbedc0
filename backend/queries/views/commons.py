"""What a consortium tells the world about itself, in the names the world uses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommonMember:
    """An organisation on the roll."""

    account: str
    """CAIP-10 of its wallet."""
    name: str


@dataclass(frozen=True, slots=True)
class CommonCall:
    """One action of a proposal."""

    sender: str
    target: str
    value: str
    """Wei, decimal."""
    data: str
    """0x-hexadecimal."""


@dataclass(frozen=True, slots=True)
class CommonProposal:
    """A proposal."""

    account: str
    """CAIP-10 of the governor it was put to."""
    id: int
    name: str
    """Its authentic title, or its number where the text is not at hand."""
    state: str
    calls: tuple[CommonCall, ...]


@dataclass(frozen=True, slots=True)
class CommonActivity:
    """What a member did about a proposal."""

    account: str
    """CAIP-10 of the governor that logged it."""
    event: str
    proposal_id: int
    member: str
    """CAIP-10 of the member's wallet."""
    transaction_hash: str
    log_index: int


@dataclass(frozen=True, slots=True)
class CommonContract:
    """A contract of the consortium, or of one of its bodies."""

    account: str
    role: str
    """registry, rulebook, records, factory, governor or timelock."""
    body: str | None
    """Name of the body, for governors and timelocks."""
