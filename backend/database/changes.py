"""The feed of changes: a number for each, from 1, that never changes and is never given again.

What the journal holds is not written down a second time. A span says which numbers a stretch of the journal has; only
what is not in the journal has rows of its own: what a reorganisation took back, that it did, and what time alone
brought about. No rebuilding touches these tables, because nothing could derive them again.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import AddressText, HashText

__all__ = ["ChangeRecord", "FeedRecord", "SpanRecord"]


class FeedRecord(OfConsortium, Base):
    """The end of the feed of one consortium."""

    __tablename__ = "feeds"

    name: Mapped[str] = mapped_column(String(16))
    """Drawn by lot: tells this feed from that of another database, whose numbers mean something else."""
    newest: Mapped[int] = mapped_column(BigInteger)
    """Number of the newest change; 0 before the first."""
    open_span: Mapped[int | None] = mapped_column(BigInteger)
    """First number of the span that the next events may lengthen."""
    told_until: Mapped[int] = mapped_column(BigInteger)
    """Second up to which all that time brought about is in the feed."""


class SpanRecord(OfConsortium, Base):
    """A stretch of the journal, whose events have consecutive numbers in the order of the chain."""

    __tablename__ = "spans"

    first: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """Number of its first event."""
    events: Mapped[int] = mapped_column(Integer)
    first_block: Mapped[int] = mapped_column(BigInteger)
    last_block: Mapped[int] = mapped_column(BigInteger)


class ChangeRecord(OfConsortium, Base):
    """A change that is not in the journal, or not any more."""

    __tablename__ = "changes"
    __table_args__ = (Index(None, "consortium_id", "time"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(64))
    """Of the event's class, or of the moment."""
    arguments: Mapped[str] = mapped_column(Text)
    """A JSON object."""
    reverts: Mapped[int | None] = mapped_column(BigInteger, index=True)
    """The change that this one takes back."""
    time: Mapped[int] = mapped_column(BigInteger)
    """Second of the chain's clock."""
    block_number: Mapped[int] = mapped_column(BigInteger)
    """The block of the event, or the newest one when the moment was told."""
    block_hash: Mapped[str] = mapped_column(HashText)
    log_index: Mapped[int | None] = mapped_column(Integer)
    """None for what no log told."""
    transaction_hash: Mapped[str | None] = mapped_column(HashText)
    emitter: Mapped[str | None] = mapped_column(AddressText)
