"""A bar on the terminal that says how far a long command has got; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

WIDTH = 30
PAUSE = 0.1
"""Seconds between two drawings."""


class ProgressBar:
    """Counts up to a total on standard error. Use it as a context; at the end the line is wiped."""

    def __init__(self, label: str, total: int, stream: TextIO | None = None) -> None:
        self._label = label
        self.total = total
        """May grow meanwhile."""
        self._stream = sys.stderr if stream is None else stream
        self._shown = self._stream.isatty()
        self._started = time.monotonic()
        self._drawn = 0.0
        self._width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def reach(self, done: int) -> None:
        """Draw the bar for that many done, if the last drawing was long enough ago."""
        now = time.monotonic()
        if not self._shown or (now - self._drawn < PAUSE and done < self.total):
            return
        self._drawn = now
        line = self.line(done, now - self._started)
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def line(self, done: int, seconds: float) -> str:
        """Say how far it is after so many seconds."""
        part = min(1.0, done / self.total) if self.total else 1.0
        filled = round(part * WIDTH)
        rate = f", {done / seconds:,.0f}/s" if seconds >= 1 else ""
        return f"{self._label} [{'#' * filled}{'.' * (WIDTH - filled)}] {part:4.0%}  {done:,} of {self.total:,}{rate}"
