"""When something was last said or done on proposals, or time last moved them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.database.records import MinutesRecord, ObjectionRecord, ProposalRecord, VetoRecord
from backend.queries.consortium import Consortium

SAID: tuple[tuple[type[MinutesRecord | ObjectionRecord | VetoRecord], InstrumentedAttribute[int]], ...] = (
    (MinutesRecord, MinutesRecord.recorded_at),
    (ObjectionRecord, ObjectionRecord.raised_at),
    (VetoRecord, VetoRecord.raised_at),
)


def last_changes(session: Session, consortium: Consortium, proposals: Sequence[int], now: int) -> dict[int, int]:
    """Say when each of these proposals last changed, ballots apart, as a second not after `now`."""
    changed: dict[int, int] = {}
    for proposal_id, second in (*_of_rows(session, consortium, proposals, now), *_said(session, consortium, proposals)):
        changed[proposal_id] = max(second, changed.get(proposal_id, 0))
    return changed


def _of_rows(session: Session, consortium: Consortium, proposals: Sequence[int], now: int) -> Iterator[tuple[int, int]]:
    p = ProposalRecord
    dated = (p.created_at, p.opens_at, p.closes_at, p.approval_at, p.queued_at, p.executed_at, p.canceled_at)
    rows = session.execute(
        select(p.proposal_id, *dated).where(p.consortium_id == consortium.id, p.proposal_id.in_(proposals))
    )
    for proposal_id, created_at, *later in rows:
        yield proposal_id, max([created_at, *(second for second in later if second is not None and second <= now)])


def _said(session: Session, consortium: Consortium, proposals: Sequence[int]) -> Iterator[tuple[int, int]]:
    dated = [*SAID, (VetoRecord, VetoRecord.withdrawn_at)]
    for record, second in dated:
        rows = session.execute(
            select(record.proposal_id, func.max(second))
            .where(record.consortium_id == consortium.id, record.proposal_id.in_(proposals), second.is_not(None))
            .group_by(record.proposal_id)
        )
        yield from ((proposal_id, last) for proposal_id, last in rows if last is not None)
