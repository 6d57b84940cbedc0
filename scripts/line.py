"""A line between the service and its node that can be cut, while everybody else still reaches the node."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from scripts.processes import LOOPBACK

PIECE = 65_536


class Line:
    """Passes bytes on between whoever connects and the node."""

    def __init__(self, node_url: str) -> None:
        parts = urlsplit(node_url)
        self._node = (str(parts.hostname), int(parts.port or 80))
        self._listener = socket.create_server((LOOPBACK, 0))
        self.url = f"http://{LOOPBACK}:{self._listener.getsockname()[1]}"
        self._whole = True
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End all connections; new ones are dropped at once."""
        self._whole = False
        for each in tuple(self._open):
            _end(each)

    def mend(self) -> None:
        """Let connections through again."""
        self._whole = True

    def close(self) -> None:
        """End everything."""
        _end(self._listener)
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener is closed
            while True:
                caller, _ = self._listener.accept()
                if not self._whole:
                    caller.close()
                    continue
                node = socket.create_connection(self._node)
                for pair in ((caller, node), (node, caller)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        self._open.add(source)
        with suppress(OSError):
            while piece := source.recv(PIECE):
                target.sendall(piece)
        for each in (source, target):
            _end(each)
        self._open.discard(source)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextmanager
def line_to(node_url: str) -> Iterator[Line]:
    """A line for the length of the block."""
    line = Line(node_url)
    try:
        yield line
    finally:
        line.close()
