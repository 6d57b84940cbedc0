"""The pulse of a follower: wakes it, and tells others how it fares. Everything here goes by the monotonic clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

SLICE = 0.25
"""Seconds after which a waiting follower sees that it is to stop."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How a follower fares at one moment. Seconds are counted back from that moment."""

    turned: float
    """Seconds since it last did anything: took in a range, looked, failed or began to wait."""
    looked: float | None = None
    """Seconds since it last agreed with the node about the newest block; None before the first time."""
    events: int = 0
    """Taken in since the process began."""
    reorganisations: int = 0
    blocks_cut: int = 0
    failures: int = 0
    """Looks that failed."""
    blocks_behind: int | None = None
    problem: str | None = None
    """Code of the error that the last look ended with; None after a good one."""
    stopped: bool = False
    """Whether it has given up for good."""
    standing_by: bool = False
    """Whether another process leads."""


class Pulse:
    """Written by the follower's thread, read by any."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._bell = threading.Event()
        self._lock = threading.Lock()
        self._vitals = Vitals(turned=0)
        self._turned_at = clock()
        self._looked_at: float | None = None
        self._progressed_at = clock()
        self._of_this_look = 0

    def vitals(self) -> Vitals:
        """Take the pulse."""
        now = self._clock()
        with self._lock:
            looked = None if self._looked_at is None else now - self._looked_at
            return replace(self._vitals, turned=now - self._turned_at, looked=looked)

    def idle_seconds(self) -> float:
        """Seconds since it last took in blocks or looked with success."""
        with self._lock:
            return self._clock() - self._progressed_at

    def took_in(self, events: int, blocks_behind: int) -> None:
        """Note a range; `events` counts from the beginning of the look."""
        with self._lock:
            new, self._of_this_look = events - self._of_this_look, events
            self._turned_at = self._progressed_at = self._clock()
            self._vitals = replace(
                self._vitals, events=self._vitals.events + max(0, new), blocks_behind=max(0, blocks_behind)
            )

    def looked(self, events: int, blocks_behind: int, cut: int) -> None:
        """Note the good end of a look, and how many blocks a reorganisation took back in it."""
        self.took_in(events, blocks_behind)
        with self._lock:
            self._of_this_look = 0
            self._looked_at = self._clock()
            self._vitals = replace(
                self._vitals,
                reorganisations=self._vitals.reorganisations + bool(cut),
                blocks_cut=self._vitals.blocks_cut + cut,
                problem=None,
            )

    def failed(self, problem: str, *, for_good: bool = False) -> None:
        """Note the bad end of a look."""
        with self._lock:
            self._of_this_look = 0
            self._turned_at = self._clock()
            failures = self._vitals.failures + 1
            self._vitals = replace(self._vitals, failures=failures, problem=problem, stopped=for_good)

    def stands_by(self) -> None:
        """Note that another process leads, and that this one waits for its turn."""
        with self._lock:
            self._turned_at = self._progressed_at = self._clock()
            self._vitals = replace(self._vitals, standing_by=True, problem=None)

    def leads(self) -> None:
        """Note that it is this process's turn."""
        with self._lock:
            self._turned_at = self._clock()
            self._vitals = replace(self._vitals, standing_by=False)

    def ring(self) -> None:
        """Wake the follower: there is something to look at."""
        self._bell.set()

    def wait(self, seconds: float, stop: threading.Event) -> None:
        """Wait until it is rung for, told to stop, or the time is over."""
        until = self._clock() + seconds
        while not stop.is_set() and (left := until - self._clock()) > 0:
            with self._lock:
                self._turned_at = self._clock()
            if self._bell.wait(min(SLICE, left)):
                break
        self._bell.clear()
