"""Bodies and their seats."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, NameText


class BodyRecord(Logged, OfConsortium, Base):
    """An organ of the consortium: a governor and its timelock."""

    __tablename__ = "bodies"
    __table_args__ = (UniqueConstraint("consortium_id", "governor"),)

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(NameText)
    governor: Mapped[str] = mapped_column(AddressText)
    timelock: Mapped[str] = mapped_column(AddressText)
    classes: Mapped[int] = mapped_column(SmallInteger)
    """Bitmap: bit `1 << class` for each class whose members all vote here; 0 for a body of seats."""
    created_at: Mapped[int] = mapped_column(BigInteger)
    chair_id: Mapped[int | None] = mapped_column(Integer)
    """The member whose ballot breaks a tie where the rule says so."""


class SeatRecord(Logged, OfConsortium, Base):
    """A member's seat in a body of seats, as last granted."""

    __tablename__ = "seats"
    __table_args__ = (reference("members", "member_id"), reference("bodies", "body_id"))

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    granted_at: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[int | None] = mapped_column(BigInteger)
    """Last second of the term; None for a seat without term."""
    ended_at: Mapped[int | None] = mapped_column(BigInteger)
