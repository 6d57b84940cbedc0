"""New blocks as the node announces them over WebSocket. Only a wake-up call: what the block holds is asked elsewhere.

Whoever listens also looks from time to time by itself, so that a subscription that falls silent costs seconds only.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable
from typing import Any, Self

import msgspec
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.sync.connection import Connection

SUBSCRIBE = b'{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}'
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between attempts to connect."""
KNOCK_EVERY = 20.0
"""Seconds between pings; a node that does not answer one in that time is taken for gone."""
LARGEST_MESSAGE = 1 << 20

log = logging.getLogger(__name__)


class _Message(msgspec.Struct):
    method: str | None = None
    error: Any = None


class Subscription:
    """Calls `on_head` for each new block, from a thread of its own, until it is closed."""

    def __init__(self, url: str, on_head: Callable[[], None]) -> None:
        self._url = url
        self._on_head = on_head
        self._stop = threading.Event()
        self._socket: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="subscription", daemon=True)
        self.connected = False
        """Whether the node announces new blocks at the moment."""
        self.heads = 0
        """Blocks announced so far."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        socket = self._socket
        if socket is not None:
            socket.close()
        self._thread.join(5)

    def _run(self) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            heads = self.heads
            try:
                self._listen()
            except (OSError, WebSocketException, msgspec.MsgspecError) as error:
                if not self._stop.is_set():  # the address may carry a key, and the message the address
                    log.warning("No announcements of blocks (%s); looking every now and then", type(error).__name__)
            self.connected = False
            pause = FIRST_PAUSE if self.heads > heads else min(LONGEST_PAUSE, pause * 2)
            self._stop.wait(pause * random.uniform(0.5, 1.5))  # noqa: S311

    def _listen(self) -> None:
        with connect(
            self._url, max_size=LARGEST_MESSAGE, ping_interval=KNOCK_EVERY, ping_timeout=KNOCK_EVERY
        ) as socket:
            self._socket = socket
            socket.send(SUBSCRIBE)
            for text in socket:
                message = msgspec.json.decode(text, type=_Message)
                if message.error is not None:
                    raise ConnectionRefusedError
                if message.method == "eth_subscription":
                    self.heads += 1
                    self._on_head()
                elif not self.connected:
                    self.connected = True
                    self._on_head()  # what came while nobody listened
