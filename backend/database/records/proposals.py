"""Proposals: the facts of their lives; texts are in the document store, the state is computed."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import JSON, BigInteger, Boolean, Index, Integer, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, EnumNumber, HashText, ProposalIdText
from backend.domain.rules import PartyEffect


class ProposalAction(TypedDict):
    """One call that follows from an adopted proposal."""

    target: str
    value: str
    """Wei as a decimal string."""
    calldata: str
    """0x-hexadecimal."""


class ProposalRecord(Logged, OfConsortium, Base):
    """One question put to one body. Logged by `ProposalCreated`."""

    __tablename__ = "proposals"
    __table_args__ = (
        reference("bodies", "body_id"),
        reference("kinds", "kind_id"),
        reference("rules", "rule_id"),
        reference("members", "proposer_id", to="member_id"),
        UniqueConstraint("consortium_id", "body_id", "number"),
        Index(None, "consortium_id", "opens_at"),
        Index(None, "consortium_id", "closes_at"),
        Index(None, "consortium_id", "previous_id"),
        Index(None, "consortium_id", "vetoed_id"),
    )

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText, primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    """Running number in its body, from 1."""
    kind_id: Mapped[int] = mapped_column(Integer)
    rule_id: Mapped[int] = mapped_column(Integer)
    """The law it was opened under, and keeps."""
    extraordinary: Mapped[bool] = mapped_column(Boolean)
    proposer: Mapped[str] = mapped_column(AddressText)
    proposer_id: Mapped[int] = mapped_column(Integer)
    description: Mapped[str] = mapped_column(Text)
    """As on chain: the CID of the text, and who may file it."""
    actions: Mapped[list[ProposalAction]] = mapped_column(JSON)
    created_at: Mapped[int] = mapped_column(BigInteger)
    opens_at: Mapped[int] = mapped_column(BigInteger)
    """The snapshot: fixes the electorate; voting is open after this second."""
    closes_at: Mapped[int] = mapped_column(BigInteger)
    """The last second in which a ballot counts; earlier than planned if voting was closed as soon as it was certain."""
    closed_early_at: Mapped[int | None] = mapped_column(BigInteger)
    closed_early_transaction: Mapped[str | None] = mapped_column(HashText)
    party_id: Mapped[int | None] = mapped_column(Integer)
    """The member that its action names."""
    party_effect: Mapped[PartyEffect] = mapped_column(EnumNumber(PartyEffect))
    """What follows for that member."""
    chair_id: Mapped[int | None] = mapped_column(Integer)
    """Chair of the body when it was filed."""
    attempt: Mapped[int] = mapped_column(SmallInteger)
    """1, or 2 and more when the question is called again."""
    previous_id: Mapped[int | None] = mapped_column(ProposalIdText)
    """The attempt before this one, in the same body."""
    vetoed_id: Mapped[int | None] = mapped_column(ProposalIdText)
    """The vetoed proposal of the same body in whose place this one is put."""
    approved: Mapped[bool | None] = mapped_column(Boolean)
    """What an outside authority answered; None while it has not."""
    approval_hash: Mapped[str | None] = mapped_column(HashText)
    approval_at: Mapped[int | None] = mapped_column(BigInteger)
    approval_transaction: Mapped[str | None] = mapped_column(HashText)
    eta: Mapped[int | None] = mapped_column(BigInteger)
    """From when it can be executed; set once queued."""
    queued_at: Mapped[int | None] = mapped_column(BigInteger)
    queued_transaction: Mapped[str | None] = mapped_column(HashText)
    executed_at: Mapped[int | None] = mapped_column(BigInteger)
    executed_transaction: Mapped[str | None] = mapped_column(HashText)
    canceled_at: Mapped[int | None] = mapped_column(BigInteger)
    canceled_transaction: Mapped[str | None] = mapped_column(HashText)
