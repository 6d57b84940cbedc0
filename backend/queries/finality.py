"""Up to which second of the chain's clock nothing can change any more."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from backend.database.journal import BlockRecord, CursorRecord, EventRecord
from backend.queries.consortium import Consortium


def final_until(session: Session, consortium: Consortium) -> int:
    """Time of the newest final block that is known: whatever happened before it has happened. 0 before the first."""
    cursor = session.get(CursorRecord, consortium.id)
    if cursor is None:
        return 0
    if cursor.next_block - 1 <= cursor.finalized_number:
        return cursor.block_time
    newest = select(func.max(BlockRecord.time)).where(
        BlockRecord.consortium_id == consortium.id, BlockRecord.number <= cursor.finalized_number
    )
    return session.scalar(newest) or 0


def is_settled(session: Session, consortium: Consortium, proposal_id: int) -> bool:
    """Whether nothing that is on record of a proposal stands in a block that may still be reorganised."""
    e, cursor = EventRecord, session.get(CursorRecord, consortium.id)
    if cursor is None:
        return False
    provisional = exists().where(
        e.consortium_id == consortium.id,
        e.block_number > cursor.finalized_number,
        e.arguments.contains(str(proposal_id)),
    )
    return not session.scalar(select(provisional))
