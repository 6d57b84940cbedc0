"""Persons, and whom they represent: what is personal in one table, what stays for the record in the other."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import AddressText
from backend.database.desk.sessions import DIGEST, PERSON

MOST_NAME, MOST_EMAIL, MOST_LANGUAGE = 200, 254, 35


class PersonRecord(OfConsortium, Base):
    """All that is personal; the row is deleted when the person asks for it, or is not needed any more."""

    __tablename__ = "persons"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    name: Mapped[str] = mapped_column(String(MOST_NAME))
    email: Mapped[str] = mapped_column(String(MOST_EMAIL))
    language: Mapped[str] = mapped_column(String(MOST_LANGUAGE))
    """In which they want to be written to, such as `sl`."""
    consented_at: Mapped[int] = mapped_column(BigInteger)
    """When they agreed that this be kept."""


class RepresentationRecord(OfConsortium, Base):
    """A span of time in which somebody acted for a member, known by a pseudonym: `since <= t < until`, or it lasts."""

    __tablename__ = "representations"
    __table_args__ = (Index(None, "consortium_id", "request", unique=True),)

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    member_id: Mapped[int] = mapped_column(Integer, index=True)
    function: Mapped[str] = mapped_column(String(16))
    since: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[int | None] = mapped_column(BigInteger)
    wallet: Mapped[str | None] = mapped_column(AddressText, index=True)
    """The member's wallet that they use; forgotten with the person."""
    erased_at: Mapped[int | None] = mapped_column(BigInteger)
    request: Mapped[str | None] = mapped_column(DIGEST)
    """Hash of who asked for it and of their idempotency key, so that the same request makes nobody twice. It stays."""
