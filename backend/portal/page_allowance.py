"""How many pages a client may ask one process for; pages cost more than most answers of the API."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from fastapi import Request

from backend.allowance import Allowance, client_of
from backend.errors import ZborError


class TooManyPagesError(ZborError):
    """The client has asked for too many pages: wait so many seconds."""

    code = "TOO_MANY_PAGES"

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"This client has asked for too many pages; one more is given in {wait} s.")


def pages_within(per_minute: int, clock: Callable[[], float] = time.monotonic) -> Callable[[Request], Awaitable[None]]:
    """Make what each page depends on: an allowance of so many pages a minute and client; 0 for no limit.

    Raises:
        TooManyPagesError: from each page beyond it.
    """
    allowance = Allowance(per_minute) if per_minute else None

    async def within(request: Request) -> None:
        if allowance is None:
            return
        grant = allowance.take(client_of(request.client.host if request.client else ""), clock())
        if not grant.admitted:
            raise TooManyPagesError(grant.wait)

    return within
