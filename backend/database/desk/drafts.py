"""Proposals that somebody is still writing: they belong to the organisation, and nobody's name is kept with them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, OfConsortium

DRAFT_ID = String(24)
MOST_KIND, MOST_TITLE = 64, 200


class DraftRecord(OfConsortium, Base):
    """One draft, as it was last saved."""

    __tablename__ = "drafts"

    draft_id: Mapped[str] = mapped_column(DRAFT_ID, primary_key=True)
    """Drawn by lot."""
    member_id: Mapped[int] = mapped_column(Integer, index=True)
    """The organisation whose it is."""
    kind: Mapped[str] = mapped_column(String(MOST_KIND))
    title: Mapped[str] = mapped_column(String(MOST_TITLE))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What stands in the form's fields, in order or not."""
    size: Mapped[int] = mapped_column(Integer)
    """Bytes of the content."""
    version: Mapped[int] = mapped_column(Integer)
    """From 1; moves with each saving, so that nobody overwrites what somebody else has saved meanwhile."""
    created_at: Mapped[int] = mapped_column(BigInteger)
    saved_at: Mapped[int] = mapped_column(BigInteger)
