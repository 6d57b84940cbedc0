"""Who may cast whose ballot, and lost wallets on their way to be replaced."""

from __future__ import annotations

from sqlalchemy import delete

from backend.database.base import table_of
from backend.database.records import MandateRecord, RotationRecord
from backend.domain.events import (
    MandateGranted,
    MandateRevoked,
    Place,
    RotationApproved,
    RotationProposed,
    RotationStopped,
)
from backend.domain.values import MemberId
from backend.indexer.projections.projection import Projection, logged_at


def mandate_granted(batch: Projection, event: MandateGranted, place: Place) -> None:
    """Takes the place of the mandate given before in that body."""
    batch.upsert(
        MandateRecord,
        body_id=event.body_id,
        principal_id=event.principal_id,
        holder_id=event.holder_id,
        proposal_id=event.proposal_id,
        granted_at=place.block_time,
        until=event.until,
        revoked_at=None,
        **logged_at(place),
    )


def mandate_revoked(batch: Projection, event: MandateRevoked, place: Place) -> None:
    """The member casts its ballots itself again."""
    key = {"body_id": event.body_id, "principal_id": event.principal_id}
    batch.update(MandateRecord, key, revoked_at=place.block_time)


def rotation_proposed(batch: Projection, event: RotationProposed, place: Place) -> None:
    """The registrar asks for another wallet; a new request takes the place of an earlier one."""
    batch.upsert(
        RotationRecord,
        member_id=event.member_id,
        new_wallet=event.new_wallet,
        proposed_at=place.block_time,
        effective_from=None,
        **logged_at(place),
    )


def rotation_approved(batch: Projection, event: RotationApproved, _place: Place) -> None:
    """The delay runs in which the old wallet may stop it."""
    key = {"member_id": event.member_id, "new_wallet": event.new_wallet}
    batch.update(RotationRecord, key, effective_from=event.effective_from)


def rotation_stopped(batch: Projection, event: RotationStopped, _place: Place) -> None:
    """The wallet stays."""
    end_rotation(batch, event.member_id)


def end_rotation(batch: Projection, member_id: MemberId) -> None:
    """Drop what was asked for, if anything was."""
    batch.connection.execute(delete(table_of(RotationRecord)).where(batch.owns(RotationRecord, member_id=member_id)))
