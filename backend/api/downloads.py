"""Answers too long for memory: written to a file first, then sent as fast as the client reads.

So a slow client holds a file, not a transaction of the database. How many files there are at a time is bounded, and so
is the time to fetch one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from backend.allowance import client_of
from backend.commons.refusals import TooManyDownloadsError

log = logging.getLogger(__name__)

MOST_AT_ONCE = 16
MOST_OF_ONE_CLIENT = 2
LONGEST = 900.0
"""Seconds from the first byte to the last."""
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Written:
    """A file that is ready to be sent from its beginning."""

    file: BinaryIO
    size: int
    """Bytes."""
    tag: str
    """Entity tag."""
    headers: dict[str, str]


class Downloads:
    """Knows how many downloads there are at the moment, and of whom. Used in one event loop."""

    def __init__(self, most: int = MOST_AT_ONCE, most_of_one: int = MOST_OF_ONE_CLIENT) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._held: Counter[str] = Counter()

    @contextmanager
    def one(self, client: str) -> Iterator[None]:
        """Hold a place for the length of the block.

        Raises:
            TooManyDownloadsError: there are too many, or too many of this client.
        """
        if self._held.total() >= self._most or self._held[client] >= self._most_of_one:
            raise TooManyDownloadsError
        self._held[client] += 1
        try:
            yield
        finally:
            self._held[client] -= 1
            self._held += Counter()  # forgets clients that hold none


class Download(Response):
    """Writes the file in a thread, sends it in parts, and closes it whatever happens."""

    def __init__(self, request: Request, write: Callable[[], Written], media_type: str) -> None:
        super().__init__(media_type=media_type)
        self._downloads: Downloads = request.app.state.downloads
        self._client = client_of(request.client.host if request.client else "")
        self._known = request.headers.get("if-none-match", "")
        self._write = write

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request; who has the file already gets 304."""
        with self._downloads.one(self._client):
            written = await run_in_threadpool(self._write)
            with written.file:
                headers = {**written.headers, "etag": written.tag, "cache-control": "no-cache"}
                if written.tag in (part.strip() for part in self._known.split(",")):
                    await Response(status_code=304, headers=headers)(scope, receive, send)
                else:
                    headers |= {"content-length": str(written.size), "content-type": self.headers["content-type"]}
                    await _send_in_time(written, headers, send)


async def _send_in_time(written: Written, headers: dict[str, str], send: Send) -> None:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    try:
        async with asyncio.timeout(LONGEST):
            await send({"type": "http.response.start", "status": 200, "headers": raw})
            sent = 0
            while sent < written.size:
                part = await run_in_threadpool(written.file.read, CHUNK)
                sent += len(part)
                await send({"type": "http.response.body", "body": part, "more_body": sent < written.size})
    except TimeoutError:  # the server ends the connection, because less was sent than was promised
        log.warning("A download was cut off: the client took more than %s s.", LONGEST)
