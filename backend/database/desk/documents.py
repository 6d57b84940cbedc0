"""Documents that were handed in, and reasons of ballots: bytes under the name of their hash."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import HashText


class DocumentRecord(OfConsortium, Base):
    """A proposal text or an attachment."""

    __tablename__ = "documents"

    cid: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(Integer)
    """Bytes."""
    member_id: Mapped[int | None] = mapped_column(Integer, index=True)
    """Whose quota it counts in; None for the coordinator's and the scripts'."""
    handed_in_at: Mapped[int] = mapped_column(BigInteger)
    pinned_at: Mapped[int | None] = mapped_column(BigInteger)
    """When a node of IPFS took it too."""


class ReasonRecord(OfConsortium, Base):
    """A reason with its salt; the row goes when the words are to be erased."""

    __tablename__ = "reasons"

    commitment: Mapped[str] = mapped_column(HashText, primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
