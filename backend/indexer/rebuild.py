"""Derives the records from the journal again: all of them, or only those of some proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection, delete, func, select, tuple_, update
from sqlalchemy.orm import Session

from backend.chain.decoder import Logged
from backend.database import records
from backend.database.base import Base, table_of
from backend.database.records import (
    ConsortiumRecord,
    EarlierVoteRecord,
    MinutesRecord,
    ObjectionRecord,
    ProposalRecord,
    RecusalRecord,
    VetoRecord,
    VoteRecord,
)
from backend.indexer import journal
from backend.indexer.projections import project
from backend.indexer.projections.projection import Projection, ProposalKey

PROJECTED: tuple[type[Base], ...] = tuple(
    record
    for name in records.__all__
    if name.endswith("Record") and (record := getattr(records, name)) is not ConsortiumRecord
)
"""Every record that follows from the journal."""
OFFICES = ("registrar", "approver", "factory", "dao_uri")
"""What the journal says of the consortium itself."""
OF_ONE_PROPOSAL: tuple[type[Base], ...] = (
    EarlierVoteRecord,
    VoteRecord,
    RecusalRecord,
    VetoRecord,
    MinutesRecord,
    ObjectionRecord,
    ProposalRecord,
)
"""Those that follow from what a governor said of one proposal."""


def rebuild(
    session: Session, consortium_id: int | None = None, report: Callable[[int], object] = lambda _: None
) -> int:
    """Empty the records of one consortium, or of all, and derive them from the journal again.

    Returns how many events were replayed, and reports it of each consortium meanwhile. The caller commits.
    """
    connection = session.connection()
    if consortium_id is None:
        return sum(rebuild(session, each, report) for each in session.scalars(select(ConsortiumRecord.id)).all())
    for record in PROJECTED:
        table = table_of(record)
        connection.execute(delete(table).where(table.c.consortium_id == consortium_id))
    consortia = table_of(ConsortiumRecord)
    connection.execute(update(consortia).where(consortia.c.id == consortium_id).values(dict.fromkeys(OFFICES)))
    return replay(connection, consortium_id, journal.read(connection, consortium_id), report)


def rebuild_proposals(session: Session, consortium_id: int, touched: AbstractSet[ProposalKey]) -> int:
    """Empty the rows of some proposals and of all that was said on them, and derive these from the journal again."""
    connection = session.connection()
    first_block = _first_block(connection, consortium_id, touched)
    for record in OF_ONE_PROPOSAL:
        table = table_of(record)
        key = tuple_(table.c.body_id, table.c.proposal_id)
        connection.execute(delete(table).where(table.c.consortium_id == consortium_id, key.in_(touched)))
    governors = Projection.begin(connection, consortium_id).governors
    concerned = (
        Logged(event, place)
        for event, place in journal.read(connection, consortium_id, first_block)
        if (governors.get(place.emitter), getattr(event, "proposal_id", None)) in touched
    )
    return replay(connection, consortium_id, concerned)


def replay(
    connection: Connection,
    consortium_id: int,
    logged: Iterable[Logged],
    report: Callable[[int], object] = lambda _: None,
) -> int:
    """Project events from the journal, some thousands at a time. Returns how many there were."""
    batch = Projection.begin(connection, consortium_id)
    replayed = 0
    for part in _parts(logged):
        project(batch, part)
        replayed += len(part)
        report(replayed)
    return replayed


def _parts(logged: Iterable[Logged]) -> Iterator[list[Logged]]:
    part: list[Logged] = []
    for each in logged:
        # A block is never split: what happened in one transaction is projected in one batch.
        if len(part) >= journal.AT_ONCE and each.place.block_number != part[-1].place.block_number:
            yield part
            part = []
        part.append(each)
    if part:
        yield part


def _first_block(connection: Connection, consortium_id: int, touched: AbstractSet[ProposalKey]) -> int:
    proposals = table_of(ProposalRecord)
    key = tuple_(proposals.c.body_id, proposals.c.proposal_id)
    first = connection.execute(
        select(func.min(proposals.c.block_number)).where(proposals.c.consortium_id == consortium_id, key.in_(touched))
    ).scalar()
    return first or 0
