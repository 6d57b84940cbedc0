"""Databases for tests, each a copy of one that was made ready before: empty, brought to the schema, or told a story."""

from __future__ import annotations

from itertools import count
from shutil import copy

EMPTY, MIGRATED = "template0", "migrated"


class SqliteDatabases:
    """Files in a folder."""

    def __init__(self, folder):
        self._folder = folder
        self._numbers = count(1)

    def fresh(self, template=MIGRATED):
        """Give the address of a new database."""
        file = self._folder / str(next(self._numbers)) / "mirror.db"
        if template != EMPTY:
            file.parent.mkdir()
            copy(self._folder / f"{template}.db", file)
        return f"sqlite:///{file}"

    def named(self, name, template):
        """Give the address of a new database that can be a template once nobody is connected to it."""
        file = self._folder / f"{name}.db"
        if template != EMPTY:
            copy(self._folder / f"{template}.db", file)
        return f"sqlite:///{file}"


class PostgresDatabases:
    """Databases of a server."""

    def __init__(self, server):
        self._server = server
        self._numbers = count(1)

    def fresh(self, template=MIGRATED):
        """Give the address of a new database."""
        return self._server.create_database(f"fresh{next(self._numbers)}", template)

    def named(self, name, template):
        """Give the address of a new database that can be a template once nobody is connected to it."""
        return self._server.create_database(name, template)
