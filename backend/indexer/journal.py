"""Writes events into the journal and reads them back as the values they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

import msgspec
from sqlalchemy import Connection, Row, Select, and_, delete, exists, func, select

from backend.chain.decoder import Logged
from backend.chain.node import BlockHeader
from backend.database import bulk
from backend.database.base import table_of
from backend.database.journal import BlockRecord, EventRecord, MentionRecord, mark_of
from backend.domain.events import Event, Place, VoteCast
from backend.domain.subjects import subjects_of
from backend.domain.values import Address, Hash32, Timepoint

EVENT_CLASSES: dict[str, type[Event]] = {each.__name__: each for each in get_args(Event)}
_ENCODER = msgspec.json.Encoder()
AT_ONCE = 5_000
"""Events in memory at a time while reading."""

_OF_ITS_BLOCK = and_(
    EventRecord.consortium_id == BlockRecord.consortium_id, EventRecord.block_number == BlockRecord.number
)


def append(
    connection: Connection, consortium_id: int, headers: Iterable[BlockHeader], logged: Sequence[Logged]
) -> None:
    """Add events and their blocks. A block that is final needs no header: its events know its hash and time."""
    places = {place.block_number: place for _, place in logged}
    rows = {number: _row_of_final_block(consortium_id, place) for number, place in places.items()}
    rows.update((header.number, _row_of_block(consortium_id, header)) for header in headers)
    bulk.append(connection, table_of(BlockRecord), list(rows.values()))
    bulk.append(connection, table_of(EventRecord), [_row_of_event(consortium_id, each) for each in logged])
    mentions = (row for each in logged for row in _rows_of_mentions(consortium_id, each))
    bulk.append(connection, table_of(MentionRecord), bulk.in_order(table_of(MentionRecord), mentions))


def read(connection: Connection, consortium_id: int, first_block: int = 0) -> Iterator[Logged]:
    """Go through the events from a block on, in the chain's order, a few thousand in memory at a time."""
    # An option of the statement: on the connection it would make a cursor of every later statement, too.
    events = _events_from(consortium_id, first_block).execution_options(yield_per=AT_ONCE)
    return map(_logged, connection.execute(events))


def count(connection: Connection, consortium_id: int) -> int:
    """How many events there are."""
    of_ours = EventRecord.consortium_id == consortium_id
    return connection.scalar(select(func.count()).select_from(EventRecord).where(of_ours)) or 0


def cut(connection: Connection, consortium_id: int, last_block: int) -> None:
    """Remove everything after a block."""
    for table in (table_of(EventRecord), table_of(MentionRecord)):
        of_ours = table.c.consortium_id == consortium_id
        connection.execute(delete(table).where(of_ours, table.c.block_number > last_block))
    blocks = table_of(BlockRecord)
    connection.execute(delete(blocks).where(blocks.c.consortium_id == consortium_id, blocks.c.number > last_block))


def prune(connection: Connection, consortium_id: int, final_before: int, final_now: int) -> None:
    """Remove blocks without events that have become final: nothing can ask for their hashes any more."""
    connection.execute(
        delete(BlockRecord).where(
            BlockRecord.consortium_id == consortium_id,
            BlockRecord.number >= final_before,
            BlockRecord.number < final_now,
            ~exists().where(_OF_ITS_BLOCK),
        )
    )


def _events_from(consortium_id: int, first_block: int) -> Select[str, str, int, str, int, str, int, str]:
    return (
        select(
            EventRecord.name,
            EventRecord.arguments,
            BlockRecord.number,
            BlockRecord.hash,
            BlockRecord.time,
            EventRecord.transaction_hash,
            EventRecord.log_index,
            EventRecord.emitter,
        )
        .join(BlockRecord, _OF_ITS_BLOCK)
        .where(EventRecord.consortium_id == consortium_id, EventRecord.block_number >= first_block)
        .order_by(EventRecord.block_number, EventRecord.log_index)
    )


def _logged(row: Row[str, str, int, str, int, str, int, str]) -> Logged:
    name, arguments, number, block_hash, time, transaction_hash, log_index, emitter = row
    event = msgspec.json.decode(arguments, type=EVENT_CLASSES[name])
    return Logged(
        event,
        Place(number, Hash32(block_hash), Timepoint(time), Hash32(transaction_hash), log_index, Address(emitter)),
    )


def _row_of_block(consortium_id: int, header: BlockHeader) -> dict[str, object]:
    return {
        "consortium_id": consortium_id,
        "number": header.number,
        "hash": header.hash,
        "parent_hash": header.parent_hash,
        "time": header.time,
    }


def _row_of_final_block(consortium_id: int, place: Place) -> dict[str, object]:
    return {
        "consortium_id": consortium_id,
        "number": place.block_number,
        "hash": place.block_hash,
        "parent_hash": None,
        "time": place.block_time,
    }


def _rows_of_mentions(consortium_id: int, logged: Logged) -> Iterator[dict[str, object]]:
    event, place = logged
    if isinstance(event, VoteCast):  # found by the tables of ballots
        return
    for subject in subjects_of(event):
        yield {
            "consortium_id": consortium_id,
            "subject": subject,
            "block_number": place.block_number,
            "log_index": place.log_index,
        }


def _row_of_event(consortium_id: int, logged: Logged) -> dict[str, object]:
    event, place = logged
    return {
        "consortium_id": consortium_id,
        "block_number": place.block_number,
        "log_index": place.log_index,
        "transaction_hash": place.transaction_hash,
        "emitter": place.emitter,
        "name": type(event).__name__,
        "arguments": _ENCODER.encode(event).decode(),
        "transaction_mark": mark_of(place.transaction_hash),
    }
