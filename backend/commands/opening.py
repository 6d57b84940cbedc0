"""What the commands start from: settings, logging, the installation."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy.exc import OperationalError

from backend.errors import DatabaseUnavailableError
from backend.installation import Installation, open_installation
from backend.log_lines import JsonLines
from backend.settings import read_settings

DATABASE = "ZBOR_DEPLOYMENT (the record that the deploy script wrote) and ZBOR_DATABASE_URL"
NODE = "ZBOR_RPC_URL"


@contextmanager
def opened() -> Iterator[Installation]:
    """Open the installation that the settings describe, for the length of the block.

    Raises:
        SettingsError: a setting or the deployment record is wrong.
        DatabaseUnavailableError: the database does not answer.
    """
    settings = read_settings(os.environ)
    log_from(settings.log_level, settings.log_format)
    try:
        opened_one = open_installation(settings)
    except OperationalError as error:
        raise DatabaseUnavailableError(type(error.orig).__name__) from error
    with closing(opened_one) as installation:
        yield installation


def log_from(level: str, form: str = "text") -> None:
    """Log to standard error from that level on, for people or as JSON."""
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if form == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
    # What these say of each request carries the node's address, and with it perhaps a key.
    for wordy in ("httpx", "httpcore", "websockets", "alembic"):
        logging.getLogger(wordy).setLevel(logging.WARNING)
