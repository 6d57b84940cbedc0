"""Pages that say that something went wrong: what happened, what to do, and a reference for the operator's log."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from secrets import token_hex
from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from backend import errors
from backend.portal.labels import noop
from backend.portal.page_allowance import TooManyPagesError
from backend.portal.visit import bare_frame
from backend.queries.mirror import Mirror
from backend.settings import Settings

log = logging.getLogger(__name__)

LONGEST_PATH: Final = 200
"""Characters of an address that the log keeps; a reader may ask for any."""
Handler = Callable[[Request, Exception], Awaitable[HTMLResponse]]

HAPPENED: Final = {
    400: (noop("This address was not understood"), noop("Go back to the list and start again from there.")),
    404: (
        noop("There is nothing at this address"),
        noop("Perhaps it was mistyped, or what was just recorded has not arrived here yet. Look for it in the list."),
    ),
    429: (
        noop("Too many pages at once"),
        noop("Nothing is wrong with what you asked for. Wait a minute, then load this page again."),
    ),
    500: (
        noop("Something went wrong here"),
        noop("It is our fault, not yours. No ballot is touched by this. Try again in a minute."),
    ),
    503: (
        noop("The records are being fetched"),
        noop("This page reads a copy of the chain that is not ready yet. Try again in a minute."),
    ),
}


def error_handlers(mirror: Mirror, settings: Settings) -> dict[type[Exception], Handler]:
    """A handler for each class of exception that a page may end in; each answers with a page."""

    async def show(request: Request, error: Exception) -> HTMLResponse:
        status = status_of(error)
        reference = token_hex(6)
        level, cause = (logging.ERROR, error) if status >= 500 else (logging.INFO, None)
        log.log(level, "%s %s %s", status, quote(request.scope["path"])[:LONGEST_PATH], reference, exc_info=cause)
        headline, advice = HAPPENED[status]
        page = bare_frame(mirror, settings, request).render(
            "failure.html", status, headline=headline, advice=advice, reference=reference
        )
        if isinstance(error, TooManyPagesError):
            page.headers["retry-after"] = str(error.wait)
        return page

    return dict.fromkeys((errors.ZborError, RequestValidationError, HTTPException, Exception), show)


def status_of(error: Exception) -> int:
    """What an error means to a reader of pages: not understood, not there, not ready, or our fault."""
    if isinstance(error, HTTPException):
        return 404 if error.status_code == 404 else 400
    if isinstance(error, errors.NotFoundError):
        return 404
    if isinstance(error, TooManyPagesError):
        return 429
    if isinstance(error, errors.InvalidRequestError | RequestValidationError):
        return 400
    return 503 if isinstance(error, errors.MirrorError | errors.ChainError) else 500
