"""Votes: one for each member and proposal, the last ballot counts."""

from __future__ import annotations

from backend.domain.events import Place, VoteCast
from backend.indexer.projections.projection import Projection


def vote_cast(batch: Projection, event: VoteCast, place: Place) -> None:
    """A member's ballot, whichever of its wallets it was cast with."""
    body_id = batch.governors[place.emitter]
    member_id = batch.wallets[event.voter]
    batch.votes[body_id, event.proposal_id, member_id] = {
        "consortium_id": batch.consortium_id,
        "body_id": body_id,
        "proposal_id": event.proposal_id,
        "member_id": member_id,
        "choice": event.support,
        "wallet": event.voter,
        "reason": event.reason or None,
        "cast_at": place.block_time,
        "block_number": place.block_number,
        "log_index": place.log_index,
        "transaction_hash": place.transaction_hash,
    }
