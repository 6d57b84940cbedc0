"""Resolutions: what bodies decided and wrote down without any other action."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import HashText


class ResolutionRecord(Logged, OfConsortium, Base):
    """One executed resolution, as the records contract heard it from the body's timelock."""

    __tablename__ = "resolutions"
    __table_args__ = (reference("bodies", "body_id"),)

    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=91)
    body_id: Mapped[int] = mapped_column(SmallInteger)
    kind_id: Mapped[int] = mapped_column(Integer)
    text_hash: Mapped[str] = mapped_column(HashText)
    """sha2-256 of the canonical document of the proposal."""
    recorded_at: Mapped[int] = mapped_column(BigInteger)
