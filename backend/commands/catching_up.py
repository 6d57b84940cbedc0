"""Shows on a terminal how far the indexer has come, from what it has written."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy.exc import OperationalError

from backend.beside import beside
from backend.commands.progress_bar import ProgressBar
from backend.database.journal import CursorRecord
from backend.installation import Installation

PAUSE = 0.25
"""Seconds between looks."""


@contextmanager
def shown_catching_up(installation: Installation) -> Iterator[None]:
    """Draw a bar until the mirror has first reached the node's head."""
    with beside("progress", partial(_watch, installation)):
        yield


def _watch(installation: Installation, stop: threading.Event) -> None:
    first = installation.deployment.block
    with ProgressBar("reading blocks", 0) as bar:
        while not stop.wait(PAUSE):
            next_block, head = _how_far(installation)
            bar.total = head + 1 - first
            if next_block > head >= first:
                return
            bar.reach(next_block - first)


def _how_far(installation: Installation) -> tuple[int, int]:
    try:
        with installation.sessions() as session:
            cursor = session.get(CursorRecord, installation.consortium_id)
    except OperationalError:
        cursor = None
    return (installation.deployment.block, 0) if cursor is None else (cursor.next_block, cursor.head_number)
