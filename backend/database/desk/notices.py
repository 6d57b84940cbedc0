"""Notices by e-mail: who wants which, what is on its way, and when the coordinator reminded."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Double, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import ProposalIdText
from backend.database.desk.sessions import PERSON

OCCASION = String(16)


class NoticePreferenceRecord(OfConsortium, Base):
    """What somebody does not want to be written to about. Who has no row wants everything."""

    __tablename__ = "notice_preferences"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    unwanted: Mapped[list[str]] = mapped_column(JSON)
    """Occasions."""
    unsubscribed_at: Mapped[int | None] = mapped_column(BigInteger)
    """Since when nothing at all is wanted; None where something is."""


class LetterRecord(OfConsortium, Base):
    """One e-mail to one person. The row stays when it is sent, so that none is written twice."""

    __tablename__ = "letters"
    __table_args__ = (Index(None, "consortium_id", "settled_at", "next_attempt_at"),)

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText, primary_key=True)
    occasion: Mapped[str] = mapped_column(OCCASION, primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """Of a reminder: the days since year 1 (`date.toordinal`) in the consortium's zone. 0 otherwise."""
    written_at: Mapped[int] = mapped_column(BigInteger)
    failures: Mapped[int] = mapped_column(Integer)
    next_attempt_at: Mapped[float] = mapped_column(Double)
    lease: Mapped[str | None] = mapped_column(String(32))
    """Drawn by lot by the process that sends it now."""
    leased_until: Mapped[float] = mapped_column(Double)
    settled_at: Mapped[int | None] = mapped_column(BigInteger)
    """When it was sent or given up; None while it waits."""
    problem: Mapped[str | None] = mapped_column(String(64))
    """Why it was not sent, or not yet; never an address. None where it was."""


class ReminderRecord(OfConsortium, Base):
    """That the coordinator reminded of a proposal on a day."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("consortium_id", "created_by", "idempotency_key"),)

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText, primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """Days since year 1 (`date.toordinal`) in the consortium's zone."""
    created_at: Mapped[int] = mapped_column(BigInteger)
    created_by: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    members: Mapped[int] = mapped_column(Integer)
    """Organisations that had not voted."""
    letters: Mapped[int] = mapped_column(Integer)
    """E-mails that were written to their people."""
