"""What bodies and the registrar wrote down."""

from __future__ import annotations

from backend.database.records import AnchorRecord, ResolutionRecord
from backend.domain.events import Anchored, Place, Resolved, ResolvedFor
from backend.indexer.projections.projection import Projection, logged_at


def resolved(batch: Projection, event: Resolved, place: Place) -> None:
    """A body wrote its decision down."""
    _resolution(batch, event, place, member_id=None)


def resolved_for(batch: Projection, event: ResolvedFor, place: Place) -> None:
    """A body wrote down a decision about one member."""
    _resolution(batch, event, place, member_id=event.member_id)


def anchored(batch: Projection, event: Anchored, place: Place) -> None:
    """The registrar or a body put the hash of a document on record."""
    batch.insert(
        AnchorRecord,
        author=event.by,
        topic=event.topic,
        document_hash=event.document_hash,
        anchored_at=place.block_time,
        **logged_at(place),
    )


def _resolution(batch: Projection, event: Resolved | ResolvedFor, place: Place, member_id: int | None) -> None:
    batch.insert(
        ResolutionRecord,
        body_id=batch.timelocks[event.timelock],
        kind_id=event.kind_id,
        member_id=member_id,
        text_hash=event.text_hash,
        recorded_at=place.block_time,
        **logged_at(place),
    )
