"""Tokens of machines: what each may do, for whom, until when."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium
from backend.database.desk.sessions import DIGEST, PERSON

MOST_LABEL = 100


class TokenRecord(OfConsortium, Base):
    """One token; the secret itself was shown once, when it was made."""

    __tablename__ = "tokens"
    __table_args__ = (
        UniqueConstraint("consortium_id", "secret_hash"),
        Index(None, "consortium_id", "created_by", "idempotency_key", unique=True),
    )

    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    """Public: what lists and logs call it."""
    secret_hash: Mapped[str] = mapped_column(DIGEST)
    label: Mapped[str] = mapped_column(String(MOST_LABEL))
    """What it is for, in the words of whoever made it."""
    role: Mapped[str] = mapped_column(String(16))
    """`machine` or `auditor`."""
    scopes: Mapped[list[str]] = mapped_column(JSON)
    member_id: Mapped[int | None] = mapped_column(Integer)
    """The member it acts for; None for one that acts for no member."""
    person: Mapped[str | None] = mapped_column(PERSON, index=True)
    """Pseudonym of the representative it was made for, if it was made for one."""
    created_by: Mapped[str | None] = mapped_column(String(64))
    """Who made it, as `Caller.name` says; it ends with what they may do. None for one that the operator made."""
    idempotency_key: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[int] = mapped_column(BigInteger)
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)
