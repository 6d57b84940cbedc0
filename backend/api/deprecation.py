"""What is to go away: declared where the route is, said in the description and with every answer of it.

A route is marked by what `going_away` gives:

    @router.get("/old", **going_away(since=date(2027, 1, 1), sunset=date(2028, 1, 1), successor="/v1/new", explained=…))

The answers then carry `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link`, refusals too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Scope, Send

LEAST_DAYS = 365
"""Days that a route goes on after it was deprecated."""
EXTRA = "x-deprecation"
"""Where the description of an operation keeps what its answers say."""
HEADERS = {
    "Deprecation": ("Since when this path is deprecated (RFC 9745): `@` and seconds.", "@1798761600"),
    "Sunset": ("From when on this path may be gone (RFC 8594).", "Sat, 01 Jan 2028 00:00:00 GMT"),
    "Link": (
        'What takes its place (`rel="successor-version"`), and why (`rel="deprecation"`).',
        '</v1/members>; rel="successor-version", </v1/openapi.json>; rel="deprecation"',
    ),
}
"""Header → what it means, and an example."""


def going_away(*, since: date, sunset: date, successor: str, explained: str) -> dict[str, Any]:
    """Give what marks a route as deprecated, for its decorator.

    Args:
        since: the day, in UTC, from which on it is deprecated.
        sunset: the day, in UTC, from which on it may be gone.
        successor: path of what takes its place, with the parameters of this one in braces.
        explained: address of what explains it to people.

    Raises:
        ValueError: it would go sooner than was promised.
    """
    if (sunset - since).days < LEAST_DAYS:
        raise ValueError(f"the API promises {LEAST_DAYS} days from since to sunset; {since} to {sunset} is less")
    told = {"since": since.isoformat(), "sunset": sunset.isoformat(), "successor": successor, "explained": explained}
    return {"deprecated": True, "openapi_extra": {EXTRA: told}}


def describe_deprecation(operation: dict[str, Any]) -> None:
    """Say of each answer of a deprecated operation which headers it carries."""
    if EXTRA not in operation:
        return
    for response in operation["responses"].values():
        headers = response.setdefault("headers", {})
        for name, (meaning, example) in HEADERS.items():
            headers[name] = {"description": meaning, "schema": {"type": "string"}, "example": example}


def telling_deprecation(scope: Scope, send: Send) -> Send:
    """Send what is sent, with the headers of a deprecated route if it was one that answered."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            extra = getattr(scope.get("route"), "openapi_extra", None) or {}
            if EXTRA in extra:
                _tell(MutableHeaders(scope=message), extra[EXTRA], scope.get("path_params", {}))
        await send(message)

    return told


def _tell(headers: MutableHeaders, told: Mapping[str, str], named: Mapping[str, Any]) -> None:
    successor = told["successor"].format_map({name: quote(str(value), safe="") for name, value in named.items()})
    headers["deprecation"] = f"@{int(_midnight(told['since']).timestamp())}"
    headers["sunset"] = format_datetime(_midnight(told["sunset"]), usegmt=True)
    headers.append("link", f'<{successor}>; rel="successor-version", <{told["explained"]}>; rel="deprecation"')


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)
