"""Documents on record: their hashes, as the registrar or a body anchored them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from backend.api.answers import Model, PageAnswer, Time, answer_from
from backend.api.errors import problems
from backend.api.parameters import NAME, Part, Read
from backend.api.replies import respond
from backend.queries.anchors import list_anchors

router = APIRouter(tags=["documents"])

Topic = Annotated[str | None, Query(pattern=NAME, description="Only documents anchored under this topic.")]


class AnchorItem(Model):
    """The hash of one document."""

    topic: str
    """What it is about, as whoever anchored it wrote it."""
    document_hash: str
    author: str
    """The registrar, or the timelock of a body."""
    anchored_at: Time
    block_number: int
    transaction_hash: str
    finality: Literal["provisional", "final"]


class AnchorsResponse(PageAnswer):
    """Anchored documents, newest first."""

    items: tuple[AnchorItem, ...]


@router.get("/anchors", response_model=AnchorsResponse, responses=problems(), summary="List the documents on record")
def get_anchors(request: Request, read: Read, part: Part, topic: Topic = None) -> Response:
    """Every document whose hash the registrar or a body put on record; what anyone else anchors is left out."""
    page = list_anchors(read.session, read.consortium, part, topic)
    return respond(request, answer_from(AnchorsResponse, read.as_of, page))
