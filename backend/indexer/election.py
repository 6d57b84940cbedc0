"""One indexer leads, others stand by: whoever has the consortium's place follows the chain.

Should a leader that was taken for dead come back, its term is over, and the database takes nothing from it any more.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from backend.database.leadership import begin_term, sessions_in_term
from backend.database.turns import Turn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Term:
    """The time in which this process leads."""

    number: int
    sessions: sessionmaker[Session]
    """Sessions that fail once the term is over."""
    over: threading.Event
    """Set when the lock is lost, or the program is to stop."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A process that wants to follow a consortium's chain."""

    engine: Engine
    consortium_id: int
    lock: tuple[int, str]
    """What the lock is named after: chain and registry, which are the same in every database that mirrors them."""
    stands_by: Callable[[], None] = lambda: None
    """Called now and then while another leads."""

    @contextmanager
    def elected(self, stop: threading.Event) -> Iterator[Term | None]:
        """Wait to be elected, and lead for the length of the block; None if told to stop before.

        Raises:
            sqlalchemy.exc.DBAPIError: the database is away.
        """
        turn = Turn(self.engine, "indexer", f"leader-{self.consortium_id}", self.lock, self.stands_by)
        with turn.held(stop) as over:
            yield None if over is None else self._term(over)

    def _term(self, over: threading.Event) -> Term:
        name = f"{socket.gethostname()}:{os.getpid()}"
        number = begin_term(self.engine, self.consortium_id, name, time.time())
        log.info("Elected: %s leads in term %d", name, number)
        return Term(number, sessions_in_term(self.engine, self.consortium_id, number, name), over)
