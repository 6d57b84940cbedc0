"""Consortia: each with a chain and a member registry; the owner of all other rows."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base
from backend.database.column_types import AddressText


class ConsortiumRecord(Base):
    """One consortium whose contracts this database mirrors."""

    __tablename__ = "consortia"
    __table_args__ = (UniqueConstraint("chain_id", "registry_address"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    """Short name for paths and commands."""
    name: Mapped[str] = mapped_column(String(200))
    chain_id: Mapped[int] = mapped_column(BigInteger)
    registry_address: Mapped[str] = mapped_column(AddressText)
    """Of the member registry."""
    registrar: Mapped[str | None] = mapped_column(AddressText)
    """Who does the clerical acts now."""
    approver: Mapped[str | None] = mapped_column(AddressText)
    """Who must agree when the registrar replaces a lost wallet."""
    factory: Mapped[str | None] = mapped_column(AddressText)
    """The contract that makes the bodies the assembly decides on."""
    dao_uri: Mapped[str | None] = mapped_column(Text)
    """Where the consortium describes itself (ERC-4824)."""
