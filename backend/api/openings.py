"""When a proposal that is put now may open, and what speaks against it: to be asked before anything is signed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import Answer, Time, answer_from
from backend.api.errors import problems
from backend.api.parameters import ADDRESS, Instant, KindName, Read
from backend.api.replies import respond
from backend.people.reading import spelt
from backend.queries.openings import OpeningWish, read_opening

router = APIRouter(tags=["kinds"])

OpensAt = Annotated[Instant | None, Query(description="RFC 3339; as soon as the notice allows, if left out.")]
Extraordinary = Annotated[bool, Query(description="An extraordinary meeting, with the short notice.")]
OfWallet = Annotated[
    str | None,
    Query(
        pattern=ADDRESS,
        description="Who would put it; the time alone is judged, if left out.",
        examples=["0x70997970C51812dc3A010C7d01b50e0d17dc79C8"],
    ),
]


class OpeningResponse(Answer):
    """When voting may open on a proposal of the kind that is put now."""

    kind: str
    body: str
    governor: str
    rule: str
    published: Time
    """Now. What is put later may open later by as much."""
    earliest: Time
    """First second on which voting may open, with the ordinary notice."""
    earliest_extraordinary: Time
    """The same with the short notice of an extraordinary meeting."""
    latest: Time
    opens_at: Time
    """As asked for, else at the earliest."""
    closes_at: Time
    """Last second of that vote."""
    refusal: str | None
    """Code of what speaks against it; null if nothing does. What the calls do, only the contract can judge."""


@router.get(
    "/kinds/{name}/opening",
    response_model=OpeningResponse,
    responses=problems("KIND_NOT_FOUND"),
    summary="Ask when a proposal could open",
)
def get_opening(
    request: Request,
    read: Read,
    name: KindName,
    *,
    opens_at: OpensAt = None,
    extraordinary: Extraordinary = False,
    wallet: OfWallet = None,
) -> Response:
    """Earliest and latest opening of a proposal of the kind that is put now, and what speaks against the one wanted."""
    second = None if opens_at is None else int(opens_at.timestamp())
    wish = OpeningWish(second, extraordinary, None if wallet is None else spelt(wallet))
    found = read_opening(read.session, read.consortium, name, wish, read.now)
    return respond(request, answer_from(OpeningResponse, read.as_of, found))
