"""Lets any number of coroutines wait until the mirror has moved, while one thread listens for all of them.

A waiter costs a future in a set, no thread and no connection to the database. What has happened is not told here, only
that something has: whoever wakes reads the mirror, at the revision it was woken with or a later one.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Engine

from backend.database.notices import Notices


class Moves:
    """The newest revision of the served mirror, for coroutines of one event loop that wait for the next."""

    def __init__(self) -> None:
        self._revision = -1
        self._shown = -1
        self._showing = threading.Lock()
        self._ended = False
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def revision(self) -> int:
        """The newest revision heard of; -1 before the first."""
        return self._revision

    @property
    def newest(self) -> int:
        """The newest revision heard of or shown to anybody; -1 before the first was heard of."""
        return self._revision if self._revision < 0 else max(self._revision, self._shown)

    def show(self, revision: int) -> None:
        """Take note that somebody is shown this revision, perhaps before it was heard of. From any thread."""
        with self._showing:
            self._shown = max(self._shown, revision)

    @property
    def ended(self) -> bool:
        """Whether the service is about to stop: nobody should wait any more."""
        return self._ended

    @property
    def waiting(self) -> int:
        """How many wait at this moment."""
        return len(self._waiting)

    async def after(self, known: int, seconds: float) -> int:
        """Wait until there is a newer revision than the known one, at most so long, and not beyond the end.

        Returns the newest: not above the known one if the time was over first.
        """
        try:
            async with asyncio.timeout(seconds):
                while self._revision <= known and not self._ended:
                    await self._next()
        except TimeoutError:
            pass
        return self._revision

    @asynccontextmanager
    async def heard(self, engine: Engine, consortium_id: int) -> AsyncIterator[None]:
        """Listen for the length of the block. The engine is that of the database itself, not of a copy."""
        loop = asyncio.get_running_loop()
        notices = Notices(engine, consortium_id, lambda revision: loop.call_soon_threadsafe(self._move, revision))
        with notices.heard():
            yield

    def end(self) -> None:
        """Wake everybody for good: the service is about to stop. To be called in the event loop."""
        self._ended = True
        self._wake()

    async def _next(self) -> None:
        woken = asyncio.get_running_loop().create_future()
        self._waiting.add(woken)
        try:
            await woken
        finally:
            self._waiting.discard(woken)

    def _move(self, revision: int) -> None:
        self._revision = revision
        self._wake()

    def _wake(self) -> None:
        for woken in self._waiting:
            if not woken.done():
                woken.set_result(None)
        self._waiting.clear()
