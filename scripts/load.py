"""Asks a server over and over on many connections, and says how long answers took.

Sends prepared bytes and looks at nothing but the status and the length, so that one core asks faster than one answers.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlsplit

import uvloop

CONNECTIONS = 32
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
OK = b"HTTP/1.1 200"


class LoadError(Exception):
    """The server answered with something else than 200, or went away."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it."""

    seconds: float
    took: list[float]
    """Seconds that each answer took, in order of length."""
    size: int
    """Bytes of the last answer's body."""

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def quantile(self, share: float) -> float:
        """The time within which that share was answered."""
        return self.took[min(len(self.took) - 1, int(len(self.took) * share))]


class _Asker(asyncio.Protocol):
    """One connection, on which the next question follows the answer."""

    def __init__(self, questions: Iterable[bytes], until: float) -> None:
        self.took: list[float] = []
        self.size = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._questions = cycle(questions)
        self._until = until
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Ask again when the answer is whole."""
        self._got = self._got + data if self._got else data
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return
        length = LENGTH.search(self._got, 0, end + 2)
        if length is None or not self._got.startswith(OK):
            self._end(LoadError(self._got[:200].decode("latin-1")))
        elif len(self._got) >= end + 4 + int(length[1]):
            self._take(int(length[1]))

    def connection_lost(self, _: Exception | None) -> None:
        """Say so, if it was not us."""
        self._end(LoadError("the server hung up"))

    def _take(self, size: int) -> None:
        now = time.perf_counter()
        self.took.append(now - self._asked)
        self.size = size
        if now < self._until:
            self._ask()
        else:
            self._end(None)

    def _ask(self) -> None:
        self._got = b""
        self._asked = time.perf_counter()
        self._transport.write(next(self._questions))  # type: ignore[attr-defined]  # a transport of a stream

    def _end(self, error: LoadError | None) -> None:
        if not self.done.done():
            self.done.set_exception(error) if error else self.done.set_result(None)
        self._transport.close()


def load(
    servers: Sequence[str],
    paths: Sequence[str],
    seconds: float = 4.0,
    headers: dict[str, str] | None = None,
    connections: int = CONNECTIONS,
) -> Load:
    """Ask these servers, each on its share of the connections, for these paths by turns.

    Raises:
        LoadError: an answer was no 200.
    """
    return uvloop.run(_load(servers, paths, seconds, headers or {}, connections))


async def _load(
    servers: Sequence[str], paths: Sequence[str], seconds: float, headers: dict[str, str], connections: int
) -> Load:
    loop, begun = asyncio.get_running_loop(), time.perf_counter()
    askers = []
    for number in range(connections):
        parts = urlsplit(servers[number % len(servers)])
        first = number * len(paths) // connections  # so that no two ask the same at the same time
        questions = [_question(parts.netloc, path, headers) for path in (*paths[first:], *paths[:first])]

        def make(questions: list[bytes] = questions) -> _Asker:
            return _Asker(questions, begun + seconds)

        _, asker = await loop.create_connection(make, str(parts.hostname), int(parts.port or 80))
        askers.append(asker)
    await asyncio.gather(*(asker.done for asker in askers))
    took = sorted(each for asker in askers for each in asker.took)
    return Load(time.perf_counter() - begun, took, askers[0].size)


def _question(host: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [
        f"GET {path} HTTP/1.1",
        f"host: {host}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode()
