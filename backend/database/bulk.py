"""Writes many rows the quickest way that each database has: long statements with SQLite, COPY with PostgreSQL.

SQLAlchemy's own inserts cost three times the work itself, so the few tables that grow by the ten thousand are written
past it. Rows are dictionaries with a value for every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.exc import DBAPIError

Row = Mapping[str, Any]
AT_ONCE = 500
"""Rows in one statement of SQLite. Its driver hands the interpreter over at each statement, `executemany` at each row:
then a thread that decodes keeps the one that writes waiting."""
FEW = 200
"""With fewer rows than this, setting up a COPY costs more than it saves."""
SMALL = 1_000
"""With more rows than this, the primary key is taken even if nobody has looked for long."""


def append(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows whose keys are new, best in the order of their keys: neighbours find their page at hand.

    Raises:
        sqlalchemy.exc.IntegrityError: one of them is not.
    """
    if connection.dialect.name == "postgresql" and len(rows) >= FEW:
        _copy(connection, table, table.name, rows)
    else:
        _insert(connection, table, rows)


def replace(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, each in the place of the one with the same key, if there is one. No two may have the same key."""
    taking_over = _taking_over(table)
    rows = in_order(table, rows)
    if connection.dialect.name == "postgresql" and len(rows) >= FEW:
        staged = f"incoming_{table.name}"
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {staged} (LIKE {table.name}) ON COMMIT DROP")
        _copy(connection, table, staged, rows)
        names = _names(table)
        connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {staged} {taking_over}")  # noqa: S608
        connection.exec_driver_sql(f"DROP TABLE {staged}")
    else:
        _insert(connection, table, rows, taking_over)


def in_order(table: Table, rows: Iterable[Row]) -> list[Row]:
    """Sort rows by their keys."""
    return sorted(rows, key=itemgetter(*(column.name for column in table.primary_key.columns)))


def expect_growth(connection: Connection) -> None:
    """Keep the checks of references quick in this connection.

    PostgreSQL plans them once for a connection; planned while a table is small, each would read the whole of it for
    ever after.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")


def note_growth(connection: Connection, table: Table) -> None:
    """Let PostgreSQL know that rows came into a small table that others refer to.

    It looks only once a minute by itself; until then it takes any index for as good as the primary key's, and the
    check of a reference may go through all rows of a consortium.
    """
    if connection.dialect.name != "postgresql":
        return
    size = "SELECT reltuples FROM pg_class WHERE oid = %s::regclass"
    if connection.exec_driver_sql(size, (table.name,)).scalar_one() < SMALL:
        connection.exec_driver_sql(f"ANALYZE {table.name}")


def _insert(connection: Connection, table: Table, rows: Sequence[Row], ending: str = "") -> None:
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    marks = "(" + ", ".join(mark for _ in table.columns) + ")"
    beginning = f"INSERT INTO {table.name} ({_names(table)}) VALUES "  # noqa: S608  # names from our own schema
    values = _values(connection, table, rows)
    with _cursor(connection, beginning) as cursor:
        while part := list(islice(values, AT_ONCE)):
            every = ", ".join([marks] * len(part))
            cursor.execute(f"{beginning}{every} {ending}", tuple(chain.from_iterable(part)))


def _taking_over(table: Table) -> str:
    key = ", ".join(column.name for column in table.primary_key.columns)
    rest = ", ".join(f"{column.name} = excluded.{column.name}" for column in table.columns if not column.primary_key)
    return f"ON CONFLICT ({key}) DO UPDATE SET {rest}"


def _names(table: Table) -> str:
    return ", ".join(column.name for column in table.columns)


def _copy(connection: Connection, table: Table, into: str, rows: Sequence[Row]) -> None:
    statement = f"COPY {into} ({_names(table)}) FROM STDIN"
    with _cursor(connection, statement) as cursor, cursor.copy(statement) as copy:
        for values in _values(connection, table, rows):
            copy.write_row(values)


@contextmanager
def _cursor(connection: Connection, statement: str) -> Iterator[Any]:
    """The driver's own: SQLAlchemy keeps what it has sent until Python next looks for garbage."""
    cursor = connection.connection.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        # Callers know the errors of databases by SQLAlchemy's names only.
        raise DBAPIError.instance(statement, None, error, connection.dialect.loaded_dbapi.Error) from error
    finally:
        cursor.close()


def _values(connection: Connection, table: Table, rows: Sequence[Row]) -> Iterator[tuple[Any, ...]]:
    pick = itemgetter(*(column.name for column in table.columns))
    columns = zip(*map(pick, rows), strict=True)
    written = (_written(connection, column, values) for column, values in zip(table.columns, columns, strict=False))
    return zip(*written, strict=True)


def _written(connection: Connection, column: Column[Any], values: Sequence[Any]) -> Iterable[Any]:
    process = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    # The same few values come again and again: each is written once.
    return values if process is None else map(lru_cache(AT_ONCE * 10)(process), values)
