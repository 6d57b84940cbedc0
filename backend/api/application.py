"""The API as an application of its own, to be mounted at /v1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute

from backend.api import (
    activity,
    anchors,
    ballots,
    bodies,
    calendar,
    changes,
    commons,
    decisions,
    documents,
    drafts,
    errors,
    exports,
    feed,
    governance,
    interventions,
    kinds,
    mandates,
    members,
    notices,
    openings,
    organisation,
    outcomes,
    participation,
    phrases,
    problems,
    proceedings,
    proposals,
    reasons,
    receipts,
    relay,
    reminders,
    representatives,
    rules,
    sessions,
    sign_in,
    status,
    stream,
    tokens,
    typed_data,
    webhooks,
)
from backend.api.answers import Written
from backend.api.description import complete
from backend.api.doorway import CORS_EXPOSED, Doorway
from backend.api.downloads import Downloads
from backend.api.quick_way import QuickWay
from backend.api.ready import Ready
from backend.api.shared import Shared
from backend.notices.broadcast import Broadcast
from backend.people.sign_in import contract_wallets_at
from backend.queries.mirror import Mirror
from backend.queries.moves import Moves
from backend.relay.accepting import Desk
from backend.settings import Settings

DESCRIPTION = """
What a consortium decides: its members, bodies, rules, proposals, ballots and outcomes, as recorded on chain.

- Every answer carries `as_of`: the block it speaks of, whether that is final, and how old the knowledge is.
- Times are RFC 3339 in UTC. Integers that JSON readers would round, such as proposal ids, are decimal strings.
- A list says its true `total`; the next part is asked for with `cursor=<next_cursor>`.
- Answers carry an `ETag`; send it back in `If-None-Match` and get 304 while nothing has changed.
- To hear of changes, ask for `/v1/status?wait=<revision>` with the `revision` of the last `as_of`: no need to poll.
- A refusal is `application/problem+json` with a stable `code` and what to do; `/v1/problems` lists them all.
"""
TAGS = [
    {"name": "status", "description": "How fresh the answers are."},
    {"name": "organisation", "description": "The consortium as a whole."},
    {"name": "members", "description": "Organisations on the roll, and their mandates."},
    {"name": "bodies", "description": "Organs with electorates of their own."},
    {"name": "rules", "description": "How questions are decided; every version is kept."},
    {"name": "kinds", "description": "What proposals can be about."},
    {"name": "proposals", "description": "Questions, ballots, outcomes, and what was said on them."},
    {"name": "activity", "description": "Who did what, and how often."},
    {
        "name": "changes",
        "description": "What happened, as a feed, a stream, a calendar, and calls to your own address.",
    },
    {"name": "relay", "description": "Votes by signature, without coins."},
    {"name": "sign-in", "description": "Who is asking, and how they show it."},
    {"name": "people", "description": "Who acts for a member; personal, and erasable."},
    {"name": "exports", "description": "The record as tables, whole."},
    {"name": "commons", "description": "What the consortium tells the world about itself (ERC-4824)."},
    {"name": "documents", "description": "Documents whose hashes are on record."},
    {"name": "drafts", "description": "Proposals that your organisation is still writing."},
]


NOUNS = (
    status,
    organisation,
    members,
    mandates,
    bodies,
    rules,
    kinds,
    openings,
    proposals,
    decisions,
    ballots,
    receipts,
    reasons,
    outcomes,
    proceedings,
    interventions,
    participation,
    activity,
    anchors,
    changes,
    stream,
    calendar,
    feed,
    webhooks,
    typed_data,
    relay,
    exports,
    commons,
    problems,
    sign_in,
    sessions,
    tokens,
    representatives,
    reminders,
    documents,
    drafts,
)
IN_WORDS = (phrases, governance, notices)
"""What needs somebody to put it in words."""
MOST_BODY = 64 * 1024
"""Bytes of a request's body, where a route does not say otherwise with `max_body_size`."""
EXAMPLES = Path(__file__).parent / "examples.json"
"""Path → answer, taken from the story the tests tell, lists cut to their first item."""


class Api(FastAPI):
    """FastAPI, whose description shows an answer of each path, and says of refusals what they are: problem+json."""

    def openapi(self) -> dict[str, Any]:
        """Make the OpenAPI document, once for all that have this title and these paths: it takes a second."""
        key = self.title, tuple(map(_name_of, self.routes))
        if key not in _DESCRIBED:
            document = _DESCRIBED[key] = super().openapi()
            for path, example in json.loads(EXAMPLES.read_text()).items():
                if path not in document["paths"]:  # plain words, where nobody is there to say them
                    continue
                document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["example"] = example
            for response in _responses(document):
                response["content"] = {errors.MEDIA_TYPE: response["content"]["application/json"]}
            complete(document)
        return _DESCRIBED[key]


_DESCRIBED: dict[tuple[str, tuple[object, ...]], dict[str, Any]] = {}


def _name_of(route: BaseRoute) -> object:
    """A router that was included stands for all of its paths; ours live as long as their modules."""
    router = getattr(route, "original_router", None)
    return getattr(route, "path", "") if router is None else id(router)


def _responses(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        for operation in operations.values():
            yield from (response for status, response in operation["responses"].items() if status >= "400")


@cache
def _routes(*, in_words: bool) -> tuple[BaseRoute, ...]:
    """Make the paths, once for all applications of a process: it takes FastAPI half a second, and they hold nothing."""
    every = APIRouter(generate_unique_id_function=lambda route: route.name)
    for noun in (*NOUNS, *(IN_WORDS if in_words else ())):
        every.include_router(noun.router, max_body_size=MOST_BODY)
    return tuple(every.routes)


def create_api(
    mirror: Mirror,
    settings: Settings,
    moves: Moves | None = None,
    phrasebook: phrases.Phrasebook | None = None,
    desk: Desk | None = None,
) -> FastAPI:
    """Make the API over a mirror, and over what tells when that has moved; with a phrasebook, also in plain words.

    `desk` takes signed ballots in, where there is one.
    """
    api = Api(
        title=f"{settings.consortium}: governance",
        version="1",
        description=DESCRIPTION,
        servers=[{"url": "/v1"}],
        root_path_in_servers=False,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.state.mirror = mirror
    api.state.moves = moves or Moves()
    api.state.desk = desk
    api.state.statuses = Shared[Written]()
    api.state.broadcast = Broadcast(mirror, api.state.moves, changes.written)
    api.state.settings = settings
    api.state.contract_wallets = contract_wallets_at(settings, mirror.consortium.chain_id)
    api.state.downloads = Downloads()
    errors.install(api)
    api.state.phrases = phrasebook
    api.router.routes.extend(_routes(in_words=phrasebook is not None))
    api.add_middleware(QuickWay, ready=Ready(mirror, api.state.moves))
    api.add_middleware(Doorway, describe=api.openapi, per_minute=settings.requests_per_minute)
    if settings.cors_origins:
        api.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "Idempotency-Key"],
            expose_headers=[*CORS_EXPOSED, "Location"],
        )
    return api
