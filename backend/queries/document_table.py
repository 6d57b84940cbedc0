"""Documents in tables of the database: the keeper that goes before the folder."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, Table, and_, delete, select
from sqlalchemy.orm import Session, sessionmaker

from backend.database.base import table_of
from backend.database.desk import DocumentRecord, ReasonRecord
from backend.database.session import taking_factory
from backend.database.upsert import upsert
from backend.documents.keeper import Kind


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """Keeps texts and reasons of one consortium."""

    sessions: sessionmaker[Session]
    consortium_id: int
    wall_clock: Callable[[], int]

    @property
    def _engine(self) -> Engine:
        engine: Engine = self.sessions.kw["bind"]
        return engine

    def read(self, kind: Kind, name: str) -> bytes | None:
        """Fetch the bytes, as they are in the database."""
        table = _table(kind)
        with self.sessions() as session:
            return session.scalar(select(table.c.data).where(self._named(table, name)))

    def read_all(self, kind: Kind, names: Collection[str]) -> dict[str, bytes]:
        """Fetch the bytes of many names, in one session."""
        if not names:
            return {}
        table = _table(kind)
        consortium, key = table.primary_key.columns
        with self.sessions() as session:
            wanted = (consortium == self.consortium_id, key.in_(sorted(names)))
            return {row[0]: row[1] for row in session.execute(select(key, table.c.data).where(*wanted))}

    def write(self, kind: Kind, name: str, data: bytes) -> None:
        """Keep the bytes, in no member's name; those that are there already stay as they are."""
        if self.read(kind, name) == data:
            return
        table = _table(kind)
        values: dict[str, object] = {"consortium_id": self.consortium_id, "data": data}
        if kind is Kind.TEXT:
            values |= {"cid": name, "size": len(data), "handed_in_at": self.wall_clock()}
        else:
            values |= {"commitment": name}
        with taking_factory(self._engine).begin() as session:
            connection = session.connection()
            connection.execute(upsert(connection, table).values(**values))

    def erase(self, kind: Kind, name: str) -> bool:
        """Delete the row, overwriting what it held."""
        table = _table(kind)
        with taking_factory(self._engine).begin() as session:
            existed = session.scalar(select(table.c.consortium_id).where(self._named(table, name))) is not None
            session.execute(delete(table).where(self._named(table, name)))
        return existed

    def _named(self, table: Table, name: str) -> ColumnElement[bool]:
        _, key = table.primary_key.columns
        return and_(table.c.consortium_id == self.consortium_id, key == name)


def _table(kind: Kind) -> Table:
    return table_of(DocumentRecord if kind is Kind.TEXT else ReasonRecord)
