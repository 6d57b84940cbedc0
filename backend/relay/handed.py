"""A signed ballot as it came in, before anything is known of it but its shape."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from backend.domain.values import Address, ProposalId

LONGEST_SIGNATURE = 4_096
"""Bytes; those of wallets with many owners are long."""


@dataclass(frozen=True, slots=True)
class Words:
    """A reason in words, with the salt that its commitment was made with."""

    language: str
    text: str
    salt: str


@dataclass(frozen=True, slots=True)
class HandedBallot:
    """A signed ballot as it came in; its fields are those of the document that was signed."""

    chain_id: int
    governor: Address
    body: str
    proposal_id: ProposalId
    support: int
    voter: Address
    nonce: int
    reason: str
    signature: bytes
    words: Words | None = None

    @property
    def own_ballots(self) -> int:
        """The last part of the nonce."""
        return self.nonce - (self.proposal_id << 64)

    @property
    def fingerprint(self) -> str:
        """Differs where anything that was sent differs."""
        return "0x" + sha256(repr(self).encode()).hexdigest()
