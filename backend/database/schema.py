"""The schema as a whole: every table, and how a database is brought to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

# Importing them is what fills the metadata.
from backend.database import changes, comparison, desk, journal, leadership, records  # noqa: F401
from backend.database.base import Base
from backend.database.locks import alone, lock_file, number_of
from backend.database.session import WRITES, create_folder, engine_from, is_sqlite
from backend.errors import DatabaseNewerError

METADATA = Base.metadata


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of that URL to a revision; creates it if there is none. Does nothing when it is there.

    Processes that start at the same moment wait for one another.

    Raises:
        DatabaseNewerError: a newer release was here; nothing was changed.
    """
    with _changing(url) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database of that URL back to an earlier revision; `base` removes every table.

    Raises:
        DatabaseNewerError: a newer release was here; nothing was changed.
    """
    with _changing(url) as connection:
        command.downgrade(configuration(connection), revision)


def configuration(connection: Connection) -> Config:
    """Make Alembic's configuration for a connection: the revisions beside this file, no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _changing(url: str) -> Iterator[Connection]:
    engine = engine_from(url)
    try:
        if is_sqlite(url):
            create_folder(url)
            with alone(lock_file(url, "upgrade")), engine.execution_options(**{WRITES: True}).begin() as connection:
                _require_known(connection)
                yield connection
        else:
            # Who waited for the lock must see what was done meanwhile.
            with engine.execution_options(isolation_level="READ COMMITTED").begin() as connection:
                connection.execute(select(func.pg_advisory_xact_lock(number_of("schema"))))
                _require_known(connection)
                yield connection
    finally:
        engine.dispose()


def _require_known(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = {each.revision for each in ScriptDirectory.from_config(configuration(connection)).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseNewerError(found)
