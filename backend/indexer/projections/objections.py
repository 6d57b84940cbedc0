"""What delays or prevents the effect of a decision: vetoes, minutes and objections to them."""

from __future__ import annotations

from backend.database.records import MinutesRecord, ObjectionRecord, VetoRecord
from backend.domain.events import MinutesObjected, MinutesRecorded, Place, VetoRaised, VetoWithdrawn
from backend.indexer.projections.projection import Projection, logged_at


def veto_raised(batch: Projection, event: VetoRaised, place: Place) -> None:
    """The veto stands until it is withdrawn."""
    batch.insert(
        VetoRecord,
        body_id=batch.governors[place.emitter],
        proposal_id=event.proposal_id,
        member_id=event.member_id,
        ground=event.ground,
        statement_hash=event.statement_hash,
        raised_at=place.block_time,
        **logged_at(place),
    )


def veto_withdrawn(batch: Projection, event: VetoWithdrawn, place: Place) -> None:
    """The one that stood does not stand any more."""
    standing = {
        "body_id": batch.governors[place.emitter],
        "proposal_id": event.proposal_id,
        "member_id": event.member_id,
        "withdrawn_at": None,
    }
    batch.update(VetoRecord, standing, withdrawn_at=place.block_time, withdrawn_transaction=place.transaction_hash)


def minutes_recorded(batch: Projection, event: MinutesRecorded, place: Place) -> None:
    """A draft, or a corrected version."""
    batch.insert(
        MinutesRecord,
        body_id=batch.governors[place.emitter],
        proposal_id=event.proposal_id,
        version=event.version,
        document_hash=event.document_hash,
        recorded_at=place.block_time,
        **logged_at(place),
    )


def minutes_objected(batch: Projection, event: MinutesObjected, place: Place) -> None:
    """The decision waits for corrected minutes."""
    batch.insert(
        ObjectionRecord,
        body_id=batch.governors[place.emitter],
        proposal_id=event.proposal_id,
        member_id=event.member_id,
        statement_hash=event.statement_hash,
        raised_at=place.block_time,
        **logged_at(place),
    )
