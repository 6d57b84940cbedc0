"""How much is done to the mirror, and where the figures of it are kept.

Small by default; `scripts/bench_chaos.py` runs the same tests in earnest, and collects the figures.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from scripts.figures import line

SEED = int(os.environ.get("ZBOR_CHAOS_SEED", "7"))
TAKEOVER = 3.0
"""Seconds in which a standby is to have taken over; a goal of the figures."""


@dataclass(frozen=True)
class Size:
    """How often each thing is done."""

    kills: int
    """Of the indexer, half of them while the past is read."""
    past: int
    """Blocks of it."""
    forks: int
    faults: int
    """Of each kind, between indexer and node."""
    leaders: dict[str, int]
    """Killed, by database."""
    restarts: int
    """Of PostgreSQL, every other one by kill -9."""
    failovers: int
    announced: int
    """Blocks."""


SMALL = Size(6, 300, 5, 1, {"sqlite": 2, "postgresql": 5}, 2, 1, 8)
LARGE = Size(200, 3_000, 100, 50, {"sqlite": 20, "postgresql": 50}, 10, 3, 100)
SIZE = LARGE if os.environ.get("ZBOR_CHAOS_SIZE") == "large" else SMALL


def figure(name, value, unit="", goal=None, **more):
    """Keep a figure for whoever asked for them; with a goal, one that should be small."""
    path = os.environ.get("ZBOR_CHAOS_FIGURES")
    if path:
        with Path(path).open("a") as lines:
            kept = line(name, value, unit, goal, ok=goal is None or value <= goal)
            lines.write(json.dumps(kept | more) + "\n")
