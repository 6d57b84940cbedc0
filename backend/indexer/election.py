"""One indexer leads, others stand by: whoever holds the consortium's lock follows the chain.

The lock belongs to a connection (PostgreSQL) or an open file (SQLite), so that it falls free when its holder dies. A
holder that stands still without dying gives no sign of life; PostgreSQL then ends its connection. Should it come back,
its term is over, and the database takes nothing from it any more.
"""

from __future__ import annotations

import logging
import os
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from backend.database.leadership import begin_term, sessions_in_term
from backend.database.locks import lock_file, locked_file, number_of
from backend.database.session import is_sqlite

LOOK_EVERY = 0.25
"""Seconds between looks of a standby."""
SIGN_EVERY = 0.5
"""Seconds between signs of life of a leader."""
SILENCE = 2.0
"""Seconds without a sign of life after which PostgreSQL takes the lock from a leader."""
log = logging.getLogger(__name__)

StillHolds = Callable[[], bool]


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
        with self._standing() as try_to_lock:
            still_holds = _wait(try_to_lock, stop, self.stands_by)
            if still_holds is None:
                yield None
                return
            with self._leading(still_holds, stop) as term:
                yield term

    @contextmanager
    def _leading(self, still_holds: StillHolds, stop: threading.Event) -> Iterator[Term]:
        name = f"{socket.gethostname()}:{os.getpid()}"
        over = threading.Event()
        ended = threading.Event()
        watch = threading.Thread(target=_watch, args=(still_holds, stop, over, ended), name="election", daemon=True)
        watch.start()
        try:
            number = begin_term(self.engine, self.consortium_id, name, time.time())
            log.info("Elected: %s leads in term %d", name, number)
            yield Term(number, sessions_in_term(self.engine, self.consortium_id, number, name), over)
        finally:
            ended.set()
            watch.join()

    def _standing(self) -> AbstractContextManager[Callable[[], StillHolds | None]]:
        if is_sqlite(str(self.engine.url)):
            return self._at_a_file()
        return self._at_a_server()

    @contextmanager
    def _at_a_file(self) -> Iterator[Callable[[], StillHolds | None]]:
        path = lock_file(str(self.engine.url), f"leader-{self.consortium_id}")
        held: list[sqlite3.Connection] = []

        def try_to_lock() -> StillHolds | None:
            try:
                held.extend([locked_file(path)] if path else [])
            except sqlite3.OperationalError:
                return None
            return lambda: True

        try:
            yield try_to_lock
        finally:
            for connection in held:
                connection.close()

    @contextmanager
    def _at_a_server(self) -> Iterator[Callable[[], StillHolds | None]]:
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            # It must not be given to anybody else: the lock would stay with it.
            connection.detach()
            connection.execute(text(f"SET idle_session_timeout = {int(SILENCE * 1000)}"))

            def try_to_lock() -> StillHolds | None:
                locked = connection.scalar(select(func.pg_try_advisory_lock(number_of(*self.lock))))
                return (lambda: _answers(connection)) if locked else None

            yield try_to_lock


def _wait(
    try_to_lock: Callable[[], StillHolds | None], stop: threading.Event, stands_by: Callable[[], None]
) -> StillHolds | None:
    waiting = False
    while not stop.is_set():
        still_holds = try_to_lock()
        if still_holds is not None:
            return still_holds
        if not waiting:
            log.info("Another indexer leads; standing by")
            waiting = True
        stands_by()
        stop.wait(LOOK_EVERY)
    return None


def _watch(still_holds: StillHolds, stop: threading.Event, over: threading.Event, ended: threading.Event) -> None:
    while not ended.is_set() and not stop.is_set() and still_holds():
        stop.wait(SIGN_EVERY)
    over.set()


def _answers(connection: Connection) -> bool:
    try:
        connection.scalar(select(1))
    except DBAPIError as error:
        log.warning("The lock of the leader is lost: %s", error.orig)
        return False
    return True
