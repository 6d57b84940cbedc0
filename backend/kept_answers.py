"""Answers of the API that are at hand: an answer is a function of the question, the mirror's revision and the second.

Whoever asks the same in the same second, while the mirror stands still, gets the same bytes; of many who ask at once,
one is answered by the routes and the others wait for it. What depends on who asks is not kept.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32 * 1024 * 1024
"""Of all answers together; those that were made longest ago make room."""
LARGEST = 1024 * 1024
"""Bytes of one answer."""
OVERHEAD = 2_000
"""Bytes that one answer takes beside its body and its question."""
PERSONAL = frozenset((b"authorization", b"cookie", b"range"))
"""Headers of a request whose answer is for nobody else."""
TELLING = frozenset((b"accept-encoding", b"accept-language", b"accept", b"origin"))
"""Headers that an answer may depend on; all of that name, since of several it may depend on any."""
NOT_KEPT = (b"ratelimit", b"retry-after", b"set-cookie")
"""Beginnings of the headers that speak of one request alone."""

ENDLESS = "/stream"
"""End of the paths of answers that never end: nobody must wait for one."""

Key = tuple[str, bytes, tuple[tuple[bytes, bytes], ...]]
Moment = tuple[int, int]
"""The mirror's revision, and a second of the wall clock."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, as it goes out."""

    moment: Moment
    etag: bytes
    start: Message
    unchanged: Message
    body: Message

    async def send(self, known: bytes, send: Send) -> None:
        """Send it, or 304 to whoever has it already."""
        if known and self.etag in (part.strip() for part in known.split(b",")):
            await send(self.unchanged)
            await send({"type": "http.response.body", "body": b""})
        else:
            await send(self.start)
            await send(self.body)


class KeptAnswers:
    """Stands before an application and answers what it has answered already."""

    def __init__(self, app: ASGIApp, below: str, revision: Callable[[], int], clock: Callable[[], int]) -> None:
        self.app = app
        self._below = below
        self._revision = revision
        self._clock = clock
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._size = 0
        self._under_way: dict[tuple[Key, Moment], asyncio.Future[Kept | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key, revision = _question(scope, self._below), self._revision()
        if key is None or revision < 0:  # nobody tells when the mirror moves
            await self.app(scope, receive, send)
            return
        moment = revision, self._clock()
        kept = self._at_hand(key, moment) or await self._of_another(key, moment)
        if kept is None:
            kept = await self._answer(key, moment, scope, receive, send)
        if kept is not None:
            await kept.send(_known(scope), send)

    def _at_hand(self, key: Key, moment: Moment) -> Kept | None:
        kept = self._kept.get(key)
        return kept if kept is not None and kept.moment == moment else None

    async def _of_another(self, key: Key, moment: Moment) -> Kept | None:
        under_way = self._under_way.get((key, moment))
        return None if under_way is None else await asyncio.shield(under_way)

    async def _answer(self, key: Key, moment: Moment, scope: Scope, receive: Receive, send: Send) -> Kept | None:
        """Have it answered: what can be kept is given back unsent, anything else has gone out."""
        promise = self._under_way[key, moment] = asyncio.get_running_loop().create_future()
        recorder = _Recorder(moment, send, partial(_settle, promise, None))
        whole = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"if-none-match"]}
        try:
            await self.app(whole, receive, recorder)
        finally:
            self._under_way.pop((key, moment), None)
            _settle(promise, recorder.kept)
        if recorder.kept is not None:
            self._keep(key, recorder.kept)
        return recorder.kept

    def _keep(self, key: Key, kept: Kept) -> None:
        before = self._kept.pop(key, None)
        self._size += _size(key, kept) - (_size(key, before) if before else 0)
        self._kept[key] = kept
        while self._size > MOST_BYTES:
            self._size -= _size(*self._kept.popitem(last=False))


def _settle(promise: asyncio.Future[Kept | None], kept: Kept | None) -> None:
    if not promise.done():
        promise.set_result(kept)


def _question(scope: Scope, below: str) -> Key | None:
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(below):
        return None
    if scope["path"].endswith(ENDLESS):
        return None
    headers = dict(scope["headers"])
    if not PERSONAL.isdisjoint(headers):
        return None
    return scope["path"], scope["query_string"], tuple(each for each in scope["headers"] if each[0] in TELLING)


def _size(key: Key, kept: Kept) -> int:
    """Bytes of an answer and its question, more or less."""
    path, query, headers = key
    return len(path) + len(query) + sum(len(value) for _, value in headers) + len(kept.body["body"]) + OVERHEAD


def _known(scope: Scope) -> bytes:
    """The tags of the answers that the client has."""
    return next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")


class _Recorder:
    """Takes down an answer that can be kept, and passes on any other as it comes.

    That it passes one on is told at once: whoever waits for the answer must not wait until a client has taken it.
    """

    def __init__(self, moment: Moment, send: Send, passes_on: Callable[[], None]) -> None:
        self._moment = moment
        self._send = send
        self._passes_on = passes_on
        self._start: Message | None = None
        self.kept: Kept | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _can_be_kept(message):
            self._start = message
        elif self._start is None or message.get("more_body", False):
            await self._pass_on(message)
        else:
            self.kept = _kept(self._moment, self._start, message)

    async def _pass_on(self, message: Message) -> None:
        self._passes_on()
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)
        await self._send(message)


def _can_be_kept(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    length = headers.get("content-length", "")
    if start["status"] != 200 or "etag" not in headers or not length.isdigit() or int(length) > LARGEST:
        return False
    policy = headers.get("cache-control", "")
    return "private" not in policy and "no-store" not in policy and "set-cookie" not in headers


def _kept(moment: Moment, start: Message, body: Message) -> Kept:
    headers = [(name, value) for name, value in start["headers"] if not name.startswith(NOT_KEPT)]
    unchanged = [(name, value) for name, value in headers if name not in (b"content-length", b"content-type")]
    return Kept(
        moment=moment,
        etag=dict(headers)[b"etag"],
        start={**start, "headers": headers},
        unchanged={**start, "status": 304, "headers": unchanged},
        body=body,
    )
