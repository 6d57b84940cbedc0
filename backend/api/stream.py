"""What changes, as it happens: Server-Sent Events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from starlette.types import Receive, Scope, Send

from backend.api.changes import Since, Wanted
from backend.api.errors import problems
from backend.notices.broadcast import Broadcast, Heard, Part
from backend.notices.refusals import TooManyListenersError
from backend.queries.changes import ChangeFilter
from backend.settings import Settings

router = APIRouter(tags=["changes"])

PATIENCE = 30.0
"""Seconds in which a client must take in what it was sent, or be dropped."""
RETRY = 3_000
"""Milliseconds after which a client that was dropped comes back."""

LastEventId = Annotated[
    str | None,
    Header(pattern=r"^(0|[0-9a-f]{8}-[0-9]{1,18})$", description="The last `id` that came; browsers send it again."),
]


class EventStream(Response):
    """An answer without an end, to a client that keeps up."""

    media_type = "text/event-stream"

    def __init__(self, broadcast: Broadcast, since: str, wanted: ChangeFilter) -> None:
        # Nothing on the way may hold back or press together what is to arrive at once.
        quick = {"cache-control": "no-store, no-transform", "x-accel-buffering": "no"}
        super().__init__(headers=quick)
        del self.headers["content-length"]
        self._broadcast = broadcast
        self._frames = _frames(broadcast, since, wanted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the client leaves, lags, or the service ends."""
        with _counted(self._broadcast):
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            if scope.get("without_body"):
                await send({"type": "http.response.body", "body": b""})
                return
            sending = asyncio.create_task(self._send_all(send))
            leaving = asyncio.create_task(_gone(receive))
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send_all(self, send: Send) -> None:
        async with aclosing(self._frames) as frames:
            async for frame in frames:
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": frame, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _frames(broadcast: Broadcast, since: str, wanted: ChangeFilter) -> AsyncGenerator[bytes]:
    yield f"retry: {RETRY}\nid: {since}\n\n".encode()
    async with aclosing(broadcast.after(since, wanted)) as parts:
        async for part in parts:
            yield _frame(part)


def _frame(part: Part) -> bytes:
    # The id comes also without an event, so that a client whose filter lets nothing pass need not hear all again.
    return "".join((*map(_event, part.heard), f": heartbeat\nid: {part.cursor}\n\n")).encode()


def _event(heard: Heard) -> str:
    return f"id: {heard.change.cursor}\nevent: {heard.change.type}\ndata: {heard.written}\n\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@contextmanager
def _counted(broadcast: Broadcast) -> Iterator[None]:
    broadcast.listening += 1
    try:
        yield
    finally:
        broadcast.listening -= 1


@router.get(
    "/stream",
    response_class=Response,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}, **problems(410)},
    summary="Hear what changes as it happens",
)
async def get_stream(
    request: Request, wanted: Wanted, since: Since | None = None, last_event_id: LastEventId = None
) -> Response:
    """Server-Sent Events: `id` is the cursor of the change, `event` its type, `data` the change as in `/v1/changes`.

    Begins with what happens from now on, or after `since`. A client that comes back sends `Last-Event-ID`, as browsers
    do by themselves, and misses nothing. Every 15 seconds there is a sign of life; a client that takes nothing in for
    half a minute is dropped, and may come back.
    """
    broadcast: Broadcast = request.app.state.broadcast
    settings: Settings = request.app.state.settings
    if broadcast.listening >= settings.most_listeners:
        raise TooManyListenersError(settings.most_listeners)
    return EventStream(broadcast, await broadcast.beginning(last_event_id or since), wanted)
