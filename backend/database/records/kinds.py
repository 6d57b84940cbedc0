"""Kinds of proposals, and the calls that only they may carry."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, EnumNumber, NameText
from backend.domain.rules import PartyEffect


class KindRecord(Logged, OfConsortium, Base):
    """What a proposal can be about. Logged by its last setting."""

    __tablename__ = "kinds"
    __table_args__ = (reference("rules", "rule_id"),)

    kind_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(NameText, index=True)
    body_id: Mapped[int] = mapped_column(SmallInteger)
    """May come before the body itself is created."""
    rule_id: Mapped[int] = mapped_column(Integer)
    """The version of its rule in force; a proposal keeps the one it was opened under."""
    resolution: Mapped[bool] = mapped_column(Boolean)
    """Whether it may be carried by a bare resolution."""
    party_effect: Mapped[PartyEffect] = mapped_column(EnumNumber(PartyEffect))
    """What follows for the member that a resolution of this kind names."""
    set_at: Mapped[int] = mapped_column(BigInteger)


class KindActionRecord(Logged, OfConsortium, Base):
    """A call that only proposals of one kind may carry."""

    __tablename__ = "kind_actions"
    __table_args__ = (reference("kinds", "kind_id"),)

    target: Mapped[str] = mapped_column(AddressText, primary_key=True)
    selector: Mapped[str] = mapped_column(String(10), primary_key=True)
    """0x and 8 hexadecimal digits."""
    kind_id: Mapped[int] = mapped_column(Integer)
    party_effect: Mapped[PartyEffect] = mapped_column(EnumNumber(PartyEffect))
    """What follows for the member that the call names."""
    party_argument: Mapped[int] = mapped_column(SmallInteger)
    """Which argument names it, from 1; 0 if none does."""
    listed_at: Mapped[int] = mapped_column(BigInteger)
