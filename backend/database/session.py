"""Engines and sessions: one place that knows what each database needs to be safe and quick.

Whoever opens a session also ends its transaction; nothing further in commits.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",  # readers go on while the indexer writes
    "PRAGMA synchronous=NORMAL",  # in WAL mode a crash loses the last batch at most, never half of one
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=10000",
)


def engine_from(url: str) -> Engine:
    """Make the engine for a database URL; the folder of an SQLite file is created.

    Raises:
        sqlalchemy.exc.ArgumentError: the URL cannot be parsed.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        _create_folder(url)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Make the factory of sessions; `with factory.begin() as session` is one transaction."""
    return sessionmaker(engine, expire_on_commit=False)


def _create_folder(url: str) -> None:
    file = make_url(url).database
    if file and file != ":memory:" and not file.startswith("file:"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # Python's driver opens transactions only before writes, so that several reads would see several states.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
