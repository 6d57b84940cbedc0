"""Ends a process whose follower hangs, so that whatever manages services starts it anew."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Self

from backend.exit_codes import ExitCode
from backend.indexer.pulse import Pulse

log = logging.getLogger(__name__)


def end_process(code: int) -> None:
    """End at once: a thread that hangs would keep an orderly exit waiting for ever."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


class Watchdog:
    """Bites when nothing was heard of the follower for so many seconds, from a thread of its own.

    With `demanding`, failed looks are no sign of life either: for a process that does nothing but follow, a fresh start
    with fresh connections is worth a try. One that also serves goes on serving what it has while the node is away.
    """

    def __init__(
        self,
        pulses: Callable[[], Sequence[Pulse]],
        seconds: float,
        *,
        demanding: bool,
        bite: Callable[[int], None] = end_process,
    ) -> None:
        self._pulses = pulses
        self._seconds = seconds
        self._demanding = demanding
        self._bite = bite
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()

    def silence(self) -> float:
        """Seconds for which nothing was heard of one of those that have not given up."""
        pulses = [pulse for pulse in self._pulses() if not pulse.vitals().stopped]
        hung = max((pulse.vitals().turned for pulse in pulses), default=0.0)
        if not self._demanding:
            return hung
        # One consortium whose node is away is no reason to interrupt the others.
        return max(hung, min((pulse.idle_seconds() for pulse in pulses), default=0.0))

    def _watch(self) -> None:
        while not self._stop.wait(min(1.0, self._seconds / 4)):
            silent = self.silence()
            if silent > self._seconds:
                log.critical("Nothing was heard of indexing for %.0f s: ending with %d", silent, ExitCode.STALLED)
                self._bite(ExitCode.STALLED)
                return
