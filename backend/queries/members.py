"""Members of the consortium, as the mirror knows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, MemberRecord, RotationRecord, StatusRecord, WalletRecord
from backend.errors import MemberNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.keys import name_in, number_in
from backend.queries.mandates import list_mandates
from backend.queries.views import MandateView, MemberView, RotationView, StatusChange


def list_members(session: Session, consortium: Consortium, now: int) -> tuple[MemberView, ...]:
    """Every member ever admitted, by number."""
    members = session.scalars(
        select(MemberRecord).where(MemberRecord.consortium_id == consortium.id).order_by(MemberRecord.member_id)
    ).all()
    return _views(session, consortium, members, now)


def find_member(session: Session, consortium: Consortium, key: str, now: int) -> MemberView:
    """Find a member by its number or its code.

    Raises:
        MemberNotFoundError: no such member.
    """
    return _views(session, consortium, [find_member_record(session, consortium, key)], now)[0]


def find_member_record(session: Session, consortium: Consortium, key: str) -> MemberRecord:
    """Find the row of a member by its number or its code; where a code was given twice, the first to have it.

    Raises:
        MemberNotFoundError: no such member.
    """
    number = number_in(key)
    wanted = MemberRecord.code == name_in(key) if number is None else MemberRecord.member_id == number
    member = session.scalar(
        select(MemberRecord)
        .where(MemberRecord.consortium_id == consortium.id, wanted)
        .order_by(MemberRecord.member_id)
        .limit(1)
    )
    if member is None:
        raise MemberNotFoundError(key)
    return member


def _views(
    session: Session, consortium: Consortium, members: Sequence[MemberRecord], now: int
) -> tuple[MemberView, ...]:
    numbers = [member.member_id for member in members]
    histories = _histories(session, consortium, numbers)
    revoked = _revoked_wallets(session, consortium, numbers)
    bodies = session.scalars(
        select(BodyRecord).where(BodyRecord.consortium_id == consortium.id).order_by(BodyRecord.body_id)
    ).all()
    rotations = _rotations(session, consortium)
    mandates: defaultdict[int, list[MandateView]] = defaultdict(list)
    for mandate in list_mandates(session, consortium, now, in_force=True):
        mandates[mandate.principal.id].append(mandate)
    return tuple(
        replace(
            _view(member, bodies, revoked[member.member_id], histories[member.member_id]),
            rotation=rotations.get(member.member_id),
            mandates=tuple(mandates[member.member_id]),
        )
        for member in members
    )


def _view(
    member: MemberRecord, bodies: Sequence[BodyRecord], revoked: list[str], history: list[StatusChange]
) -> MemberView:
    return MemberView(
        id=member.member_id,
        code=member.code,
        name=member.name,
        country=member.country,
        member_class=member.member_class.label,
        status=member.status.label,
        wallet=member.wallet,
        revoked_wallets=tuple(revoked),
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


def _revoked_wallets(session: Session, consortium: Consortium, numbers: Sequence[int]) -> defaultdict[int, list[str]]:
    revoked: defaultdict[int, list[str]] = defaultdict(list)
    rows = session.scalars(
        select(WalletRecord)
        .where(
            WalletRecord.consortium_id == consortium.id,
            WalletRecord.member_id.in_(numbers),
            WalletRecord.revoked_at.is_not(None),
        )
        .order_by(WalletRecord.revoked_at, WalletRecord.block_number, WalletRecord.log_index)
    )
    for row in rows:
        revoked[row.member_id].append(row.address)
    return revoked
