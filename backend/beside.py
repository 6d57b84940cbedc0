"""Running something in a thread of its own beside something else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def beside(name: str, run: Callable[[threading.Event], None], longest_goodbye: float | None = None) -> Iterator[None]:
    """Run something in a thread of that name for the length of the block, then tell it to stop and wait for it.

    It is waited for `longest_goodbye` seconds at most; with None as long as it takes.
    """
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(stop,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(longest_goodbye)
