"""Brings changes to the addresses of subscribers: in order to each, at least once, many addresses side by side."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from backend.errors import ZborError
from backend.notices.deliveries import Call, Errand, due, forget_old, let_go, settle, take
from backend.notices.post import LONGEST_CALL, post
from backend.notices.signatures import headers_of
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from backend.queries.views import ChangeView

LOOK_EVERY = 1.0
"""Seconds between looks for something to deliver."""
LEASE = 3 * LONGEST_CALL
"""Seconds without a word after which another process takes over."""
SIDE_BY_SIDE = 32
"""Addresses that are called at the same time."""
LONGEST_ERRAND = 30.0
"""Seconds after which an address with more to hear makes room for the others."""
MEDIA_TYPE = "application/cloudevents+json"
TIDY_EVERY = 3_600.0

log = logging.getLogger(__name__)


def envelope_of(consortium: Consortium, change: ChangeView, written: str, time_of: str) -> bytes:
    """Put a change into an envelope of CloudEvents 1.0."""
    about, subject = change.subject, None
    if about.proposal_id is not None:
        subject = f"proposals/{about.proposal_id}"
    elif about.member_id is not None:
        subject = f"members/{about.member_id}"
    envelope = {
        "specversion": "1.0",
        "id": change.cursor,
        "source": f"urn:zbor:eip155:{consortium.chain_id}:{consortium.registry.lower()}",
        "type": f"zbor.{change.type}",
        "time": time_of,
        "datacontenttype": "application/json",
        "data": json.loads(written),
    }
    return json.dumps(envelope if subject is None else {**envelope, "subject": subject}, ensure_ascii=False).encode()


@dataclass
class Courier:
    """Delivers for one consortium. Any number of them, in any number of processes, share the work."""

    mirror: Mirror
    write: Callable[[ChangeView], str]
    """Writes a change as JSON, with its time as `at`."""
    listed: Collection[str] = ()
    """Hosts that may be called by http and at private addresses."""
    lease_seconds: float = LEASE
    look_every: float = LOOK_EVERY
    clock: Callable[[], float] = time.time
    _state: dict[str, str] = field(default_factory=lambda: {"status": "ok"})
    _busy: set[str] = field(default_factory=set)
    _tidied: float = 0.0

    def health(self) -> dict[str, str]:
        """Say how it fares; an address that fails is its subscriber's trouble, and not the courier's."""
        return dict(self._state)

    def failed(self) -> None:
        """Note that it has stopped for good."""
        self._state = {"status": "stopped"}

    async def run(self, stop: threading.Event) -> None:
        """Deliver until told to stop; what goes wrong in the database is tried again."""
        free = asyncio.Semaphore(SIDE_BY_SIDE)
        async with asyncio.TaskGroup() as errands:
            while not stop.is_set():
                try:
                    for webhook_id in await asyncio.to_thread(self._due):
                        self._busy.add(webhook_id)
                        errands.create_task(self._serve(webhook_id, free, stop))
                    self._state = {"status": "ok"}
                except (ZborError, SQLAlchemyError) as error:
                    code = error.code if isinstance(error, ZborError) else "DATABASE_UNAVAILABLE"
                    self._state = {"status": "failing", "problem": code}
                    log.warning("Webhooks wait: %s", error)
                await asyncio.sleep(self.look_every)

    def _due(self) -> list[str]:
        now = self.clock()
        if now > self._tidied + TIDY_EVERY:
            self._tidied = now
            with self.mirror.writing() as session:
                forget_old(session, self.mirror.consortium, now)
        with self.mirror.asking() as session:
            return [each for each in due(session, self.mirror.consortium, now) if each not in self._busy]

    async def _serve(self, webhook_id: str, free: asyncio.Semaphore, stop: threading.Event) -> None:
        try:
            async with free:
                errand = await asyncio.to_thread(self._take, webhook_id)
                if errand is not None:
                    await self._run(errand, stop)
        except ZborError as error:
            log.warning("Webhook %s waits: %s", webhook_id, error)
        except Exception:
            # What goes wrong with one address must not keep the others waiting, nor fill the log.
            log.exception("Webhook %s waits", webhook_id)
            await self._rest(stop)
        finally:
            self._busy.discard(webhook_id)

    async def _rest(self, stop: threading.Event) -> None:
        """Not in a thread: there are few, and all addresses share them."""
        until = time.monotonic() + self.lease_seconds
        while not stop.is_set() and time.monotonic() < until:  # noqa: ASYNC110 - another loop's thread sets it
            await asyncio.sleep(self.look_every)

    async def _run(self, errand: Errand, stop: threading.Event) -> None:
        until = time.monotonic() + LONGEST_ERRAND
        for change in errand.changes:
            if stop.is_set() or not await self._deliver(errand, change) or time.monotonic() > until:
                break
        await asyncio.to_thread(self._let_go, errand)

    async def _deliver(self, errand: Errand, change: ChangeView) -> bool:
        written = self.write(change)
        body = envelope_of(self.mirror.consortium, change, written, json.loads(written)["at"])
        headers = headers_of(change.cursor, int(self.clock()), body, errand.keys)
        begun = time.monotonic()
        answered = await post(errand.url, {**headers, "content-type": MEDIA_TYPE}, body, self.listed)
        milliseconds = int((time.monotonic() - begun) * 1_000)
        call = Call(change, answered, self.clock(), milliseconds)
        return await asyncio.to_thread(self._settle, errand, call)

    def _settle(self, errand: Errand, call: Call) -> bool:
        with self.mirror.writing() as session:
            return settle(session, self.mirror.consortium, errand, call, self.lease_seconds)

    def _take(self, webhook_id: str) -> Errand | None:
        now = self.clock()
        with self.mirror.writing() as session:
            lease, until = secrets.token_hex(16), now + self.lease_seconds
            return take(session, self.mirror.consortium, webhook_id, lease, until, now)

    def _let_go(self, errand: Errand) -> None:
        with self.mirror.writing() as session:
            let_go(session, self.mirror.consortium, errand)
