"""The floor under the API: prepared bytes of the same length, given out by uvicorn and Starlette and nothing else."""

from __future__ import annotations

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


def application(size: int) -> Starlette:
    """Answer every question with so many bytes."""
    body = b'"' + b"0" * (size - 2) + b'"'

    async def answer(_: Request) -> Response:
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/health/ready", answer)])


def main() -> None:
    """Serve on the port and with the size of the command line."""
    port, size = map(int, sys.argv[1:])
    uvicorn.run(application(size), host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
