"""Places that one process has at a time: whoever holds the place's lock works, the others stand by.

The lock belongs to a connection (PostgreSQL) or an open file (SQLite), so that it falls free when its holder dies. A
holder that stands still without dying gives no sign of life; PostgreSQL then ends its connection.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from backend.database.locks import lock_file, locked_file, number_of
from backend.database.session import is_sqlite

LOOK_EVERY = 0.25
"""Seconds between looks of a standby."""
SIGN_EVERY = 0.5
"""Seconds between signs of life of a holder."""
SILENCE = 2.0
"""Seconds without a sign of life after which PostgreSQL takes the lock from its holder."""

log = logging.getLogger(__name__)

StillHolds = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Turn:
    """A place, as a process that wants it sees it."""

    engine: Engine
    name: str
    """For the log, such as `indexer`."""
    file: str
    """Ending of the locked file's name beside an SQLite database."""
    lock: tuple[object, ...]
    """What the lock is named after in PostgreSQL."""
    stands_by: Callable[[], None] = lambda: None
    """Called now and then while another holds the place."""

    @contextmanager
    def held(self, stop: threading.Event) -> Iterator[threading.Event | None]:
        """Wait for the place and hold it for the length of the block; None if told to stop before.

        The event is set when the place is lost, or the program is to stop.

        Raises:
            sqlalchemy.exc.DBAPIError: the database is away.
        """
        with self._standing() as try_to_lock:
            still_holds = self._wait(try_to_lock, stop)
            if still_holds is None:
                yield None
                return
            with _watched(still_holds, stop) as over:
                yield over

    def _standing(self) -> AbstractContextManager[Callable[[], StillHolds | None]]:
        if is_sqlite(str(self.engine.url)):
            return self._at_a_file()
        return self._at_a_server()

    @contextmanager
    def _at_a_file(self) -> Iterator[Callable[[], StillHolds | None]]:
        path = lock_file(str(self.engine.url), self.file)
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

    def _wait(self, try_to_lock: Callable[[], StillHolds | None], stop: threading.Event) -> StillHolds | None:
        waiting = False
        while not stop.is_set():
            still_holds = try_to_lock()
            if still_holds is not None:
                return still_holds
            if not waiting:
                log.info("Another %s leads; standing by", self.name)
                waiting = True
            self.stands_by()
            stop.wait(LOOK_EVERY)
        return None


@contextmanager
def _watched(still_holds: StillHolds, stop: threading.Event) -> Iterator[threading.Event]:
    over, ended = threading.Event(), threading.Event()
    arguments = (still_holds, stop, over, ended)
    watch = threading.Thread(target=_watch, args=arguments, name="election", daemon=True)
    watch.start()
    try:
        yield over
    finally:
        ended.set()
        watch.join()


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
