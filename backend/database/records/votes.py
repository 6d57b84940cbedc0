"""Votes: ballots as counted, one row for each member and proposal. A tally is counted from these rows, never kept.

That their proposals are on record is checked for each batch that is written, not by the database for each row.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, WithinConsortium
from backend.database.column_types import AddressText, ProposalIdText


class _Ballot(Logged, WithinConsortium):
    """What a member handed in on a proposal."""

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText, primary_key=True)
    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    choice: Mapped[int] = mapped_column(SmallInteger)
    """OpenZeppelin's `support`: 0 against, 1 for, 2 abstain."""
    wallet: Mapped[str] = mapped_column(AddressText)
    """The member's wallet; it signed the ballot unless another member cast it."""
    cast_by: Mapped[int | None] = mapped_column(Integer)
    """The member that cast it by mandate; None for the member itself."""
    revision: Mapped[int] = mapped_column(SmallInteger)
    """How many ballots of its own the member had handed in by then, this one included."""
    reason: Mapped[str | None] = mapped_column(Text)
    """As on chain: the commitment to a reason that is kept off chain, or whatever else the voter wrote."""
    cast_at: Mapped[int] = mapped_column(BigInteger)


class VoteRecord(_Ballot, Base):
    """The ballot that counts: the last one."""

    __tablename__ = "votes"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own way


class EarlierVoteRecord(_Ballot, Base):
    """A ballot that counted until another took its place."""

    __tablename__ = "earlier_votes"

    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=91)
