"""Documents whose hashes the registrar or a body put on record."""

from __future__ import annotations

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import AnchorRecord
from backend.queries.consortium import Consortium
from backend.queries.keys import cursor_from, name_in, position_in
from backend.queries.parts import Asked
from backend.queries.status import finality_of, read_finalized
from backend.queries.views import AnchorView, Page

A = AnchorRecord


def list_anchors(session: Session, consortium: Consortium, asked: Asked, topic: str | None = None) -> Page[AnchorView]:
    """Anchored documents, newest first; only those of one topic if asked.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    statement = select(A).where(A.consortium_id == consortium.id)
    if topic is not None:
        statement = statement.where(A.topic == name_in(topic))
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    if asked.cursor is not None:
        statement = statement.where(tuple_(A.block_number, A.log_index) < tuple_(*position_in(asked.cursor, 2)))
    order = (A.block_number.desc(), A.log_index.desc())
    rows = session.scalars(statement.order_by(*order).limit(asked.limit + 1)).all()
    shown, finalized = rows[: asked.limit], read_finalized(session, consortium)
    more = len(rows) > asked.limit
    following = cursor_from(shown[-1].block_number, shown[-1].log_index) if more else None
    return Page(tuple(_view(row, finalized) for row in shown), total, following)


def _view(row: AnchorRecord, finalized: int) -> AnchorView:
    return AnchorView(
        topic=row.topic,
        document_hash=row.document_hash,
        author=row.author,
        anchored_at=row.anchored_at,
        block_number=row.block_number,
        transaction_hash=row.transaction_hash,
        finality=finality_of(row.block_number, finalized),
    )
