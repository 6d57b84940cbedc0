"""The feed of changes: everything that happened, under numbers without a gap."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import StringConstraints

from backend.api.answers import Answer, BigInteger, Model, Time, answer_from
from backend.api.errors import problems
from backend.api.parameters import NAME, Read
from backend.api.replies import respond
from backend.errors import InvalidFilterError
from backend.queries.changes import BEGINNING, ChangeFilter, read_changes
from backend.queries.event_data import ALL_TYPES
from backend.queries.views import ChangeView

router = APIRouter(tags=["changes"])

NOUNS = tuple(sorted({name.partition(".")[0] for name in ALL_TYPES}))
SINCE = r"^(0|[0-9a-f]{8}-[0-9]{1,18})$"
Since = Annotated[
    str,
    Query(pattern=SINCE, description="`next_cursor` of the answer before, or 0 for everything.", examples=["0"]),
]
Type = Annotated[
    list[Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,32}(\.[a-z_]{1,32})?$")]],
    Query(max_length=50, description="Only these types, or nouns such as `proposal`; what takes them back comes, too."),
]
Body = Annotated[str | None, Query(pattern=NAME, description="Only changes about this body or its proposals.")]
Proposal = Annotated[int | None, Query(ge=0, lt=1 << 192, description="Only changes about this proposal.")]


class SubjectItem(Model):
    """What a change is about."""

    body: str | None
    proposal_id: BigInteger | None
    member_id: int | None


class ChangeItem(Model):
    """One change."""

    number: int
    """From 1, each one more than that of the change before, and never given again."""
    cursor: str
    """Ask for what comes after this change with `since=<cursor>`."""
    type: str
    """Noun and what happened to it, such as `ballot.cast`. `reverted`: a reorganisation of the chain took a change
    back; `index.reorganised` goes before these and says the last block that stands."""
    reverts: int | None
    """Number of the change that this one takes back."""
    reverted_type: str | None
    """Type of that change."""
    at: Time
    """When it happened, by the chain's clock."""
    block_number: int
    """Block of the event; for what time alone brought about, the newest block when that was noticed."""
    block_hash: str
    transaction_hash: str | None
    """Null for what no transaction brought about."""
    log_index: int | None
    finality: Literal["provisional", "final"]
    subject: SubjectItem
    data: dict[str, Any]
    """The facts of the change, by name."""


class ChangesResponse(Answer):
    """A part of the feed, oldest first."""

    items: tuple[ChangeItem, ...]
    total: int
    """Number of the newest change."""
    next_cursor: str
    """Ask again with `since=<next_cursor>`, also where there is no more at the moment."""
    more: bool
    """Whether there is more already."""


def change_filter(type: Type = [], body: Body = None, proposal: Proposal = None) -> ChangeFilter:  # noqa: A002, B006 - the parameter's name in the URL; FastAPI copies defaults
    """Read the filters.

    Raises:
        InvalidFilterError: a type that no change has.
    """
    for each in type:
        if each not in ALL_TYPES and each not in NOUNS:
            raise InvalidFilterError("type", each, ALL_TYPES)
    return ChangeFilter(frozenset(type), body, proposal)


def written(change: ChangeView) -> str:
    """Write one change as JSON."""
    return ChangeItem.model_validate(change).model_dump_json()


Wanted = Annotated[ChangeFilter, Depends(change_filter)]


@router.get("/changes", response_model=ChangesResponse, responses=problems(410), summary="Read what has changed")
def get_changes(
    request: Request,
    read: Read,
    wanted: Wanted,
    since: Since = BEGINNING,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most in this part.")] = 100,
) -> Response:
    """Every event of the contracts and everything that time alone brought about, in one sequence without a gap.

    Whoever takes in each change in turn, and undoes those that are reverted, always ends equal to the mirror. The
    numbers survive reorganisations, restarts and rebuilding. Only a database made anew begins a new feed: a cursor of
    the old one is refused with `FEED_RESTARTED`.
    """
    found = read_changes(read.session, read.consortium, since, limit=limit, wanted=wanted)
    return respond(request, answer_from(ChangesResponse, read.as_of, found))
