"""The schema as a whole: every table, and how a database is brought to it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from backend.database import journal, records  # noqa: F401  # importing them is what fills the metadata
from backend.database.base import Base
from backend.database.session import engine_from

METADATA = Base.metadata


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database of that URL to a revision; creates it if there is none. Does nothing when it is there."""
    engine = engine_from(url)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), revision)
    engine.dispose()


def downgrade(url: str, revision: str) -> None:
    """Take the database of that URL back to an earlier revision; `base` removes every table."""
    engine = engine_from(url)
    with engine.begin() as connection:
        command.downgrade(configuration(connection), revision)
    engine.dispose()


def configuration(connection: Connection) -> Config:
    """Make Alembic's configuration for a connection: the revisions beside this file, no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
