"""Who wants to be called when something changes, and how the calls went."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Double, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import NameText, ProposalIdText
from backend.database.desk.sessions import PERSON

WEBHOOK_ID = String(24)


class WebhookRecord(OfConsortium, Base):
    """One subscription, how far it has heard, and who is calling it now."""

    __tablename__ = "webhooks"
    __table_args__ = (UniqueConstraint("consortium_id", "created_by", "idempotency_key"),)

    webhook_id: Mapped[str] = mapped_column(WEBHOOK_ID, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(100))
    """Signs each call, so it cannot be kept as a hash. Whoever has it can only forge calls to this one address."""
    previous_secret: Mapped[str | None] = mapped_column(String(100))
    """Signs, too, for a while after a rotation."""
    previous_until: Mapped[int | None] = mapped_column(BigInteger)
    types: Mapped[list[str]] = mapped_column(JSON)
    body: Mapped[str | None] = mapped_column(NameText)
    proposal_id: Mapped[int | None] = mapped_column(ProposalIdText)
    description: Mapped[str] = mapped_column(String(200))
    created_by: Mapped[str] = mapped_column(String(64))
    person: Mapped[str | None] = mapped_column(PERSON, index=True)
    """Pseudonym of the representative who made it, if one did."""
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[int] = mapped_column(BigInteger)
    cursor: Mapped[str] = mapped_column(String(40))
    """Of the last change that was delivered, or that it did not ask for."""
    attempts: Mapped[int] = mapped_column(BigInteger)
    """Entries that its log ever had."""
    failures: Mapped[int] = mapped_column(Integer)
    """Calls that failed since the last that went well."""
    next_attempt_at: Mapped[float] = mapped_column(Double)
    lease: Mapped[str | None] = mapped_column(String(32))
    """Drawn by lot by the process that calls now."""
    leased_until: Mapped[float] = mapped_column(Double)
    disabled_at: Mapped[int | None] = mapped_column(BigInteger)
    disabled_reason: Mapped[str | None] = mapped_column(String(200))


class DeliveryRecord(OfConsortium, Base):
    """One call, or the end of them. Kept for a month."""

    __tablename__ = "deliveries"
    __table_args__ = (Index(None, "consortium_id", "at"),)

    webhook_id: Mapped[str] = mapped_column(WEBHOOK_ID, primary_key=True)
    attempt: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """From 1, of all calls to this address."""
    change: Mapped[str] = mapped_column(String(40))
    """Cursor of the change."""
    type: Mapped[str] = mapped_column(String(64))
    at: Mapped[int] = mapped_column(BigInteger)
    milliseconds: Mapped[int] = mapped_column(Integer)
    status: Mapped[int | None] = mapped_column(Integer)
    """Of the answer; None where there was none."""
    problem: Mapped[str | None] = mapped_column(String(200))
    delivered: Mapped[bool] = mapped_column(Boolean)
