"""What members had over time: wallets, classes, seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, ClassRecord, SeatRecord, WalletRecord
from backend.domain.accounts import account_name
from backend.queries.consortium import Consortium
from backend.queries.views import ClassSpan, MemberSeat, WalletView


def wallets_of(session: Session, consortium: Consortium, members: Sequence[int]) -> defaultdict[int, list[WalletView]]:
    """Wallets of each member, oldest first."""
    found: defaultdict[int, list[WalletView]] = defaultdict(list)
    rows = session.scalars(
        select(WalletRecord)
        .where(WalletRecord.consortium_id == consortium.id, WalletRecord.member_id.in_(members))
        .order_by(WalletRecord.since, WalletRecord.block_number, WalletRecord.log_index)
    )
    for row in rows:
        account = account_name(consortium.chain_id, row.address)
        found[row.member_id].append(WalletView(row.address, account, row.since, row.revoked_at))
    return found


def revoked_among(wallets: Iterable[WalletView]) -> tuple[str, ...]:
    """Addresses of the wallets left behind, in the order in which they were left."""
    left = [(wallet.revoked_at, wallet.address) for wallet in wallets if wallet.revoked_at is not None]
    return tuple(address for _, address in sorted(left, key=lambda pair: pair[0]))


def classes_over_time(
    session: Session, consortium: Consortium, members: Sequence[int]
) -> defaultdict[int, list[ClassSpan]]:
    """Classes of each member, first to last."""
    found: defaultdict[int, list[ClassSpan]] = defaultdict(list)
    rows = session.scalars(
        select(ClassRecord)
        .where(ClassRecord.consortium_id == consortium.id, ClassRecord.member_id.in_(members))
        .order_by(ClassRecord.since)
    )
    for row in rows:
        found[row.member_id].append(ClassSpan(row.member_class.label, row.since, row.until))
    return found


def seats_of(session: Session, consortium: Consortium, members: Sequence[int]) -> defaultdict[int, list[MemberSeat]]:
    """Seats of each member, held or ended, by body."""
    found: defaultdict[int, list[MemberSeat]] = defaultdict(list)
    of_body = and_(BodyRecord.consortium_id == SeatRecord.consortium_id, BodyRecord.body_id == SeatRecord.body_id)
    rows = session.execute(
        select(SeatRecord, BodyRecord.name)
        .join(BodyRecord, of_body)
        .where(SeatRecord.consortium_id == consortium.id, SeatRecord.member_id.in_(members))
        .order_by(SeatRecord.body_id)
    )
    for row, body in rows:
        found[row.member_id].append(MemberSeat(body, row.granted_at, row.until, row.ended_at))
    return found
