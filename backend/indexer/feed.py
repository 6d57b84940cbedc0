"""Numbers what happens, in the transaction in which the mirror takes it in, so that readers of changes miss nothing.

A batch costs one row or less, whatever it holds. What a reorganisation takes back keeps its numbers and is taken back
under new ones, newest first; what then stands on the chain follows under newer ones.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, aliased

from backend.chain.decoder import Logged
from backend.database import bulk
from backend.database.base import table_of
from backend.database.changes import ChangeRecord, FeedRecord, SpanRecord
from backend.database.journal import BlockRecord, CursorRecord
from backend.domain.moments import Moment, Turn

Row = dict[str, Any]
LONGEST_SPAN = 4_000
"""Events after which a new span begins; a reader skips within one."""
REORGANISED = "index.reorganised"
TURNS = tuple(turn.value for turn in Turn)


def note(session: Session, consortium_id: int, logged: Sequence[Logged]) -> None:
    """Give numbers to events that were added to the journal, all newer than those in it."""
    if not logged:
        return
    feed, first, last = _feed_of(session, consortium_id), logged[0].place, logged[-1].place
    if not _lengthen(session, feed, len(logged), last.block_number):
        feed.open_span = feed.newest + 1
        session.add(
            SpanRecord(
                consortium_id=consortium_id,
                first=feed.open_span,
                events=len(logged),
                first_block=first.block_number,
                last_block=last.block_number,
            )
        )
    feed.newest += len(logged)
    # A chain whose clock lags behind ours may still bring what was due before.
    feed.told_until = min(feed.told_until, first.block_time - 1)
    session.flush()


def revert(session: Session, cursor: CursorRecord, ancestor: BlockRecord, gone: Sequence[Logged]) -> None:
    """Take back what happened after a block, before the journal is cut there. `gone` are the events that will go."""
    feed = _feed_of(session, cursor.consortium_id)
    lost = _events_of(session, feed.consortium_id, ancestor.number, gone)
    moments = _moments_from(session, feed.consortium_id, ancestor.time)
    undone = sorted((*lost, *moments), key=lambda row: row["number"], reverse=True)
    announced = _row(feed, feed.newest + 1, REORGANISED, {"last_block": ancestor.number}, ancestor)
    again = (
        row | {"number": number, "reverts": row["number"]} for number, row in enumerate(undone, announced["number"] + 1)
    )
    bulk.append(session.connection(), table_of(ChangeRecord), [*lost, announced, *again])
    feed.newest += 1 + len(undone)
    feed.open_span = None
    feed.told_until = min(feed.told_until, ancestor.time - 1)
    session.flush()


def tell(session: Session, cursor: CursorRecord, moments: Iterable[Moment], until: int) -> int:
    """Add what time has brought about up to a second, each thing once. Returns how many were new."""
    feed = _feed_of(session, cursor.consortium_id)
    new = sorted(moments, key=lambda moment: (moment.at, moment.turn, moment.proposal_id or 0, moment.member_id or 0))
    if new:
        told = {_key_of(row["arguments"]) for row in _moments_from(session, cursor.consortium_id, feed.told_until + 1)}
        new = [moment for moment in new if moment.key not in told]
    rows = [_row_of_moment(feed, number, moment, cursor) for number, moment in enumerate(new, feed.newest + 1)]
    bulk.append(session.connection(), table_of(ChangeRecord), rows)
    if new:
        feed.newest += len(new)
        feed.open_span = None
    feed.told_until = max(feed.told_until, until)
    session.flush()
    return len(new)


def told_until(session: Session, consortium_id: int) -> int:
    """Second up to which all that time brought about is in the feed."""
    return _feed_of(session, consortium_id).told_until


def _feed_of(session: Session, consortium_id: int) -> FeedRecord:
    feed = session.get(FeedRecord, consortium_id)
    if feed is None:
        feed = FeedRecord(consortium_id=consortium_id, name=secrets.token_hex(4), newest=0, told_until=0)
        session.add(feed)
    return feed


def _lengthen(session: Session, feed: FeedRecord, events: int, last_block: int) -> bool:
    if feed.open_span is None:
        return False
    open_one = (SpanRecord.consortium_id == feed.consortium_id, SpanRecord.first == feed.open_span)
    longer = update(SpanRecord).where(*open_one, SpanRecord.events < LONGEST_SPAN)
    changed = session.connection().execute(longer.values(events=SpanRecord.events + events, last_block=last_block))
    return changed.rowcount == 1


def _events_of(session: Session, consortium_id: int, last_block: int, gone: Sequence[Logged]) -> list[Row]:
    touched = SpanRecord.consortium_id == consortium_id, SpanRecord.last_block > last_block
    spans = session.scalars(select(SpanRecord).where(*touched).order_by(SpanRecord.first)).all()
    if not spans:
        return []
    numbers = list(chain.from_iterable(range(span.first, span.first + span.events) for span in spans))
    left = len(numbers) - len(gone)
    if left:
        spans[0].events, spans[0].last_block = left, last_block
    rest = spans[1:] if left else spans
    session.flush()
    # Their numbers stay with the rows below; only the journal has lost them.
    session.connection().execute(
        delete(SpanRecord).where(
            SpanRecord.consortium_id == consortium_id, SpanRecord.first.in_([span.first for span in rest])
        )
    )
    for span in rest:
        session.expunge(span)
    return [_row_of_event(consortium_id, number, each) for number, each in zip(numbers[left:], gone, strict=True)]


def _moments_from(session: Session, consortium_id: int, second: int) -> list[Row]:
    later = aliased(ChangeRecord)
    undone = select(later.reverts).where(later.consortium_id == consortium_id, later.reverts.is_not(None))
    table = table_of(ChangeRecord)
    rows = session.execute(
        select(table).where(
            table.c.consortium_id == consortium_id,
            table.c.name.in_(TURNS),
            table.c.reverts.is_(None),
            table.c.time >= second,
            table.c.number.not_in(undone),
        )
    )
    return [dict(row) for row in rows.mappings()]


def _key_of(arguments: str) -> tuple[object, ...]:
    return msgspec.json.decode(arguments, type=Moment).key


def _row_of_event(consortium_id: int, number: int, logged: Logged) -> Row:
    event, place = logged
    return {
        "consortium_id": consortium_id,
        "number": number,
        "name": type(event).__name__,
        "arguments": msgspec.json.encode(event).decode(),
        "reverts": None,
        "time": place.block_time,
        "block_number": place.block_number,
        "block_hash": place.block_hash,
        "log_index": place.log_index,
        "transaction_hash": place.transaction_hash,
        "emitter": place.emitter,
    }


def _row_of_moment(feed: FeedRecord, number: int, moment: Moment, cursor: CursorRecord) -> Row:
    newest = BlockRecord(number=cursor.next_block - 1, hash=cursor.block_hash, time=moment.at)
    return _row(feed, number, moment.turn.value, asdict(moment), newest)


def _row(feed: FeedRecord, number: int, name: str, arguments: Row, block: BlockRecord) -> Row:
    return {
        "consortium_id": feed.consortium_id,
        "number": number,
        "name": name,
        "arguments": msgspec.json.encode(arguments).decode(),
        "reverts": None,
        "time": block.time,
        "block_number": block.number,
        "block_hash": block.hash,
        "log_index": None,
        "transaction_hash": None,
        "emitter": None,
    }
