"""Engines and sessions: one place that knows what each database needs to be safe and quick.

Whoever opens a session also ends its transaction; nothing further in commits.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout=10000",  # first, because the next one may already have to wait
    "PRAGMA journal_mode=WAL",  # readers go on while the indexer writes
    "PRAGMA wal_autocheckpoint=8000",  # 32 MB: a page that changes with every batch is copied back once in many
    "PRAGMA cache_size=-16000",  # 16 MB at most: ballots fall anywhere among the proposals that are open
    "PRAGMA synchronous=NORMAL",  # in WAL mode a crash loses the last batch at most, never half of one
    "PRAGMA foreign_keys=ON",
)
MANY: dict[str, Any] = {"pool_size": 10, "max_overflow": 70}
"""More than threads (40), so that nobody waits for one."""
OF_POSTGRESQL: dict[str, Any] = MANY | {
    "isolation_level": "REPEATABLE READ",  # all that goes into one answer is of one block, as in SQLite
    "pool_pre_ping": True,  # a server that was restarted is noticed before the next question, not by it
}
ENDS_WITH_CLIENT = {
    "client_connection_check_interval": "1000",
    "tcp_keepalives_idle": "1",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "2",
}
"""Lets the server notice in about two seconds that a client is gone, and with it the locks it held."""
WRITES = "writes"
"""Option of a connection whose transactions are going to write."""
ERASES = "erases"
"""Option of a connection that overwrites what it deletes or replaces: SQLite would leave it in the file."""


def engine_from(url: str) -> Engine:
    """Make the engine for a database URL; the folder of an SQLite file is created.

    Raises:
        sqlalchemy.exc.ArgumentError: the URL cannot be parsed.
    """
    if not is_sqlite(url):
        return create_engine(
            url, hide_parameters=True, **OF_POSTGRESQL, connect_args={"options": _options(ENDS_WITH_CLIENT)}
        )
    engine = create_engine(url, hide_parameters=True, **MANY)  # an error that is logged names no person
    create_folder(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Make the factory of sessions; `with factory.begin() as session` is one transaction."""
    return sessionmaker(engine, expire_on_commit=False)


def writing_factory(engine: Engine) -> sessionmaker[Session]:
    """Make a factory of sessions that wait for one another: in SQLite a reader that turns writer may be refused."""
    return session_factory(engine.execution_options(**{WRITES: True}))


def taking_factory(engine: Engine) -> sessionmaker[Session]:
    """Make a factory of writing sessions of which each statement sees what others committed before it.

    So that of two who do the same at once the second sees that the first has, and neither is turned away.
    """
    seeing = {} if engine.dialect.name == "sqlite" else {"isolation_level": "READ COMMITTED"}
    return session_factory(engine.execution_options(**{WRITES: True, ERASES: True}, **seeing))


def forget_written(engine: Engine) -> bool:
    """Empty SQLite's log of recent pages, in which what was erased a moment ago still stands; PostgreSQL has its own.

    Waits a moment for whoever is reading; False where somebody read on, so that it is left to the next time.
    """
    if engine.dialect.name != "sqlite":
        return True
    # Not through the engine: it would begin a transaction, and the log is not emptied within one.
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        answer = cursor.fetchone()
        cursor.close()
    return answer is not None and answer[0] == 0


def is_sqlite(url: str) -> bool:
    """Whether the database is a file of SQLite."""
    return make_url(url).get_backend_name() == "sqlite"


def file_of(url: str) -> Path | None:
    """The file of an SQLite database, or None if it lies in memory."""
    file = make_url(url).database
    return None if not file or file == ":memory:" or file.startswith("file:") else Path(file)


def create_folder(url: str) -> None:
    """See that the file of an SQLite database can be created."""
    file = file_of(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)


def _options(settings: dict[str, str]) -> str:
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's driver opens transactions only before writes, so that several reads would see several states.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get(WRITES, False)
    if options.get(ERASES, False):
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
