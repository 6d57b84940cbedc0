"""Locks between processes, held by a connection, so that whoever dies lets go of them.

In PostgreSQL they are advisory locks. For SQLite a second, empty file beside the database is locked, so that the
database itself stays free for its readers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.session import file_of

LONGEST_WAIT = 120.0
"""Seconds in which another process's change of the schema must be over."""


def number_of(*parts: object) -> int:
    """Make the 64-bit number that names a lock in PostgreSQL; the same parts give the same number everywhere."""
    digest = sha256("|".join(map(str, ("zbor", *parts))).encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def wait_turn(session: Session, *parts: object) -> None:
    """Wait until no other transaction holds this turn, and hold it to the end of this one.

    In SQLite whoever may write is alone anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(number_of(*parts))))


def lock_file(url: str, purpose: str) -> Path | None:
    """Name the file to lock for a purpose beside an SQLite database; None if the database lies in memory."""
    file = file_of(url)
    return None if file is None else file.with_name(f"{file.name}.{purpose}")


def locked_file(path: Path, wait: float = 0) -> sqlite3.Connection:
    """Lock a file until the connection is closed, or the process ends however it ends.

    Raises:
        sqlite3.OperationalError: after `wait` seconds another process, or connection, still holds it.
    """
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        raise
    return connection


@contextmanager
def alone(path: Path | None) -> Iterator[None]:
    """Hold a file's lock for the length of the block; waits for whoever holds it."""
    if path is None:
        yield
        return
    with closing(locked_file(path, LONGEST_WAIT)):
        yield
