"""Documents by which the consortium describes itself to the world (ERC-4824)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from backend.api.as_of_header import NAME as AS_OF
from backend.api.as_of_header import as_of_header
from backend.api.errors import problems
from backend.api.parameters import Cursor, WholeRead
from backend.api.replies import respond_bytes
from backend.commons import daostar
from backend.domain.accounts import account_name
from backend.queries import commons
from backend.queries.mirror import Reading
from backend.settings import Settings

router = APIRouter(tags=["commons"])

JSON, JSON_LD = "application/json", "application/ld+json"
MEMBERS_AT_ONCE, PROPOSALS_AT_ONCE, ACTS_AT_ONCE = 1_000, 100, 200

Told = Callable[[daostar.Publisher], daostar.Node]


def _kind(media_type: str, meaning: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": meaning, "content": {media_type: {"schema": {"type": "object"}}}}, **problems()}


@router.get(
    "/commons/dao.json",
    response_class=Response,
    responses=_kind(JSON, "The organisation, and where its other documents are."),
    summary="Read who this consortium is, for the world",
)
def get_dao(request: Request, read: WholeRead) -> Response:
    """The document that a `daoURI` points to (ERC-4824); the same at `/.well-known/dao.json`."""
    return _respond(request, read, daostar.organisation_document, JSON)


@router.get(
    "/commons/members.jsonld",
    response_class=Response,
    responses=_kind(JSON_LD, "Organisations."),
    summary="Read the members, for the world",
)
def get_common_members(request: Request, read: WholeRead, cursor: Cursor = None) -> Response:
    """Organisations on the roll, by their wallets; never persons. A longer list goes on at `next`."""
    page = commons.common_members(read.session, read.consortium, MEMBERS_AT_ONCE, cursor)
    return _respond(request, read, lambda who: daostar.members_document(who, page.items, page.next_cursor))


@router.get(
    "/commons/proposals.jsonld",
    response_class=Response,
    responses=_kind(JSON_LD, "Proposals."),
    summary="Read the proposals, for the world",
)
def get_common_proposals(request: Request, read: WholeRead, cursor: Cursor = None) -> Response:
    """Proposals in the order of publication, each with where it stands and its calls. A longer list goes on at `next`.

    `status` has the words that `state` has elsewhere.
    """
    page = commons.common_proposals(read.session, read.consortium, read.now, PROPOSALS_AT_ONCE, cursor)
    return _respond(request, read, lambda who: daostar.proposals_document(who, page.items, page.next_cursor))


@router.get(
    "/commons/activity.jsonld",
    response_class=Response,
    responses=_kind(JSON_LD, "Activities."),
    summary="Read what members did, for the world",
)
def get_common_activity(request: Request, read: WholeRead, cursor: Cursor = None) -> Response:
    """What members did about proposals, newest first. A longer list goes on at `next`."""
    page = commons.common_activity(read.session, read.consortium, ACTS_AT_ONCE, cursor)
    return _respond(request, read, lambda who: daostar.activity_document(who, page.items, page.next_cursor))


@router.get(
    "/commons/contracts.jsonld",
    response_class=Response,
    responses=_kind(JSON_LD, "Contracts."),
    summary="Read which contracts are the consortium's, for the world",
)
def get_common_contracts(request: Request, read: WholeRead) -> Response:
    """Every contract that decides or keeps something for the consortium; one that is not named here is not its own."""
    contracts = commons.common_contracts(read.session, read.consortium)
    return _respond(request, read, lambda who: daostar.contracts_document(who, contracts))


@router.get(
    "/commons/context.jsonld",
    response_class=Response,
    responses=_kind(JSON_LD, "A JSON-LD context."),
    summary="Read what the words of these documents mean",
)
def get_context(request: Request) -> Response:
    """The context to hand to a JSON-LD processor for the one that the documents name, so that it need fetch nothing."""
    return respond_bytes(request, daostar.CONTEXT_DOCUMENT, JSON_LD)


def _respond(request: Request, read: Reading, tell: Told, media_type: str = JSON_LD) -> Response:
    settings: Settings = request.app.state.settings
    consortium = read.consortium
    account = account_name(consortium.chain_id, consortium.registry)
    document = tell(daostar.Publisher(account, consortium.name, consortium.notice, settings.origin))
    headers = {AS_OF: as_of_header(read.as_of)}
    if isinstance(document.get("next"), str):
        headers["link"] = f'<{document["next"]}>; rel="next"'
    return respond_bytes(request, daostar.written(document), media_type, headers)
