"""Members of the consortium, as the mirror knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, MemberRecord, RotationRecord, StatusRecord, WalletRecord
from backend.domain.accounts import account_name, address_in
from backend.domain.folding import folded
from backend.errors import MemberNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.keys import name_in, number_in
from backend.queries.mandates import list_mandates
from backend.queries.member_spans import classes_over_time, revoked_among, seats_of, wallets_of
from backend.queries.parts import WHOLE, Asked, part_of
from backend.queries.views import MandateView, MemberView, Page, RotationView, StatusChange


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which members are asked for; what is None asks for nothing."""

    status: str | None = None
    member_class: str | None = None
    country: str | None = None
    words: str | None = None
    """All of them are in its name or code."""

    def admits(self, member: MemberRecord) -> bool:
        """Whether the member is one of them."""
        said = folded(f"{member.name} {member.code}")
        return (
            self.status in (None, member.status.label)
            and self.member_class in (None, member.member_class.label)
            and self.country in (None, member.country)
            and all(word in said for word in folded(self.words or "").split())
        )


ALL_MEMBERS = MemberFilter()


def list_members(
    session: Session, consortium: Consortium, now: int, wanted: MemberFilter = ALL_MEMBERS
) -> tuple[MemberView, ...]:
    """Every member ever admitted that the filter admits, by number."""
    return page_of_members(session, consortium, now, wanted, WHOLE).items


def page_of_members(
    session: Session, consortium: Consortium, now: int, wanted: MemberFilter, asked: Asked
) -> Page[MemberView]:
    """One part of them.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    every = session.scalars(
        select(MemberRecord).where(MemberRecord.consortium_id == consortium.id).order_by(MemberRecord.member_id)
    )
    admitted = [member for member in every if wanted.admits(member)]
    part = part_of(admitted, asked, 1, lambda member: (member.member_id,))
    return Page(_views(session, consortium, part.items, now), part.total, part.next_cursor)


def find_member(session: Session, consortium: Consortium, key: str, now: int) -> MemberView:
    """Find a member by its number or its code.

    Raises:
        MemberNotFoundError: no such member.
    """
    return _views(session, consortium, [find_member_record(session, consortium, key)], now)[0]


def find_member_record(session: Session, consortium: Consortium, key: str) -> MemberRecord:
    """Find the row of a member by its number, its code or any wallet it has or had, as an address or by CAIP-10.

    Where a code was given twice, the first member to have it.

    Raises:
        MemberNotFoundError: no such member.
    """
    member = session.scalar(
        select(MemberRecord)
        .where(MemberRecord.consortium_id == consortium.id, _named(consortium, key))
        .order_by(MemberRecord.member_id)
        .limit(1)
    )
    if member is None:
        raise MemberNotFoundError(key)
    return member


def _named(consortium: Consortium, key: str) -> ColumnElement[bool]:
    address, number = address_in(key, consortium.chain_id), number_in(key)
    if address is not None:
        wallet = select(WalletRecord.member_id).where(
            WalletRecord.consortium_id == consortium.id, func.lower(WalletRecord.address) == address.lower()
        )
        return MemberRecord.member_id.in_(wallet)
    return MemberRecord.code == name_in(key) if number is None else MemberRecord.member_id == number


def _views(
    session: Session, consortium: Consortium, members: Sequence[MemberRecord], now: int
) -> tuple[MemberView, ...]:
    numbers = [member.member_id for member in members]
    histories = _histories(session, consortium, numbers)
    wallets = wallets_of(session, consortium, numbers)
    classes = classes_over_time(session, consortium, numbers)
    seats = seats_of(session, consortium, numbers)
    bodies = session.scalars(
        select(BodyRecord).where(BodyRecord.consortium_id == consortium.id).order_by(BodyRecord.body_id)
    ).all()
    rotations = _rotations(session, consortium)
    mandates: defaultdict[int, list[MandateView]] = defaultdict(list)
    for mandate in list_mandates(session, consortium, now, in_force=True):
        mandates[mandate.principal.id].append(mandate)
    return tuple(
        replace(
            _view(member, bodies, histories[member.member_id]),
            account=account_name(consortium.chain_id, member.wallet),
            wallets=tuple(wallets[member.member_id]),
            revoked_wallets=revoked_among(wallets[member.member_id]),
            classes=tuple(classes[member.member_id]),
            seats=tuple(seats[member.member_id]),
            rotation=rotations.get(member.member_id),
            mandates=tuple(mandates[member.member_id]),
        )
        for member in members
    )


def _view(member: MemberRecord, bodies: Sequence[BodyRecord], history: list[StatusChange]) -> MemberView:
    return MemberView(
        id=member.member_id,
        code=member.code,
        name=member.name,
        country=member.country,
        member_class=member.member_class.label,
        status=member.status.label,
        wallet=member.wallet,
        revoked_wallets=(),
        accession_hash=member.accession_hash,
        admitted_at=member.admitted_at,
        remedy_until=member.remedy_until,
        bodies=tuple(body.name for body in bodies if member.rights >> body.body_id & 1),
        rotation=None,
        mandates=(),
        history=tuple(history),
    )


def _histories(
    session: Session, consortium: Consortium, numbers: Sequence[int]
) -> defaultdict[int, list[StatusChange]]:
    histories: defaultdict[int, list[StatusChange]] = defaultdict(list)
    rows = session.scalars(
        select(StatusRecord)
        .where(StatusRecord.consortium_id == consortium.id, StatusRecord.member_id.in_(numbers))
        .order_by(StatusRecord.block_number, StatusRecord.log_index)
    )
    for row in rows:
        histories[row.member_id].append(StatusChange(row.status.label, row.since, row.transaction_hash))
    return histories


def _rotations(session: Session, consortium: Consortium) -> dict[int, RotationView]:
    rows = session.scalars(select(RotationRecord).where(RotationRecord.consortium_id == consortium.id))
    return {
        row.member_id: RotationView(row.new_wallet, row.proposed_at, row.effective_from, row.transaction_hash)
        for row in rows
    }
