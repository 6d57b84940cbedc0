"""So many questions at a time that strangers can make us ask: while a node takes its time, the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from backend.errors import NodeUnavailableError

AT_ONCE = 8
"""Well below the threads and connections of a process."""


class Places:
    """Places for questions; who finds none is turned away at once."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._free = BoundedSemaphore(most)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Take a place for the length of the block.

        Raises:
            NodeUnavailableError: all are taken.
        """
        if not self._free.acquire(blocking=False):
            raise NodeUnavailableError("as many questions are under way as are asked for strangers")
        try:
            yield
        finally:
            self._free.release()
