"""Proposals for feed readers."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from backend.api.calendar import Body, Language
from backend.api.errors import problems
from backend.api.parameters import Cursor, Read
from backend.api.replies import respond_bytes
from backend.notices.atom import FeedPage, atom_of
from backend.queries.last_changes import last_changes
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.settings import Settings

router = APIRouter(tags=["changes"])

MEDIA_TYPE = "application/atom+xml"
ON_A_PAGE = 50


@router.get(
    "/feed.atom",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}, **problems()},
    summary="Read the proposals in a feed reader",
)
def get_feed(
    request: Request, read: Read, body: Body = None, cursor: Cursor = None, language: Language = "en"
) -> Response:
    """An Atom feed of proposals: open ones first, then pending ones, then closed ones, newest first.

    An entry keeps its id; `updated` moves when the proposal is opened or closed and whenever something is said on it or
    done with it, ballots apart.
    """
    settings: Settings = request.app.state.settings
    wanted = ProposalFilter(bodies=() if body is None else (body,))
    found = list_proposals(read.session, read.consortium, read.now, wanted, limit=ON_A_PAGE, cursor=cursor)
    asked = {name: value for name, value in (("body", body), ("language", language)) if value is not None}
    page = FeedPage(
        name=read.consortium.name,
        origin=settings.origin,
        chain_id=read.consortium.chain_id,
        registry=read.consortium.registry,
        language=language,
        query=urlencode(asked if cursor is None else {**asked, "cursor": cursor}),
        next_query=None if found.next_cursor is None else urlencode({**asked, "cursor": found.next_cursor}),
        updated=read.as_of.block_time,
    )
    changed = last_changes(read.session, read.consortium, [one.id for one in found.items], read.now)
    return respond_bytes(request, atom_of(page, found.items, changed), f"{MEDIA_TYPE}; charset=utf-8")
