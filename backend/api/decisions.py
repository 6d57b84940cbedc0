"""Decisions: adopted proposals, from those that wait to bind to those that were carried out."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import answer_from
from backend.api.errors import problems
from backend.api.parameters import Cursor, InBody, Limit, Read
from backend.api.proposals import ProposalsResponse
from backend.api.replies import respond
from backend.domain.proposals import ProposalState
from backend.queries.proposals import ProposalFilter, list_proposals

router = APIRouter(tags=["proposals"])

IN_FORCE = (ProposalState.BINDING, ProposalState.QUEUED, ProposalState.EXECUTED)
WAITING = (ProposalState.ADOPTED, ProposalState.AWAITING_APPROVAL)
STATES = {"binding": IN_FORCE, "waiting": WAITING, "any": (*WAITING, *IN_FORCE)}

Force = Annotated[
    Literal["binding", "waiting", "any"], Query(description="Decisions that bind, that do not bind yet, or both.")
]


class DecisionsResponse(ProposalsResponse):
    """Decisions, by the end of the vote, newest first."""


@router.get("/decisions", response_model=DecisionsResponse, responses=problems(), summary="List the decisions")
def get_decisions(
    request: Request,
    read: Read,
    force: Force = "binding",
    body: InBody = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """What was adopted and binds: each with its state, tally and since when; what was vetoed or refused is none."""
    wanted = ProposalFilter(states=STATES[force], bodies=() if body is None else (body,))
    page = list_proposals(
        read.session, read.consortium, read.now, wanted, limit=limit, cursor=cursor, sort="-closes_at"
    )
    return respond(request, answer_from(DecisionsResponse, read.as_of, page))
