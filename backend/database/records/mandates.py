"""Mandates: who may cast whose ballot, and lost wallets on their way to be replaced."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, ProposalIdText


class MandateRecord(Logged, OfConsortium, Base):
    """The last mandate a member gave in a body; a new one takes the place of the one before."""

    __tablename__ = "mandates"
    __table_args__ = (
        reference("members", "principal_id", to="member_id"),
        reference("bodies", "body_id"),
    )

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    principal_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    """The member whose ballot it is."""
    holder_id: Mapped[int] = mapped_column(Integer)
    """The member that may cast it."""
    proposal_id: Mapped[int | None] = mapped_column(ProposalIdText)
    """None for every proposal of the body."""
    granted_at: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[int] = mapped_column(BigInteger)
    """Last second in which the holder may use it."""
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)


class RotationRecord(Logged, OfConsortium, Base):
    """A new wallet asked for in the place of a lost one, until it is stopped or takes effect."""

    __tablename__ = "rotations"
    __table_args__ = (reference("members", "member_id"),)

    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    new_wallet: Mapped[str] = mapped_column(AddressText)
    proposed_at: Mapped[int] = mapped_column(BigInteger)
    effective_from: Mapped[int | None] = mapped_column(BigInteger)
    """From when it can take effect; None until the second approver agrees."""
