"""Bodies, their seats and chairs, and the offices of the consortium."""

from __future__ import annotations

from sqlalchemy import update

from backend.database.base import table_of
from backend.database.records import BodyRecord, ConsortiumRecord, SeatRecord
from backend.domain.events import (
    ApproverChanged,
    BodyCreated,
    ChairSet,
    DAOURIUpdate,
    FactoryChanged,
    Place,
    RegistrarChanged,
    SeatEnded,
    SeatGranted,
)
from backend.indexer.projections.projection import Projection, logged_at


def body_created(batch: Projection, event: BodyCreated, place: Place) -> None:
    """A new organ; from now on its governor and its timelock are heard."""
    batch.insert(
        BodyRecord,
        body_id=event.body_id,
        name=event.name,
        governor=event.governor,
        timelock=event.timelock,
        classes=event.classes,
        created_at=place.block_time,
        chair_id=None,
        **logged_at(place),
    )
    batch.governors[event.governor] = event.body_id
    batch.timelocks[event.timelock] = event.body_id


def seat_granted(batch: Projection, event: SeatGranted, place: Place) -> None:
    """The member has a seat, be it for the first time, again, or for another term."""
    batch.upsert(
        SeatRecord,
        body_id=event.body_id,
        member_id=event.member_id,
        granted_at=place.block_time,
        until=event.until,
        ended_at=None,
        **logged_at(place),
    )


def seat_ended(batch: Projection, event: SeatEnded, place: Place) -> None:
    """The seat is given up or taken."""
    key = {"body_id": event.body_id, "member_id": event.member_id}
    batch.update(SeatRecord, key, ended_at=place.block_time)


def chair_set(batch: Projection, event: ChairSet, _place: Place) -> None:
    """Another member's ballot breaks ties in proposals filed from now on."""
    batch.update(BodyRecord, {"body_id": event.body_id}, chair_id=event.member_id)


def registrar_changed(batch: Projection, event: RegistrarChanged, _place: Place) -> None:
    """Another account does the clerical acts."""
    _change(batch, registrar=event.current)


def approver_changed(batch: Projection, event: ApproverChanged, _place: Place) -> None:
    """Another account gives the second signature for a lost wallet."""
    _change(batch, approver=event.current)


def factory_changed(batch: Projection, event: FactoryChanged, _place: Place) -> None:
    """Another contract makes the bodies that are decided on."""
    _change(batch, factory=event.current)


def dao_uri_update(batch: Projection, event: DAOURIUpdate, _place: Place) -> None:
    """The consortium describes itself elsewhere."""
    _change(batch, dao_uri=event.uri)


def _change(batch: Projection, **values: str) -> None:
    consortia = table_of(ConsortiumRecord)
    batch.connection.execute(update(consortia).where(consortia.c.id == batch.consortium_id).values(**values))
