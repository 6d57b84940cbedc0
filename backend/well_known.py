"""Addresses at the root that others prescribe, for answers of the API (RFC 8615)."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESSES = {"/.well-known/dao.json": "/v1/commons/dao.json"}
"""What is asked for → what answers."""


class WellKnown:
    """Stands before the application and lets the one path answer for the other."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, under the path that answers it."""
        answering = ADDRESSES.get(scope["path"]) if scope["type"] == "http" else None
        if answering is not None:
            scope = {**scope, "path": answering, "raw_path": answering.encode()}
        await self.app(scope, receive, send)
