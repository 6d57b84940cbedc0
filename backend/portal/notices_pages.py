"""The page behind the link in every notice: stops notices without signing in, and lets them begin again.

Looking at it changes nothing, because programs look at links before people do. `POST` stops notices, also when a mail
program sends it of its own (RFC 8058).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from backend.errors import NotFoundError
from backend.notices.farewells import person_of
from backend.notices.preferences import read_preferences, resubscribe, unsubscribe
from backend.people.nonces import find_key
from backend.portal.visit import bare_frame
from backend.queries.mirror import Mirror
from backend.settings import Settings

LONGEST_BODY: Final = 2_000
"""Bytes of a form that are read; ours has a few."""
LONGEST_TOKEN: Final = 100


@dataclass(frozen=True, slots=True)
class NoticesPages:
    """Pages of one consortium's notices."""

    mirror: Mirror
    settings: Settings

    def ask(self, request: Request, token: str = "") -> HTMLResponse:
        """Show how it stands, with a button to change it."""
        return self._page(request, token, "")

    async def change(self, request: Request, token: str = "") -> HTMLResponse:
        """Stop all notices, or let them begin again."""
        again = "again" in parse_qs(await _form_of(request))
        return await run_in_threadpool(self._change, request, token, again=again)

    def _change(self, request: Request, token: str, *, again: bool) -> HTMLResponse:
        consortium, known = self.mirror.consortium.id, True
        with self.mirror.writing() as session:
            person = person_of(find_key(session, consortium), token[:LONGEST_TOKEN])
            try:
                if again:
                    resubscribe(session, consortium, person or "")
                else:
                    unsubscribe(session, consortium, person or "", self.mirror.wall_clock())
            except NotFoundError:
                known = False
        return self._page(request, token, "unknown" if not known else "begun" if again else "stopped")

    def _page(self, request: Request, token: str, done: str) -> HTMLResponse:
        unsubscribed = self._unsubscribed(token[:LONGEST_TOKEN])
        done = "unknown" if unsubscribed is None else done
        frame = bare_frame(self.mirror, self.settings, request)
        status = 404 if done == "unknown" else 200
        page = frame.render("unsubscribe.html", status, done=done, token=token, unsubscribed=unsubscribed)
        page.headers["cache-control"] = "no-store"
        return page

    def _unsubscribed(self, token: str) -> bool | None:
        with self.mirror.asking() as session:
            person = person_of(find_key(session, self.mirror.consortium.id), token)
            try:
                return read_preferences(session, self.mirror.consortium.id, person or "").unsubscribed
            except NotFoundError:
                return None


async def _form_of(request: Request) -> str:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            break
    return body[:LONGEST_BODY].decode("ascii", "replace")
