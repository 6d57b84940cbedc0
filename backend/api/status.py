"""Tells how far the mirror is behind the chain, at once or when it has moved on."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from backend.api.answers import Written, answer_from
from backend.api.errors import problems
from backend.api.parameters import Fields
from backend.api.replies import respond
from backend.api.status_answer import StatusResponse
from backend.queries.mirror import Mirror
from backend.queries.moves import Moves
from backend.queries.status import read_status

router = APIRouter(tags=["status"])
LONGEST_WAIT = 25
"""Seconds that an answer may be held back: less than proxies wait for one."""

Wait = Annotated[
    int | None,
    Query(
        ge=0,
        lt=1 << 63,
        description="A revision that you have read, from `as_of`: the answer comes as soon as there is a newer one, and"
        f" after {LONGEST_WAIT} seconds in any case. Ask again with the revision of each answer.",
    ),
]


@router.get("/status", response_model=StatusResponse, responses=problems(), summary="See how fresh the answers are")
async def get_status(request: Request, wait: Wait = None, fields: Fields = None) -> Response:  # noqa: ARG001
    """Which consortium this is, which block the answers speak of, how final it is, and how much is on record.

    With `wait` it is also how to hear of changes: what the chain has said does not change without a new revision.
    """
    mirror: Mirror = request.app.state.mirror
    if wait is None:
        return respond(request, await run_in_threadpool(_read, mirror))
    moves: Moves = request.app.state.moves
    newest = await moves.after(wait, LONGEST_WAIT)
    return respond(request, await request.app.state.statuses.of(newest, partial(_read, mirror)))


def _read(mirror: Mirror, at_least: int = -1) -> Written:
    with mirror.reading(at_least) as reading:
        return answer_from(StatusResponse, reading.as_of, read_status(reading.session, reading.consortium, reading.now))
