"""Votes: ballots as counted, one row for each member and proposal. A tally is counted from these rows, never kept."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, ProposalIdText


class VoteRecord(Logged, OfConsortium, Base):
    """What a member handed in on a proposal; the last ballot counts."""

    __tablename__ = "votes"
    __table_args__ = (
        reference("proposals", "body_id", "proposal_id"),
        reference("members", "member_id"),
        {"sqlite_with_rowid": False},
    )

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText, primary_key=True)
    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    choice: Mapped[int] = mapped_column(SmallInteger)
    """OpenZeppelin's `support`: 0 against, 1 for, 2 abstain."""
    wallet: Mapped[str] = mapped_column(AddressText)
    """The wallet it was cast with."""
    reason: Mapped[str | None] = mapped_column(Text)
    """As on chain: the commitment to a reason that is kept off chain, or whatever else the voter wrote."""
    cast_at: Mapped[int] = mapped_column(BigInteger)
