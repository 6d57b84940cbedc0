"""Bodies, their seats, and the registrar's office."""

from __future__ import annotations

from sqlalchemy import update

from backend.database.base import table_of
from backend.database.records import BodyRecord, ConsortiumRecord, SeatRecord
from backend.domain.events import BodyCreated, Place, RegistrarChanged, SeatEnded, SeatGranted
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
        **logged_at(place),
    )
    batch.governors[event.governor] = event.body_id
    batch.timelocks[event.timelock] = event.body_id


def seat_granted(batch: Projection, event: SeatGranted, place: Place) -> None:
    """The member has a seat, be it for the first time or again."""
    batch.upsert(
        SeatRecord,
        body_id=event.body_id,
        member_id=event.member_id,
        granted_at=place.block_time,
        ended_at=None,
        **logged_at(place),
    )


def seat_ended(batch: Projection, event: SeatEnded, place: Place) -> None:
    """The seat is given up or taken."""
    key = {"body_id": event.body_id, "member_id": event.member_id}
    batch.update(SeatRecord, key, ended_at=place.block_time)


def registrar_changed(batch: Projection, event: RegistrarChanged, _place: Place) -> None:
    """Another account does the clerical acts."""
    consortia = table_of(ConsortiumRecord)
    batch.connection.execute(
        update(consortia).where(consortia.c.id == batch.consortium_id).values(registrar=event.current)
    )
