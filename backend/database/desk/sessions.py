"""Who is signed in, and with which messages somebody already has."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.column_types import AddressText

DIGEST = String(64)
"""SHA-256 as hexadecimal digits."""
PERSON = String(32)
"""A pseudonym: 32 hexadecimal digits drawn by lot."""


class SealRecord(OfConsortium, Base):
    """The key under which nonces are given out, so that none has to be kept before it is used."""

    __tablename__ = "seals"

    key: Mapped[str] = mapped_column(DIGEST)
    """32 bytes drawn by lot. Whoever knows it still needs a member's signature to sign in."""


class UsedNonceRecord(OfConsortium, Base):
    """A nonce that somebody has signed in with; kept until it would have run out."""

    __tablename__ = "used_nonces"

    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[int] = mapped_column(BigInteger)


class SessionRecord(OfConsortium, Base):
    """One sign-in. What its wallet may do is looked up anew with each request."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    wallet: Mapped[str] = mapped_column(AddressText, index=True)
    person: Mapped[str | None] = mapped_column(PERSON, index=True)
    """Pseudonym of the representative who used the wallet, where one is on file for it."""
    opened_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
