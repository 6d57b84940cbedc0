"""Resolutions, which bodies decided and wrote down without any other action, and documents anchored beside them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, HashText, NameText


class ResolutionRecord(Logged, OfConsortium, Base):
    """One executed resolution, as the records contract heard it from the body's timelock."""

    __tablename__ = "resolutions"
    __table_args__ = (reference("bodies", "body_id"),)

    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=91)
    body_id: Mapped[int] = mapped_column(SmallInteger)
    kind_id: Mapped[int] = mapped_column(Integer)
    member_id: Mapped[int | None] = mapped_column(Integer)
    """The member it is about, where it names one."""
    text_hash: Mapped[str] = mapped_column(HashText)
    """sha2-256 of the canonical document of the proposal."""
    recorded_at: Mapped[int] = mapped_column(BigInteger)


class AnchorRecord(Logged, OfConsortium, Base):
    """The hash of a document that the registrar or a body wrote down under a topic."""

    __tablename__ = "anchors"

    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=91)
    author: Mapped[str] = mapped_column(AddressText)
    topic: Mapped[str] = mapped_column(NameText, index=True)
    document_hash: Mapped[str] = mapped_column(HashText)
    anchored_at: Mapped[int] = mapped_column(BigInteger)
