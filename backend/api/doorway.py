"""What is seen to before any route runs: who asks too often, what is too long, what no route takes.

Works on ASGI messages alone, so that answers of any length pass through as they are written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from re import Pattern
from typing import Any
from urllib.parse import parse_qsl

from fastapi import Request, Response
from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.allowance import Allowance, Grant, client_of
from backend.api.deprecation import telling_deprecation
from backend.api.errors import MEANINGS, on_refusal, problem_response
from backend.errors import UnknownParameterError

LONGEST_ADDRESS = 8_192
"""Bytes of path and query together; the longest question that can be asked stays well below it."""
MOST_PARAMETERS = 400
CORS_EXPOSED = (
    "ETag",
    "Zbor-As-Of",
    "Content-Disposition",
    "Content-Language",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Deprecation",
    "Sunset",
    "Link",
)
"""Headers that scripts of other origins may read."""

Description = Callable[[], Mapping[str, Any]]
"""Gives the OpenAPI document."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A path, its methods, and the names each of them takes in the query."""

    shape: Pattern[str]
    queries: Mapping[str, frozenset[str]]


class Doorway:
    """Refuses or answers what needs no route, and lets the rest pass."""

    def __init__(
        self, app: ASGIApp, describe: Description, per_minute: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.app = app
        self._describe = describe
        self._clock = clock
        self._allowance = Allowance(per_minute) if per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or let it pass; every answer says what is left of the client's allowance."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._allowance is not None:
            grant = self._allowance.take(client_of((scope.get("client") or ("", 0))[0]), self._clock())
            send = _telling(send, self._allowance.per_minute, grant)
            if not grant.admitted:
                await _too_many(grant)(scope, receive, send)
                return
        refusal = await self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
        elif scope["method"] == "HEAD":
            scope = {**scope, "method": "GET", "without_body": True}
            await self.app(scope, receive, telling_deprecation(scope, _without_body(send)))
        else:
            await self.app(scope, receive, telling_deprecation(scope, _explaining(scope, receive, send)))

    @cached_property
    def _paths(self) -> tuple[_Path, ...]:
        described = self._describe()["paths"].items()
        return tuple(_Path(compile_path(path)[0], _queries(operations)) for path, operations in described)

    async def _refusal(self, scope: Scope) -> Response | None:
        """Answer what no route is needed for: too long an address, OPTIONS, a parameter that the path does not take."""
        query = scope["query_string"]
        if len(scope.get("raw_path") or scope["path"].encode()) + len(query) > LONGEST_ADDRESS:
            detail = f"The address has more than {LONGEST_ADDRESS} bytes."
            return problem_response(MEANINGS["ADDRESS_TOO_LONG"], "ADDRESS_TOO_LONG", detail)
        asked = scope["path"].removeprefix(scope.get("root_path", ""))
        path = next((each for each in self._paths if each.shape.match(asked)), None)
        if path is None:
            return None
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers={"allow": _allow(path)})
        known = path.queries.get("GET" if scope["method"] == "HEAD" else scope["method"])
        return None if known is None or not query else await _unknown(Request(scope), query, known)


async def _unknown(request: Request, query: bytes, known: frozenset[str]) -> Response | None:
    try:
        pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return await on_refusal(request, UnknownParameterError(tuple(sorted(known))))
    if all(name in known for name, _ in pairs):
        return None
    return await on_refusal(request, UnknownParameterError(tuple(sorted(known))))


def _queries(operations: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {
        method.upper(): frozenset(each["name"] for each in operation.get("parameters", ()) if each["in"] == "query")
        for method, operation in operations.items()
    }


def _allow(path: _Path) -> str:
    return ", ".join(sorted({*path.queries, "OPTIONS", *(("HEAD",) if "GET" in path.queries else ())}))


def _too_many(grant: Grant) -> Response:
    detail = f"This client has asked too often; one request more is taken in {grant.wait} s."
    response = problem_response(MEANINGS["TOO_MANY_REQUESTS"], "TOO_MANY_REQUESTS", detail)
    response.headers["retry-after"] = str(grant.wait)
    return response


def _telling(send: Send, per_minute: int, grant: Grant) -> Send:
    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["ratelimit-policy"] = f'"client";q={per_minute};w=60'
            headers["ratelimit"] = f'"client";r={grant.left};t={grant.wait}'
        await send(message)

    return told


def _explaining(scope: Scope, receive: Receive, send: Send) -> Send:
    """Say in the words of a problem what Starlette says of too large a body in plain ones."""
    refused = False

    async def told(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and message["status"] == 413:
            refused = MutableHeaders(scope=message).get("content-type", "").startswith("text/plain")
            if refused:
                detail = "The body has more bytes than this path takes."
                await problem_response(MEANINGS["BODY_TOO_LARGE"], "BODY_TOO_LARGE", detail)(scope, receive, send)
        if not refused:
            await send(message)

    return told


def _without_body(send: Send) -> Send:
    async def told(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return told
