"""The journal: blocks and decoded events as the chain reported them, and how far the mirror has read.

Only ever added to, save that a reorganisation cuts off what is no longer on the chain. All other tables can be emptied
and derived from it again.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Double, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium, WithinConsortium
from backend.database.column_types import AddressText, HashText

__all__ = ["BlockRecord", "CursorRecord", "EventRecord", "MentionRecord", "mark_of"]

MARK = 8


def mark_of(transaction_hash: str) -> str:
    """Give the beginning of a transaction's hash, by which its events are looked up.

    Transactions come in no order of their hashes, so that their index is written all over with each batch: one of whole
    hashes cost as much as all else that is written. Two may share a mark, and only the hash tells them apart.
    """
    return transaction_hash[2 : 2 + MARK]


class BlockRecord(WithinConsortium, Base):
    """A block with events of ours, or one not yet final, whose hash betrays a reorganisation.

    One number has one hash at a time: the cut removes a block before another takes its number.
    """

    __tablename__ = "blocks"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(HashText)
    parent_hash: Mapped[str | None] = mapped_column(HashText)
    """None for a block that was final when it was read: nothing will ask for its parent."""
    time: Mapped[int] = mapped_column(BigInteger)
    """Second of the chain's clock."""


class EventRecord(WithinConsortium, Base):
    """One event of one of our contracts; its block's row has the hash and the time."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "consortium_id", "transaction_mark"), {"sqlite_with_rowid": False})

    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    transaction_hash: Mapped[str] = mapped_column(HashText)
    emitter: Mapped[str] = mapped_column(AddressText)
    name: Mapped[str] = mapped_column(String(64))
    """Name of the event, and of its class in `backend.domain.events`."""
    arguments: Mapped[str] = mapped_column(Text)
    """The event's fields as a JSON object."""
    transaction_mark: Mapped[str] = mapped_column(String(MARK))
    """Of its hash, by `mark_of`."""


class MentionRecord(WithinConsortium, Base):
    """That an event names a member, a wallet or a proposal; so what concerns one of them is found by an index.

    Ballots have none: there are a hundred times as many of them as of all else, and their own tables find them.
    """

    __tablename__ = "mentions"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own way

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    """As `backend.domain.subjects` writes it."""
    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)


class CursorRecord(OfConsortium, Base):
    """How far the mirror of one consortium has read; moves in the transaction that writes what was read."""

    __tablename__ = "cursors"

    next_block: Mapped[int] = mapped_column(BigInteger)
    """The first block not read yet."""
    block_hash: Mapped[str] = mapped_column(HashText)
    """Hash of the newest block read, `next_block - 1`."""
    block_time: Mapped[int] = mapped_column(BigInteger)
    head_number: Mapped[int] = mapped_column(BigInteger)
    """The newest block the node is known to have."""
    finalized_number: Mapped[int] = mapped_column(BigInteger)
    """Blocks up to this one cannot be reorganised any more."""
    revision: Mapped[int] = mapped_column(BigInteger)
    """Moves with each batch taken in, with each cut, and when more blocks become final."""
    checked_at: Mapped[float] = mapped_column(Double)
    """Second of the wall clock at which the mirror last agreed with the node about its head."""
