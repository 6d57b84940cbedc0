"""The way of the two questions that are asked most: past all routes, to what is ready.

What it answers is what the routes would have answered. Whatever is asked otherwise, or wrongly, goes on to them.
"""

from __future__ import annotations

import re
from typing import get_origin

from pydantic import ValidationError
from starlette.datastructures import Headers, QueryParams
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from backend.api.board import Question
from backend.api.parameters import CURSOR, LIMIT, PROPOSAL_NAME
from backend.api.proposal_query import ProposalQuery
from backend.api.ready import Ready
from backend.api.replies import has_already
from backend.errors import ZborError

OF_A_BODY = frozenset((b"content-length", b"transfer-encoding"))
"""Headers of a request with a body, which the routes may refuse."""
LIST = ProposalQuery().limit
"""Proposals in a part where nobody says how many."""
SEVERAL = frozenset(name for name, field in ProposalQuery.model_fields.items() if get_origin(field.annotation) is list)
"""What may be given several times; of anything else the last counts, as in the routes."""
_BALLOTS_OF = re.compile(rf"/proposals/{PROPOSAL_NAME[1:-1]}/ballots")
_PART = re.compile(rf"(?:limit=([1-9][0-9]?|100))?(?:(?:^|&)cursor=({CURSOR[1:-1]}))?")


class QuickWay:
    """Stands before the routes."""

    def __init__(self, app: ASGIApp, ready: Ready) -> None:
        self.app = app
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it go on."""
        question = question_in(scope)
        found = None if question is None else await self._ready.answer(question)
        if found is None:
            await self.app(scope, receive, send)
            return
        headers = {"etag": found.tag, "cache-control": "no-cache"}
        if has_already(Headers(scope=scope).get("if-none-match"), found.tag):
            response = Response(status_code=304, headers=headers)
        else:
            response = Response(found.body, media_type="application/json", headers=headers)
        await response(scope, receive, send)


def question_in(scope: Scope) -> Question | None:
    """Read what is asked; None where it is something else, or said in another way."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    if any(name in OF_A_BODY for name, _ in scope["headers"]):
        return None
    path, query = scope["path"].removeprefix(scope.get("root_path", "")), scope["query_string"]
    named = _BALLOTS_OF.fullmatch(path)
    if path != "/proposals" and named is None:
        return None
    plain = _PART.fullmatch(query.decode("latin-1"))
    if plain is not None:
        return Question(int(plain[1] or (LIMIT if named else LIST)), plain[2], named[1] if named else None)
    return None if named else _chosen(QueryParams(query))


def _chosen(given: QueryParams) -> Question | None:
    if not given.keys() <= ProposalQuery.model_fields.keys():
        return None
    try:
        asked = ProposalQuery.model_validate(
            {name: given.getlist(name) if name in SEVERAL else given[name] for name in given}
        )
        wanted = asked.filter()
    except (ValidationError, ZborError):
        return None
    return Question(asked.limit, asked.cursor, wanted=wanted, sort=asked.sort or "") if wanted.by_record else None
