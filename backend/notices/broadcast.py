"""The newest changes in memory, read once for all who listen in this process.

A listener pulls at its own pace, so that nobody waits for a slow one and nothing is kept for it. Who is further behind
than the memory goes reads the database itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from backend.queries.changes import ChangeFilter, newest_cursor, read_changes
from backend.queries.mirror import Mirror
from backend.queries.moves import Moves
from backend.queries.views import ChangesView, ChangeView

KEPT = 2_000
"""Changes in memory."""
PART = 200
"""Changes handed out at a time."""
HEARTBEAT = 15.0
"""Seconds without a change after which a sign of life is due."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One change, and as it is written."""

    change: ChangeView
    written: str


Write = Callable[[ChangeView], str]


@dataclass(frozen=True, slots=True)
class Part:
    """Some changes, and how far one has heard with them."""

    heard: Sequence[Heard]
    cursor: str


class Broadcast:
    """Hands out what changes to any number of listeners of one event loop."""

    def __init__(self, mirror: Mirror, moves: Moves, write: Write) -> None:
        self.listening = 0
        self._mirror = mirror
        self._moves = moves
        self._write = write
        self._kept: list[Heard] = []
        self._cursor: str | None = None
        self._revision = -1
        self._reading = asyncio.Lock()

    async def beginning(self, since: str | None) -> str:
        """Say from where a listener hears: from a cursor, or from now on.

        Raises:
            InvalidCursorError: the cursor is not one that a feed gave out.
            FeedRestartedError: it is of another feed.
        """
        if since is None and self._cursor is not None and self._revision == self._moves.revision:
            return self._cursor
        return await asyncio.to_thread(self._beginning, since)

    async def after(self, cursor: str, wanted: ChangeFilter) -> AsyncGenerator[Part]:
        """Give what comes after a cursor, for as long as the service runs; an empty part is a sign of life."""
        known = -1
        while not self._moves.ended:
            newest = await self._moves.after(known, HEARTBEAT)
            if newest > known:
                await self._catch_up(newest)
                known = newest
            part = await self._next(cursor, wanted)
            while part.cursor != cursor:
                cursor = part.cursor
                yield part
                part = await self._next(cursor, wanted)
            yield Part((), cursor)

    async def _catch_up(self, revision: int) -> None:
        async with self._reading:
            if revision > self._revision:
                await asyncio.to_thread(self._read_on, revision)

    async def _next(self, cursor: str, wanted: ChangeFilter) -> Part:
        if cursor == self._cursor:
            return Part((), cursor)
        kept, place = self._kept, self._place_of(cursor)
        if place is None:
            return await asyncio.to_thread(self._read_behind, cursor, wanted)
        part = kept[place : place + PART]
        return Part([heard for heard in part if wanted.passes(heard.change)], part[-1].change.cursor)

    def _place_of(self, cursor: str) -> int | None:
        if not self._kept:
            return None
        first = self._kept[0].change
        name, _, number = cursor.partition("-")
        place = int(number or 0) + 1 - first.number
        return place if first.cursor.startswith(f"{name}-") and 0 <= place < len(self._kept) else None

    def _beginning(self, since: str | None) -> str:
        with self._mirror.reading(at_least=self._moves.revision) as read:
            if since is None:
                return newest_cursor(read.session, read.consortium)
            read_changes(read.session, read.consortium, since, limit=1)
            return since

    def _read_on(self, revision: int) -> None:
        with self._mirror.reading(at_least=revision) as read:
            cursor, new, more = self._cursor or newest_cursor(read.session, read.consortium), list[Heard](), True
            while more:
                found = read_changes(read.session, read.consortium, cursor, limit=PART)
                new.extend(self._heard(found))
                cursor, more = found.next_cursor, found.more
        self._kept = [*self._kept, *new][-KEPT:]
        self._cursor, self._revision = cursor, max(revision, read.as_of.revision)

    def _read_behind(self, cursor: str, wanted: ChangeFilter) -> Part:
        with self._mirror.reading() as read:
            found = read_changes(read.session, read.consortium, cursor, limit=PART, wanted=wanted)
        return Part(self._heard(found), found.next_cursor)

    def _heard(self, found: ChangesView) -> list[Heard]:
        return [Heard(change, self._write(change)) for change in found.items]
