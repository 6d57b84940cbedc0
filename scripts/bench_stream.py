"""How long after a block is taken in each of a thousand listeners has heard of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import uvloop

LISTENERS = 1_000
BLOCKS = 10
PATIENCE = 30.0
"""Seconds after which a listener counts as deaf."""
EVENT = b"event: "


def seconds_to_listeners(url: str, happen: Callable[[], None]) -> list[float]:
    """Seconds from the end of `happen` until each listener of `/v1/stream` had its event; of all blocks, in order.

    Raises:
        TimeoutError: somebody heard nothing.
    """
    return uvloop.run(_measure(url, happen))


async def _measure(url: str, happen: Callable[[], None]) -> list[float]:
    parts = urlsplit(url)
    listeners = [await _listen(str(parts.hostname), int(parts.port or 80)) for _ in range(LISTENERS)]
    took: list[float] = []
    for _ in range(BLOCKS):
        hearing = [asyncio.create_task(_heard(reader)) for reader, _ in listeners]
        await asyncio.sleep(0.5)
        await asyncio.to_thread(happen)
        happened = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            took += [max(0.0, at - happened) for at in await asyncio.gather(*hearing)]
    for _, writer in listeners:
        writer.close()
    return sorted(took)


async def _listen(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(f"GET /v1/stream HTTP/1.1\r\nhost: {host}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def _heard(reader: asyncio.StreamReader) -> float:
    while EVENT not in await reader.readline():
        if reader.at_eof():
            raise ConnectionError("the stream ended")
    return time.perf_counter()
