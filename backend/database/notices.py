"""Tells when the mirror has moved: PostgreSQL says so itself, SQLite is looked at.

A trigger announces each revision on the channel `zbor_<consortium>` when the transaction that makes it commits. A
standby server cannot announce anything: listen at the database itself.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from psycopg import Connection, OperationalError
from psycopg import connect as connect_to_postgresql
from psycopg.conninfo import make_conninfo
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from backend.database.journal import CursorRecord

LOOK_EVERY = 0.01
"""Seconds between looks at an SQLite database, which cost it next to nothing."""
LISTEN_FOR = 0.2
"""Seconds for which PostgreSQL is listened to at a time."""
TRY_AGAIN = 0.5
"""Seconds between tries to listen to a server that is away."""
LONGEST_GOODBYE = 5.0
"""Seconds to wait for the listener at the end; it may be in the middle of finding its server."""
NOTICES_DEATH = {"connect_timeout": 5, "keepalives_idle": 2, "keepalives_interval": 2, "keepalives_count": 2}
"""Who only listens sends nothing, and would not notice that a server has vanished without a word."""

log = logging.getLogger(__name__)


class Notices:
    """The newest revision of one consortium's mirror, for any number of threads that wait for the next.

    `tell` is called with each, in the listening thread.
    """

    def __init__(
        self, engine: Engine, consortium_id: int, tell: Callable[[int], object] = lambda revision: revision
    ) -> None:
        self._engine = engine
        self._consortium_id = consortium_id
        self._tell_also = tell
        self._revision = -1
        self._deaf = False
        self._moved = threading.Condition()

    @property
    def revision(self) -> int:
        """The newest revision heard of; -1 before the first."""
        return self._revision

    def wait(self, known: int, seconds: float) -> int:
        """Wait until there is a newer revision than the known one, at most so long. Returns the newest."""
        with self._moved:
            self._moved.wait_for(lambda: self._revision > known, seconds)
            return self._revision

    @contextmanager
    def heard(self) -> Iterator[Notices]:
        """Listen in a thread of its own for the length of the block."""
        stop = threading.Event()
        thread = threading.Thread(target=self._listen, args=(stop,), name="notices", daemon=True)
        thread.start()
        try:
            yield self
        finally:
            stop.set()
            thread.join(LONGEST_GOODBYE)

    def _listen(self, stop: threading.Event) -> None:
        listen = self._at_a_server if self._engine.dialect.name == "postgresql" else self._at_a_file
        while not stop.is_set():
            try:
                listen(stop)
            except (DBAPIError, OperationalError, sqlite3.Error) as error:
                log.log(logging.DEBUG if self._deaf else logging.WARNING, "Not told of new revisions: %s", error)
                self._deaf = True
                stop.wait(TRY_AGAIN)

    def _at_a_file(self, stop: threading.Event) -> None:
        # Not through the engine: it would begin a transaction, and within one nothing ever moves.
        with closing(self._engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            seen = None
            while not stop.wait(LOOK_EVERY):
                # SQLite's own count of the commits of others: the tables are asked only when it has moved.
                commits = cursor.execute("PRAGMA data_version").fetchone()
                if commits != seen:
                    self._look()
                    seen = commits
                self._deaf = False

    def _at_a_server(self, stop: threading.Event) -> None:
        url = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with connect_to_postgresql(make_conninfo(url, **NOTICES_DEATH), autocommit=True) as connection:
            connection.execute(f"LISTEN zbor_{self._consortium_id:d}".encode())
            self._deaf = False
            self._look()  # what was announced before is not announced again
            while not stop.is_set():
                self._take_in(connection)

    def _take_in(self, connection: Connection) -> None:
        for notice in connection.notifies(timeout=LISTEN_FOR, stop_after=1):
            self._tell(int(notice.payload))

    def _look(self) -> None:
        wanted = select(CursorRecord.revision).where(CursorRecord.consortium_id == self._consortium_id)
        with self._engine.connect() as connection:
            found = connection.scalar(wanted)
        if found is not None:
            self._tell(found)

    def _tell(self, revision: int) -> None:
        with self._moved:
            if revision == self._revision:
                return
            self._revision = revision
            self._moved.notify_all()
        self._tell_also(revision)
