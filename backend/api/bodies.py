"""Bodies of the consortium: each a governor with an electorate of its own, and the timelock that acts for it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from backend.api.answers import Answer, Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.members import MemberRefResponse
from backend.api.parameters import BodyName, Part, Read
from backend.api.replies import respond
from backend.queries.bodies import find_body, list_bodies
from backend.queries.parts import part_of

router = APIRouter(tags=["bodies"])


class SeatResponse(Model):
    """A member's seat."""

    member: MemberRefResponse
    since: Time
    until: Time | None
    """Last second of the term; None for a seat without term."""
    lapsed: bool
    """Whether the term is over: the seat counts until somebody clears it, and anyone may."""


class BodyItem(Model):
    """A body, and who may vote in it now."""

    id: int
    name: str
    governor: str
    timelock: str
    classes: tuple[str, ...]
    """Classes whose members all vote here; empty for a body of seats."""
    entitled: int
    """How many members may vote here now."""
    members: tuple[MemberRefResponse, ...]
    """Those members, by code."""
    chair: MemberRefResponse | None
    """The member whose ballot breaks a tie where the rule says so."""
    seats: tuple[SeatResponse, ...]
    """Who holds a seat, in a body of seats."""
    kinds: tuple[str, ...]
    """Kinds of proposals it decides."""
    proposals: int
    open_proposals: int


class BodyResponse(Answer, BodyItem):
    """One body."""


class BodiesResponse(PageAnswer):
    """Every body, by number."""

    items: tuple[BodyItem, ...]


@router.get("/bodies", response_model=BodiesResponse, responses=problems(), summary="List the bodies")
def get_bodies(request: Request, read: Read, part: Part) -> Response:
    """Every body with its contracts, its electorate as it is now and the kinds of proposals it decides."""
    bodies = list_bodies(read.session, read.consortium, read.now)
    return respond(request, answer_from(BodiesResponse, read.as_of, part_of(bodies, part, 1, lambda body: (body.id,))))


@router.get(
    "/bodies/{name}", response_model=BodyResponse, responses=problems("BODY_NOT_FOUND"), summary="Find one body"
)
def get_body(request: Request, read: Read, name: BodyName) -> Response:
    """One body by its name."""
    body = find_body(read.session, read.consortium, name, read.now)
    return respond(request, answer_from(BodyResponse, read.as_of, body))
