"""Members, and the history of what they were: wallets, statuses, classes, and where they could vote when."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database.base import Base, Logged, OfConsortium, reference
from backend.database.column_types import AddressText, EnumNumber, HashText, NameText
from backend.domain.members import MemberClass, MemberStatus


class MemberRecord(Logged, OfConsortium, Base):
    """An organisation on the roll, as it stands at the newest block read. Logged by its admission."""

    __tablename__ = "members"

    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(NameText, index=True)
    """The consortium's own short name for it."""
    name: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    """ISO 3166-1 alpha-2."""
    member_class: Mapped[MemberClass] = mapped_column(EnumNumber(MemberClass))
    status: Mapped[MemberStatus] = mapped_column(EnumNumber(MemberStatus))
    wallet: Mapped[str] = mapped_column(AddressText)
    rights: Mapped[int] = mapped_column(BigInteger)
    """Bitmap: bit b is set when the member may vote in body b."""
    admitted_at: Mapped[int] = mapped_column(BigInteger)
    accession_hash: Mapped[str | None] = mapped_column(HashText)
    remedy_until: Mapped[int | None] = mapped_column(BigInteger)
    """End of the remedy period of the last notified breach, while it matters."""


class WalletRecord(Logged, OfConsortium, Base):
    """A wallet that belongs or belonged to a member; never to another."""

    __tablename__ = "wallets"
    __table_args__ = (reference("members", "member_id"),)

    address: Mapped[str] = mapped_column(AddressText, primary_key=True)
    member_id: Mapped[int] = mapped_column(Integer)
    since: Mapped[int] = mapped_column(BigInteger)
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)


class StatusRecord(Logged, OfConsortium, Base):
    """One change of a member's status; the first is its admission."""

    __tablename__ = "statuses"
    __table_args__ = (reference("members", "member_id"),)

    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    block_number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=91)
    status: Mapped[MemberStatus] = mapped_column(EnumNumber(MemberStatus))
    since: Mapped[int] = mapped_column(BigInteger)


class ClassRecord(OfConsortium, Base):
    """A span of time in which a member was of one class: `since <= t`, and `t < until` unless it lasts."""

    __tablename__ = "classes"
    __table_args__ = (reference("members", "member_id"),)

    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    since: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    until: Mapped[int | None] = mapped_column(BigInteger)
    member_class: Mapped[MemberClass] = mapped_column(EnumNumber(MemberClass))


class EntitlementRecord(OfConsortium, Base):
    """A span of time in which a member could vote in a body: `since <= t`, and `t < until` unless it lasts.

    The electorate of a proposal is whoever has such a span around the second of its snapshot.
    """

    __tablename__ = "entitlements"
    __table_args__ = (reference("members", "member_id"), reference("bodies", "body_id"))

    body_id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    since: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    until: Mapped[int | None] = mapped_column(BigInteger)
