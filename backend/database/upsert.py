"""Insert a row, or bring the row of the same key to the new values: each database spells it its own way."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert


def upsert(connection: Connection, table: Table) -> Insert:
    """Make the statement for a table, in the connection's dialect. The key is the primary key."""
    return _upsert(connection.dialect.name, table)


@cache
def _upsert(dialect_name: str, table: Table) -> Insert:
    # Kept, because to make it costs ten times as much as to run it.
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(table)
    rest = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return cast("Insert", statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=rest))


def insert_new(connection: Connection, table: Table) -> Insert:
    """Make the statement that inserts a row unless there is one of the same key; it returns the keys it inserted."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return cast("Insert", dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns))
