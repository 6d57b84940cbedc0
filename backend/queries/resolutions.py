"""What a proposal enters in the consortium's public record, and whether that is the text it was published with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord, ResolutionRecord
from backend.documents.cid import hash_in
from backend.errors import DocumentError
from backend.queries.consortium import Consortium
from backend.queries.views import CallView, ResolutionView

RESOLVE = frozenset({"resolve(uint16,bytes32)", "resolveFor(uint16,uint16,bytes32)"})


def matches_text(consortium: Consortium, calls: Sequence[CallView], cid: str) -> bool | None:
    """Whether each resolution in the calls records the hash in this CID; None where there is no resolution.

    The calls are part of what is voted on, and so is the CID: nothing on chain makes them name the same text.
    """
    recorded = [dict(call.arguments).get("textHash") for call in calls if _resolves(consortium, call)]
    if not recorded:
        return None
    try:
        return all(text_hash == hash_in(cid) for text_hash in recorded)
    except DocumentError:
        return False


def resolutions_of(session: Session, consortium: Consortium, proposal: ProposalRecord) -> tuple[ResolutionView, ...]:
    """What the proposal's execution entered in the record, in order."""
    rows = session.scalars(
        select(ResolutionRecord)
        .where(
            ResolutionRecord.consortium_id == consortium.id,
            ResolutionRecord.body_id == proposal.body_id,
            ResolutionRecord.transaction_hash == proposal.executed_transaction,
        )
        .order_by(ResolutionRecord.block_number, ResolutionRecord.log_index)
    )
    return tuple(ResolutionView(row.text_hash, row.recorded_at, row.transaction_hash) for row in rows)


def _resolves(consortium: Consortium, call: CallView) -> bool:
    return call.function in RESOLVE and call.target == consortium.records
