"""Documents whose hashes the registrar or a body put on record."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import AnchorRecord
from backend.queries.consortium import Consortium
from backend.queries.keys import name_in
from backend.queries.status import finality_of, read_finalized
from backend.queries.views import AnchorView


def list_anchors(session: Session, consortium: Consortium, topic: str | None = None) -> tuple[AnchorView, ...]:
    """Every anchored document, newest first; only those of one topic if asked."""
    statement = select(AnchorRecord).where(AnchorRecord.consortium_id == consortium.id)
    if topic is not None:
        statement = statement.where(AnchorRecord.topic == name_in(topic))
    finalized = read_finalized(session, consortium)
    rows = session.scalars(statement.order_by(AnchorRecord.block_number.desc(), AnchorRecord.log_index.desc()))
    return tuple(
        AnchorView(
            topic=row.topic,
            document_hash=row.document_hash,
            author=row.author,
            anchored_at=row.anchored_at,
            block_number=row.block_number,
            transaction_hash=row.transaction_hash,
            finality=finality_of(row.block_number, finalized),
        )
        for row in rows
    )
