"""Signed ballots on their way to the chain, and the transactions that carry them.

Where a ballot stands is no column: it counts when the mirror has it, and until then follows from its transaction.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Double, Index, Integer, SmallInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import AddressText, HashText, ProposalIdText

LONGEST_KEY = 200
"""Characters of an idempotency key."""
LONGEST_CODE = 64


class RelayBallotRecord(OfConsortium, Base):
    """A signed ballot that was accepted. There is one for each nonce a member can sign with."""

    __tablename__ = "relay_ballots"
    __table_args__ = (
        UniqueConstraint(
            "consortium_id", "governor", "proposal_id", "voter", "own_ballots", name="uq_relay_ballots_nonce"
        ),
        Index(None, "consortium_id", "sender", "nonce"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    """Random, so that nobody finds another's by trying."""
    body_id: Mapped[int] = mapped_column(SmallInteger)
    governor: Mapped[str] = mapped_column(AddressText)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText)
    member_id: Mapped[int] = mapped_column(Integer)
    voter: Mapped[str] = mapped_column(AddressText)
    """The member's wallet, which has signed."""
    own_ballots: Mapped[int] = mapped_column(SmallInteger)
    """Ballots of its own that the member had cast before: the last part of the nonce."""
    support: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(Text)
    """The commitment that was signed with the ballot; empty where there is none."""
    signature: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(HashText)
    """What was signed."""
    accepted_at: Mapped[int] = mapped_column(BigInteger)
    """Second of the wall clock."""
    tries: Mapped[int] = mapped_column(Integer)
    """Transactions that carried it and were reverted; from the first on it travels alone."""
    sender: Mapped[str | None] = mapped_column(AddressText)
    """With the nonce: the transaction that carries it; None while it waits."""
    nonce: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None] = mapped_column(String(LONGEST_CODE))
    """Code of the refusal that ended its way; None while it may still count."""


class RelayRequestRecord(OfConsortium, Base):
    """A ballot taken in, for quotas, and so that a request that is sent again is known."""

    __tablename__ = "relay_requests"
    __table_args__ = (
        UniqueConstraint("consortium_id", "voter", "key"),
        Index(None, "consortium_id", "member_id", "at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    member_id: Mapped[int] = mapped_column(Integer)
    voter: Mapped[str] = mapped_column(AddressText)
    key: Mapped[str | None] = mapped_column(String(LONGEST_KEY))
    """The `Idempotency-Key` that came with it."""
    digest: Mapped[str] = mapped_column(HashText)
    """Of all that was sent."""
    ballot_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[int] = mapped_column(BigInteger)


class RelayTransactionRecord(OfConsortium, Base):
    """One number of the relay's account and what it is used for; written before anything is sent under it."""

    __tablename__ = "relay_transactions"

    sender: Mapped[str] = mapped_column(AddressText, primary_key=True)
    nonce: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    governor: Mapped[str] = mapped_column(AddressText)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText)
    gas: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[str] = mapped_column(Text)
    block_number: Mapped[int | None] = mapped_column(BigInteger)
    """The block it is in; None while it is in none."""
    block_hash: Mapped[str | None] = mapped_column(HashText)
    settled: Mapped[bool]
    """Its block is final, or the number was used for something else: nothing more will come of it."""


class RelayAttemptRecord(OfConsortium, Base):
    """One price that was offered for a transaction, and the bytes that were sent with it."""

    __tablename__ = "relay_attempts"

    sender: Mapped[str] = mapped_column(AddressText, primary_key=True)
    nonce: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """From 1; a later one offers more."""
    hash: Mapped[str] = mapped_column(HashText)
    raw: Mapped[str] = mapped_column(Text)
    most: Mapped[int] = mapped_column(BigInteger)
    """Wei for a unit of gas, base fee and tip together."""
    tip: Mapped[int] = mapped_column(BigInteger)
    signed_at: Mapped[float] = mapped_column(Double)
    """Second of the wall clock."""


class RelayRecord(OfConsortium, Base):
    """The relay as it last saw itself, for the processes that take ballots in."""

    __tablename__ = "relays"

    sender: Mapped[str] = mapped_column(AddressText)
    balance: Mapped[str] = mapped_column(String(78))
    """Wei, in decimal digits."""
    price: Mapped[str] = mapped_column(String(78))
    """Wei that one ballot costs as fees are now, in decimal digits."""
    reserve: Mapped[str] = mapped_column(String(78))
    """Wei below which nothing is sent, in decimal digits."""
    problem: Mapped[str | None] = mapped_column(String(LONGEST_CODE))
    """Why nothing is sent now; None while all is well."""
    seen_at: Mapped[float] = mapped_column(Double)
    """Second of the wall clock of its last turn."""
