"""What became of comparing the mirror with the chain, for whoever asks after its health."""

from __future__ import annotations

from typing import TypedDict

from sqlalchemy import JSON, BigInteger, Double
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import HashText


class DifferenceEntry(TypedDict):
    """One field in which the mirror and the contracts differ."""

    subject: str
    field: str
    mirror: str
    chain: str


class ComparisonRecord(OfConsortium, Base):
    """The last look, and every difference that stands."""

    __tablename__ = "comparisons"

    block_number: Mapped[int] = mapped_column(BigInteger)
    """The block at which both sides were asked."""
    block_hash: Mapped[str] = mapped_column(HashText)
    compared_at: Mapped[float] = mapped_column(Double)
    """Second of the wall clock."""
    answers: Mapped[int] = mapped_column(BigInteger)
    """How many answers of the contracts were compared in that look."""
    differences: Mapped[list[DifferenceEntry]] = mapped_column(JSON)
    """Found and not seen to be gone since; an alarm unless empty."""
