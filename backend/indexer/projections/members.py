"""Members: who they are, where they stand, which wallet is theirs, and where they could vote when."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from backend.database.base import Base, table_of
from backend.database.records import ClassRecord, EntitlementRecord, MemberRecord, StatusRecord, WalletRecord
from backend.domain.events import (
    AccessionRecorded,
    BreachNotified,
    MemberAdmitted,
    MemberClassChanged,
    MemberStatusChanged,
    Place,
    VotingRightsChanged,
    WalletRotated,
)
from backend.domain.members import MemberStatus
from backend.domain.values import Address, MemberId
from backend.indexer.projections.mandates import end_rotation
from backend.indexer.projections.projection import Projection, logged_at


def member_admitted(batch: Projection, event: MemberAdmitted, place: Place) -> None:
    """A new row on the roll, with the beginnings of its histories."""
    batch.insert(
        MemberRecord,
        member_id=event.member_id,
        code=event.code,
        name=event.name,
        country=event.country,
        member_class=event.member_class,
        status=MemberStatus.ADMITTED,
        wallet=event.wallet,
        rights=0,
        admitted_at=place.block_time,
        **logged_at(place),
    )
    _add_status(batch, event.member_id, MemberStatus.ADMITTED, place)
    _add_wallet(batch, event.member_id, event.wallet, place)
    batch.insert(
        ClassRecord, member_id=event.member_id, since=place.block_time, until=None, member_class=event.member_class
    )


def accession_recorded(batch: Projection, event: AccessionRecorded, _place: Place) -> None:
    """The signed document is on record."""
    _change(batch, event.member_id, accession_hash=event.document_hash)


def member_status_changed(batch: Projection, event: MemberStatusChanged, place: Place) -> None:
    """Where the member stands now; a remedied breach is over."""
    _change(batch, event.member_id, status=event.current)
    if event.current == MemberStatus.ACTIVE:
        _change(batch, event.member_id, remedy_until=None)
    _add_status(batch, event.member_id, event.current, place)


def member_class_changed(batch: Projection, event: MemberClassChanged, place: Place) -> None:
    """The span of the old class ends, that of the new one begins."""
    _change(batch, event.member_id, member_class=event.current)
    _end_span(batch, ClassRecord, place, member_id=event.member_id)
    batch.upsert(ClassRecord, member_id=event.member_id, since=place.block_time, until=None, member_class=event.current)


def breach_notified(batch: Projection, event: BreachNotified, _place: Place) -> None:
    """The remedy period runs."""
    _change(batch, event.member_id, remedy_until=event.remedy_until)


def voting_rights_changed(batch: Projection, event: VotingRightsChanged, place: Place) -> None:
    """For each body whose bit changed, a span of entitlement begins or ends."""
    members = table_of(MemberRecord)
    owned = batch.owns(MemberRecord, member_id=event.member_id)
    before = batch.connection.execute(select(members.c.rights).where(owned)).scalar_one()
    for body_id in range((before | event.rights).bit_length()):
        bit = 1 << body_id
        if not (before ^ event.rights) & bit:
            continue
        change = _begin_entitlement if event.rights & bit else _end_entitlement
        change(batch, event.member_id, body_id, place)
    _change(batch, event.member_id, rights=event.rights)


def wallet_rotated(batch: Projection, event: WalletRotated, place: Place) -> None:
    """The old wallet is revoked for ever, the new one is the member's; no other one is waited for any more."""
    batch.update(WalletRecord, {"address": event.previous}, revoked_at=place.block_time)
    _add_wallet(batch, event.member_id, event.current, place)
    _change(batch, event.member_id, wallet=event.current)
    end_rotation(batch, event.member_id)


def _change(batch: Projection, member_id: MemberId, **values: object) -> None:
    batch.update(MemberRecord, {"member_id": member_id}, **values)


def _add_status(batch: Projection, member_id: MemberId, status: MemberStatus, place: Place) -> None:
    batch.insert(StatusRecord, member_id=member_id, status=status, since=place.block_time, **logged_at(place))


def _add_wallet(batch: Projection, member_id: MemberId, wallet: Address, place: Place) -> None:
    batch.insert(
        WalletRecord,
        address=wallet,
        member_id=member_id,
        since=place.block_time,
        revoked_at=None,
        **logged_at(place),
    )
    batch.wallets[wallet] = member_id


def _begin_entitlement(batch: Projection, member_id: MemberId, body_id: int, place: Place) -> None:
    spans = table_of(EntitlementRecord)
    key = {"body_id": body_id, "member_id": member_id}
    ended_just_now = batch.connection.execute(
        select(spans.c.since).where(batch.owns(EntitlementRecord, **key, until=place.block_time))
    ).scalar()
    # Within one second the last change is the one that counts: a span that ended in it did not end.
    since = place.block_time if ended_just_now is None else ended_just_now
    batch.upsert(EntitlementRecord, **key, since=since, until=None)


def _end_entitlement(batch: Projection, member_id: MemberId, body_id: int, place: Place) -> None:
    _end_span(batch, EntitlementRecord, place, body_id=body_id, member_id=member_id)


def _end_span(batch: Projection, record: type[Base], place: Place, **key: Any) -> None:  # noqa: ANN401  # values of a key
    batch.connection.execute(delete(table_of(record)).where(batch.owns(record, **key, since=place.block_time)))
    still_open = batch.owns(record, **key, until=None)
    batch.connection.execute(update(table_of(record)).where(still_open).values(until=place.block_time))
