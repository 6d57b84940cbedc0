"""How far the mirror is behind the chain, and what it holds."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from backend.api.answers import Answer, Model, Time, answer_from, respond
from backend.api.errors import problems
from backend.queries.mirror import Mirror
from backend.queries.moves import Moves
from backend.queries.status import read_status

router = APIRouter(tags=["status"])
LONGEST_WAIT = 25
"""Seconds that an answer may be held back: less than proxies wait for one."""


class DifferenceItem(Model):
    """One field in which the mirror and the contracts differ."""

    subject: str
    """What it is about, such as `member 7`."""
    field: str
    """The contract's view and the path in its answer."""
    mirror: str
    """What the mirror says."""
    chain: str
    """What the contract says."""


class ComparisonItem(Model):
    """What became of comparing the mirror with the contracts' own views."""

    block_number: int
    """The block at which both were asked."""
    compared_at: Time
    """When the last look was."""
    answers: int
    """How many answers of the contracts were compared in it; each look takes another part."""
    differences: tuple[DifferenceItem, ...]
    """All that stand; an alarm unless empty."""


class StatusResponse(Answer):
    """The state of the service."""

    consortium: str
    notice: str | None
    """What every page must show, such as that the data are samples."""
    registry: str
    rulebook: str
    records: str
    start_block: int
    """Where the mirror begins: the block of the first contract."""
    synced: bool
    """Whether the mirror holds the newest block the node is known to have."""
    counts: dict[str, int]
    """members, bodies, proposals and ballots."""
    registrar: str | None
    """Who does the clerical acts."""
    approver: str | None
    """Who must agree when a lost wallet is replaced."""
    factory: str | None
    """The contract that makes the bodies the assembly decides on."""
    dao_uri: str | None
    """Where the consortium describes itself (ERC-4824)."""
    comparison: ComparisonItem | None
    """With the contracts' own views; null before the first look."""


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
async def get_status(request: Request, wait: Wait = None) -> Response:
    """Which consortium this is, which block the answers speak of, how final it is, and how much is on record.

    With `wait` it is also how to hear of changes: what the chain has said does not change without a new revision.
    """
    mirror: Mirror = request.app.state.mirror
    if wait is None:
        return respond(request, await run_in_threadpool(_read, mirror))
    moves: Moves = request.app.state.moves
    newest = await moves.after(wait, LONGEST_WAIT)
    return respond(request, await request.app.state.statuses.of(newest, partial(_read, mirror)))


def _read(mirror: Mirror, at_least: int = -1) -> StatusResponse:
    with mirror.reading(at_least) as reading:
        return answer_from(StatusResponse, reading.as_of, read_status(reading.session, reading.consortium, reading.now))
