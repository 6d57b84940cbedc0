"""The comparison of the mirror with the contracts' own views that runs beside `index` and `serve`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from backend.audit import crosscheck
from backend.beside import beside
from backend.chain.endpoints import open_node
from backend.health import Watch
from backend.installation import Installation

LONGEST_GOODBYE = 5.0
"""Seconds to wait for the comparison in hand; one that is cut off leaves nothing behind."""


@contextmanager
def crosschecked(installation: Installation, watch: Watch) -> Iterator[None]:
    """Compare the mirror with the contracts' own views for the length of the block, and tell it to the watch."""
    settings = installation.settings
    if not settings.crosscheck_seconds:
        yield
        return
    with open_node(installation.followed[0].rpc_url.split(","), installation.deployment.chain_id) as node:
        looks = crosscheck.Crosscheck(installation.mirror(), installation.deployment, node)
        watch.further["comparison"] = looks.health
        compare = partial(crosscheck.run, looks, seconds=settings.crosscheck_seconds)
        with beside("crosscheck", compare, LONGEST_GOODBYE):
            yield
