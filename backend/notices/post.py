"""Calls an address that somebody else chose: checked where it leads, once, with limits to everything.

The connection is made to the very IP address that was checked, so that a name that resolves otherwise a moment later
leads nowhere. No redirect is followed, no proxy of the environment is used, and little of the answer is read.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from backend.notices.addresses import is_listed, is_public

LONGEST_CALL = 10.0
"""Seconds for everything: name, connection, and answer."""
BY_US = (("user-agent", "Zbor"), ("accept", "*/*"), ("connection", "close"))
MOST_READ = 16_384
"""Bytes of the answer."""


UNREACHED = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    httpcore.TimeoutException,
    OSError,
    UnicodeError,  # a name that no name server could be asked for
)


class _ForbiddenError(Exception):
    """The name leads to an address that must not be called."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a call."""

    status: int | None
    problem: str | None

    @property
    def well(self) -> bool:
        """Whether the other side has taken it in."""
        return self.problem is None


async def post(url: str, headers: dict[str, str], body: bytes, listed: Collection[str] = ()) -> Answered:
    """Send a body to an address, and say what came of it; raises nothing that the other side could bring about."""
    try:
        async with asyncio.timeout(LONGEST_CALL):
            status = await _send(url, headers, body, listed)
    except TimeoutError:
        return Answered(None, f"gave no answer within {LONGEST_CALL:.0f} seconds")
    except _ForbiddenError as error:
        return Answered(None, str(error))
    except UNREACHED as error:
        return Answered(None, f"could not be reached: {type(error).__name__}")
    if 200 <= status < 300:
        return Answered(status, None)
    moved = ", and redirects are not followed" if 300 <= status < 400 else ""
    return Answered(status, f"answered {status}{moved}")


async def _send(url: str, headers: dict[str, str], body: bytes, listed: Collection[str]) -> int:
    given = [(name.encode(), value.encode()) for name, value in (*headers.items(), *BY_US)]
    backend = _Checked(listed)
    async with (
        httpcore.AsyncConnectionPool(ssl_context=ssl.create_default_context(), network_backend=backend) as pool,
        pool.stream("POST", url, headers=given, content=body) as response,
    ):
        read = 0
        async for part in response.aiter_stream():
            read += len(part)
            if read > MOST_READ:
                break
        return int(response.status)


class _Checked(httpcore.AsyncNetworkBackend):
    """Resolves a name once, checks every address it has, and connects to one of these."""

    def __init__(self, listed: Collection[str]) -> None:
        self._listed = listed
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's word
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a checked address of the host."""
        failed: Exception = OSError("no address")
        for address in await self._addresses(host, port):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int) -> list[str]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not is_listed(host, port, self._listed) and not all(map(is_public, addresses)):
            # One private address among public ones is a trick, too.
            raise _ForbiddenError("leads to an address that is not public")
        return addresses
