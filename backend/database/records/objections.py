"""What stands between a ballot or a decision and its effect: recusals, vetoes, minutes and objections to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Integer, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import EnumNumber, HashText, ProposalIdText
from backend.domain.rules import VetoGround


class _OfProposal(Logged, OfConsortium):
    """A row of one proposal."""

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False, sort_order=-9)
    proposal_id: Mapped[int] = mapped_column(ProposalIdText, primary_key=True, sort_order=-8)


class _Repeatable(_OfProposal):
    """What a member may do more than once to a proposal."""

    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=-7)
    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=91)
    statement_hash: Mapped[str] = mapped_column(HashText)
    """Of the member's grounds, which are kept off chain."""
    raised_at: Mapped[int] = mapped_column(BigInteger)


class RecusalRecord(_OfProposal, Base):
    """A member that takes no part in a vote: out of numerator and denominator, and visible."""

    __tablename__ = "recusals"
    __table_args__ = (reference("proposals", "body_id", "proposal_id"), reference("members", "member_id"))

    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    declared: Mapped[bool] = mapped_column(Boolean)
    """By the member itself; otherwise it follows from what the proposal does."""
    recused_at: Mapped[int] = mapped_column(BigInteger)


class VetoRecord(_Repeatable, Base):
    """A member's veto, standing or withdrawn."""

    __tablename__ = "vetoes"
    __table_args__ = (reference("proposals", "body_id", "proposal_id"), reference("members", "member_id"))

    ground: Mapped[VetoGround] = mapped_column(EnumNumber(VetoGround))
    withdrawn_at: Mapped[int | None] = mapped_column(BigInteger)
    withdrawn_transaction: Mapped[str | None] = mapped_column(HashText)


class MinutesRecord(_OfProposal, Base):
    """Minutes as the registrar recorded them; a later version corrects the one before."""

    __tablename__ = "minutes"
    __table_args__ = (reference("proposals", "body_id", "proposal_id"),)

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    document_hash: Mapped[str] = mapped_column(HashText)
    recorded_at: Mapped[int] = mapped_column(BigInteger)


class ObjectionRecord(_Repeatable, Base):
    """A member's objection to the minutes."""

    __tablename__ = "objections"
    __table_args__ = (reference("proposals", "body_id", "proposal_id"), reference("members", "member_id"))
