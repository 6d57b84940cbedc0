"""What a proposal enters in the consortium's public record, and whether that is the text it was published with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord, ResolutionRecord
from backend.documents.cid import hash_in
from backend.errors import DocumentError
from backend.queries.consortium import Consortium
from backend.queries.filed import Key
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


def resolutions_of(
    session: Session, consortium: Consortium, proposals: Iterable[ProposalRecord]
) -> dict[Key, tuple[ResolutionView, ...]]:
    """What the execution of each of these proposals entered in the record, in order; none where it entered nothing."""
    executed = {(one.body_id, one.proposal_id): one.executed_transaction for one in proposals}
    sent = {transaction for transaction in executed.values() if transaction is not None}
    if not sent:
        return {}
    rows = session.scalars(
        select(ResolutionRecord)
        .where(ResolutionRecord.consortium_id == consortium.id, ResolutionRecord.transaction_hash.in_(sent))
        .order_by(ResolutionRecord.block_number, ResolutionRecord.log_index)
    )
    entered: defaultdict[tuple[int, str], list[ResolutionView]] = defaultdict(list)
    for row in rows:
        view = ResolutionView(row.text_hash, row.recorded_at, row.transaction_hash)
        entered[row.body_id, row.transaction_hash].append(view)
    return {key: tuple(entered[key[0], transaction]) for key, transaction in executed.items() if transaction}


def _resolves(consortium: Consortium, call: CallView) -> bool:
    return call.function in RESOLVE and call.target == consortium.records
