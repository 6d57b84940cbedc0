"""Who did what: the journal of the consortium's contracts, newest first."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.api.answers import Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import (
    CURSOR,
    PROPOSAL_NAME,
    After,
    Before,
    From,
    Name,
    Read,
    To,
    read_proposal_name,
)
from backend.api.proposal_query import span
from backend.api.refs import ProposalRefResponse
from backend.api.replies import respond
from backend.queries.activity import ActivityFilter, list_activity

router = APIRouter(tags=["activity"])


class ActivityQuery(BaseModel):
    """Filters of the activity."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    event: list[Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]{1,39}$")]] = Field([], max_length=50)
    """Names of events, such as VoteCast; several mean any of them."""
    body: Name | None = None
    """Only what its governor and its timelock logged."""
    member: Name | None = None
    """Number or code: only what it did or what is about it."""
    proposal: Annotated[str, StringConstraints(pattern=PROPOSAL_NAME)] | None = None
    """Id or number in the register: only what its governor logged of it."""
    happened_from: From = None
    happened_to: To = None
    happened_gt: After = None
    happened_lt: Before = None
    limit: int = Field(50, ge=1, le=100)
    """How many at most in this part."""
    cursor: Annotated[str, StringConstraints(pattern=CURSOR)] | None = None
    """`next_cursor` of the part before; the filters must be the same."""


class ActivityItem(Model):
    """One event of one contract."""

    event: str
    """As the contract's interface names it."""
    contract: str
    body: str | None
    member: MemberRefResponse | None
    """Who did it, or whom it is about; None where it names nobody."""
    proposal: ProposalRefResponse | None
    arguments: dict[str, Any]
    """As logged, by name; ids of proposals are decimal strings. Calls, texts and rules are told elsewhere, and a reason
    only by its commitment."""
    happened_at: Time
    block_number: int
    block_hash: str
    log_index: int
    transaction_hash: str
    finality: Literal["provisional", "final"]


class ActivityResponse(PageAnswer):
    """Events, newest first."""

    items: tuple[ActivityItem, ...]


@router.get(
    "/activity", response_model=ActivityResponse, responses=problems("PROPOSAL_NOT_FOUND"), summary="See who did what"
)
def get_activity(request: Request, read: Read, query: Annotated[ActivityQuery, Query()]) -> Response:
    """Every event of the consortium's contracts, by kind, body, member, proposal and time, newest first."""
    wanted = ActivityFilter(
        events=tuple(query.event),
        body=query.body,
        member=query.member,
        proposal=None if query.proposal is None else read_proposal_name(query.proposal),
        happened=span(query.happened_from, query.happened_to, query.happened_gt, query.happened_lt),
    )
    page = list_activity(read.session, read.consortium, wanted, limit=query.limit, cursor=query.cursor)
    return respond(request, answer_from(ActivityResponse, read.as_of, page))
