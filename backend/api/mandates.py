"""Mandates: which member may cast whose ballots."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import PageAnswer, answer_from
from backend.api.errors import problems
from backend.api.members import MandateItem
from backend.api.parameters import NAME, InBody, Part, Read
from backend.api.replies import respond
from backend.queries.mandates import MandateFilter, page_of_mandates

router = APIRouter(tags=["members"])

Party = Annotated[
    str | None, Query(pattern=NAME, description="Only those that this member gave or holds: number or code.")
]
InForce = Annotated[bool | None, Query(description="Only mandates in force now, or only others.")]


class MandatesResponse(PageAnswer):
    """The last mandate of each member in each body, by the member's code."""

    items: tuple[MandateItem, ...]


@router.get("/mandates", response_model=MandatesResponse, responses=problems(), summary="List the mandates")
def get_mandates(
    request: Request, read: Read, part: Part, in_force: InForce = None, body: InBody = None, member: Party = None
) -> Response:
    """Who may cast whose ballots: the last mandate each member gave in each body, also one that ended."""
    page = page_of_mandates(read.session, read.consortium, read.now, MandateFilter(in_force, body, member), part)
    return respond(request, answer_from(MandatesResponse, read.as_of, page))
