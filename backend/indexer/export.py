"""The whole mirror of a consortium in one canonical text: equal mirrors give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.base import Base, table_of
from backend.database.journal import CursorRecord
from backend.database.records import ConsortiumRecord
from backend.indexer.rebuild import OFFICES, PROJECTED


def export(session: Session, consortium_id: int) -> Iterator[str]:
    """Write one line of JSON for the consortium, one for the block, and one for each record, in the order of keys.

    What differs between two mirrors of one chain is left out: keys of this database, and when it last looked.
    """
    consortium = session.get_one(ConsortiumRecord, consortium_id)
    offices = {office: getattr(consortium, office) for office in OFFICES}
    yield _line("consortium", {"chain_id": consortium.chain_id, "registry": consortium.registry_address, **offices})
    cursor = session.get(CursorRecord, consortium_id)
    if cursor is not None:
        yield _line("block", {"number": cursor.next_block - 1, "hash": cursor.block_hash, "time": cursor.block_time})
    for record in PROJECTED:
        yield from _lines(session, consortium_id, record)


def _lines(session: Session, consortium_id: int, record: type[Base]) -> Iterator[str]:
    table = table_of(record)
    columns = [column for column in table.columns if column.name != "consortium_id"]
    rows = session.execute(
        select(*columns)
        .where(table.c.consortium_id == consortium_id)
        .order_by(*table.primary_key.columns)
        .execution_options(yield_per=1_000)
    )
    return (_line(table.name, dict(row._mapping)) for row in rows)  # noqa: SLF001  # SQLAlchemy's documented name


def _line(table: str, row: dict[str, object]) -> str:
    return json.dumps({"table": table, **row}, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
