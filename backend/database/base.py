"""What all tables share: names of constraints, the consortium each row belongs to, where a row came from.

No table has a relationship attribute: rows are joined where they are asked for, so that no read is a surprise.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from backend.database.column_types import HashText

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class OfConsortium:
    """A row of one consortium; the first column of every key, so that one database can be split by it."""

    consortium_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("consortia.id", deferrable=True, initially="DEFERRED"), primary_key=True, sort_order=-10
    )


class WithinConsortium:
    """A row of one consortium, in a table so long that a check of that for each row would cost more than it finds."""

    consortium_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False, sort_order=-10)


class Logged:
    """Where on the chain the row's first fact was logged."""

    block_number: Mapped[int] = mapped_column(BigInteger, sort_order=90)
    log_index: Mapped[int] = mapped_column(Integer, sort_order=91)
    transaction_hash: Mapped[str] = mapped_column(HashText, sort_order=92)


def reference(table: str, column: str, *more: str, to: str | None = None) -> ForeignKeyConstraint:
    """Tie columns to those of another table of the same consortium, by default of the same names, checked at commit.

    Deferred, because the order of events within a transaction is the contracts' business, not the tables'.
    """
    there = (to or column, *more)
    return ForeignKeyConstraint(
        ("consortium_id", column, *more),
        [f"{table}.{name}" for name in ("consortium_id", *there)],
        deferrable=True,
        initially="DEFERRED",
    )


def table_of(record: type[Base]) -> Table:
    """Give the table behind a record, for statements on many rows that need no objects."""
    return record.metadata.tables[record.__tablename__]
