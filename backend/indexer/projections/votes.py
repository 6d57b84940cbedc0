"""Votes: one for each member and proposal, the last ballot counts; and members that take no part."""

from __future__ import annotations

from backend.database.records import RecusalRecord
from backend.domain.events import BallotCounted, MemberRecused, Place, VoteCast
from backend.indexer.projections.projection import Projection, logged_at


def vote_cast(batch: Projection, event: VoteCast, place: Place) -> None:
    """A member's ballot, whichever of its wallets it was cast with; its first, unless `ballot_counted` follows."""
    body_id = batch.governors[place.emitter]
    member_id = batch.wallets[event.voter]
    ballot = {
        "consortium_id": batch.consortium_id,
        "body_id": body_id,
        "proposal_id": event.proposal_id,
        "member_id": member_id,
        "choice": event.support,
        "wallet": event.voter,
        "cast_by": None,
        "revision": 1,
        "reason": event.reason or None,
        "cast_at": place.block_time,
        "block_number": place.block_number,
        "log_index": place.log_index,
        "transaction_hash": place.transaction_hash,
    }
    batch.cast((body_id, event.proposal_id, member_id), ballot)


def ballot_counted(batch: Projection, event: BallotCounted, place: Place) -> None:
    """Said right after a ballot that took the place of another, or that another member cast."""
    key = (batch.governors[place.emitter], event.proposal_id, event.member_id)
    cast_by = None if event.cast_by == event.member_id else event.cast_by
    batch.votes[key].update(cast_by=cast_by, revision=event.revision)
    if event.previous is not None:
        batch.keep_earlier(key)


def member_recused(batch: Projection, event: MemberRecused, place: Place) -> None:
    """The member leaves numerator and denominator."""
    batch.insert(
        RecusalRecord,
        body_id=batch.governors[place.emitter],
        proposal_id=event.proposal_id,
        member_id=event.member_id,
        declared=event.declared,
        recused_at=place.block_time,
        **logged_at(place),
    )
