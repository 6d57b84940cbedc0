"""The feed of changes: events of the journal under their numbers, and what is not in the journal between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from backend.database.changes import ChangeRecord, FeedRecord, SpanRecord
from backend.database.journal import BlockRecord, EventRecord
from backend.database.records import BodyRecord, WalletRecord
from backend.errors import InvalidCursorError
from backend.queries.consortium import Consortium
from backend.queries.event_data import REVERTED, Told, read_told
from backend.queries.refusals import FeedRestartedError
from backend.queries.status import finality_of, read_finalized
from backend.queries.views import ChangesView, ChangeView, SubjectView

MOST_READ = 2_000
"""Changes that one question goes through, where a filter lets few of them pass."""
BEGINNING = "0"
"""The cursor before the first change of any feed."""
_CURSOR = re.compile(r"([0-9a-f]{8})-([1-9][0-9]{0,17}|0)")


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are asked for; what is empty or None asks for nothing. Nothing hides a reorganisation."""

    types: frozenset[str] = frozenset()
    """Types, or nouns such as `proposal`."""
    body: str | None = None
    proposal_id: int | None = None

    def passes(self, change: ChangeView) -> bool:
        """Whether the change is among them; one that takes a change back is if that was."""
        about = change.about
        return (
            (not self.types or about in self.types or about.partition(".")[0] in self.types)
            and self.body in (None, change.subject.body)
            and self.proposal_id in (None, change.subject.proposal_id)
        )


EVERYTHING = ChangeFilter()


@dataclass(frozen=True, slots=True)
class _Written:
    number: int
    name: str
    arguments: str
    time: int
    block_number: int
    block_hash: str
    log_index: int | None
    transaction_hash: str | None
    emitter: str | None
    reverts: int | None = None


def read_changes(
    session: Session,
    consortium: Consortium,
    since: str = BEGINNING,
    *,
    limit: int = 100,
    wanted: ChangeFilter = EVERYTHING,
) -> ChangesView:
    """Read what comes after a cursor, in the order of the numbers.

    Raises:
        InvalidCursorError: the cursor is not one that a feed gave out.
        FeedRestartedError: the cursor is of another feed, or of changes that this one has never seen.
    """
    feed = session.get(FeedRecord, consortium.id) or FeedRecord(name="0" * 8, newest=0)
    position = position_of(feed, since)
    reader, items, end = _Reader(session, consortium, feed.name), list[ChangeView](), position + MOST_READ
    while len(items) < limit and position < min(feed.newest, end):
        for change in reader.after(position, limit):
            position = change.number
            if wanted.passes(change):
                items.append(change)
            if len(items) == limit:
                break
    return ChangesView(tuple(items), feed.newest, f"{feed.name}-{position}", position < feed.newest)


def newest_cursor(session: Session, consortium: Consortium) -> str:
    """Name the end of the feed: only what comes later is after it."""
    feed = session.get(FeedRecord, consortium.id)
    return BEGINNING if feed is None else f"{feed.name}-{feed.newest}"


def position_of(feed: FeedRecord, cursor: str) -> int:
    """Read the number in a cursor.

    Raises:
        InvalidCursorError: the cursor is not one that a feed gave out.
        FeedRestartedError: the cursor is of another feed, or of changes that this one has never seen.
    """
    if cursor == BEGINNING:
        return 0
    parts = _CURSOR.fullmatch(cursor)
    if parts is None:
        raise InvalidCursorError
    if parts[1] != feed.name or int(parts[2]) > feed.newest:
        raise FeedRestartedError(feed.name)
    return int(parts[2])


class _Reader:
    """Reads parts of one feed."""

    def __init__(self, session: Session, consortium: Consortium, feed: str) -> None:
        self._session = session
        self._id = consortium.id
        self._feed = feed
        self._finalized = read_finalized(session, consortium)
        bodies = session.execute(
            select(BodyRecord.governor, BodyRecord.body_id, BodyRecord.name).where(BodyRecord.consortium_id == self._id)
        ).all()
        self._governors: dict[str | None, int] = {governor: body_id for governor, body_id, _ in bodies}
        self._names: dict[int | None, str] = {body_id: name for _, body_id, name in bodies}

    def after(self, position: int, limit: int) -> list[ChangeView]:
        """The next changes, without a gap."""
        rows = {row.number: row for row in chain(self._events(position, limit), self._others(position, limit))}
        return self._views([rows[number] for number in sorted(rows)])

    def _others(self, position: int, limit: int) -> Iterator[_Written]:
        c = ChangeRecord
        found: Sequence[Any] = self._session.execute(
            select(
                c.number,
                c.name,
                c.arguments,
                c.time,
                c.block_number,
                c.block_hash,
                c.log_index,
                c.transaction_hash,
                c.emitter,
                c.reverts,
            ).where(c.consortium_id == self._id, c.number > position, c.number <= position + limit)
        ).all()
        return (_Written(*row) for row in found)

    def _events(self, position: int, limit: int) -> Iterator[_Written]:
        s = SpanRecord
        spans = self._session.execute(
            select(s.first, s.events, s.first_block, s.last_block)
            .where(s.consortium_id == self._id, s.first <= position + limit, s.first + s.events > position + 1)
            .order_by(s.first)
        ).all()
        if not spans:
            return
        skipped = max(0, position + 1 - spans[0].first)
        numbers = chain.from_iterable(range(first, first + events) for first, events, _, _ in spans)
        journal = self._journal(spans[0].first_block, spans[-1].last_block, skipped, limit)
        for number, row in zip(islice(numbers, skipped, None), journal, strict=False):
            yield _Written(number, *row)

    def _journal(self, first_block: int, last_block: int, skipped: int, limit: int) -> Sequence[Any]:
        e, b = EventRecord, BlockRecord
        return self._session.execute(
            select(e.name, e.arguments, b.time, b.number, b.hash, e.log_index, e.transaction_hash, e.emitter)
            .join(b, and_(b.consortium_id == e.consortium_id, b.number == e.block_number))
            .where(e.consortium_id == self._id, e.block_number >= first_block, e.block_number <= last_block)
            .order_by(e.block_number, e.log_index)
            .offset(skipped)
            .limit(limit)
        ).all()

    def _members(self, wallets: set[str]) -> dict[str | None, int]:
        if not wallets:
            return {}
        w = WalletRecord
        return dict(
            self._session.execute(
                select(w.address, w.member_id).where(w.consortium_id == self._id, w.address.in_(wallets))
            ).all()
        )

    def _views(self, rows: Sequence[_Written]) -> list[ChangeView]:
        told = [read_told(row.name, row.arguments) for row in rows]
        members = self._members({each.voter for each in told if each.voter is not None})
        return [self._view(row, each, members) for row, each in zip(rows, told, strict=True)]

    def _view(self, row: _Written, told: Told, members: dict[str | None, int]) -> ChangeView:
        body_id = told.body_id if told.body_id is not None else self._governors.get(row.emitter)
        return ChangeView(
            number=row.number,
            cursor=f"{self._feed}-{row.number}",
            type=told.type if row.reverts is None else REVERTED,
            reverts=row.reverts,
            reverted_type=None if row.reverts is None else told.type,
            at=row.time,
            block_number=row.block_number,
            block_hash=row.block_hash,
            transaction_hash=row.transaction_hash,
            log_index=row.log_index,
            finality=finality_of(row.block_number, self._finalized),
            subject=SubjectView(
                self._names.get(body_id), told.proposal_id, members.get(told.voter) if told.voter else told.member_id
            ),
            data=told.data,
        )
