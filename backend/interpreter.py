"""How Python itself is set for programs that index."""

from __future__ import annotations

import gc
import sys

RARELY = (50_000, 20, 20)
"""New objects before the garbage collector looks at the youngest; such looks before one at older ones, and so on."""
SOON = 0.0005
"""Seconds after which a thread has to let another one on."""


def prepare_interpreter() -> None:
    """Look for garbage that refers to itself more rarely, never among what is there by now; change threads sooner.

    The events of a range are a hundred thousand objects that all die by themselves: walking through them took about a
    quarter of the time that Python itself spent on indexing. And the thread that writes needs the interpreter only
    between two statements: it should not wait for it longer than those take.
    """
    gc.freeze()
    gc.set_threshold(*RARELY)
    sys.setswitchinterval(SOON)
