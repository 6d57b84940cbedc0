"""Who may write: the indexer that leads now, by its term.

Each election begins a new term. Every transaction of an indexer first looks whether its term still runs, and keeps it
from ending until the transaction does: whoever was taken for dead and is not cannot write any more.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Double, Engine, String, event, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from backend.database.base import Base, OfConsortium
from backend.database.session import writing_factory
from backend.errors import LeadershipLostError

LONGEST_NAME = 200


class LeaderRecord(OfConsortium, Base):
    """The indexer elected last for a consortium."""

    __tablename__ = "leaders"

    term: Mapped[int] = mapped_column(BigInteger)
    """Number of the election, from 1."""
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """Host and process, for the operator."""
    since: Mapped[float] = mapped_column(Double)
    """Second of the wall clock."""


def begin_term(engine: Engine, consortium_id: int, name: str, now: float) -> int:
    """Put an end to the term of whoever led before, and begin one's own. Returns its number.

    What the former leader has not committed is undone.
    """
    with writing_factory(engine).begin() as session:
        if engine.dialect.name == "postgresql":
            # It may stand still within a transaction, and would keep its term from ending for as long.
            session.execute(_END_SESSIONS, {"name": _session_name(consortium_id)})
        leader = session.get(LeaderRecord, consortium_id, with_for_update=True)
        if leader is None:
            leader = LeaderRecord(consortium_id=consortium_id, term=0)
            session.add(leader)
        leader.term += 1
        leader.name = name[:LONGEST_NAME]
        leader.since = now
        return leader.term


def sessions_in_term(engine: Engine, consortium_id: int, term: int, name: str) -> sessionmaker[Session]:
    """Make the factory of a leader's sessions: beginning a transaction fails once the term is over.

    The name is looked at beside the number, because a replica that is promoted may have missed an election.
    """
    factory = writing_factory(engine)
    columns: list[Any] = [LeaderRecord.term, LeaderRecord.name]
    if engine.dialect.name == "postgresql":
        columns.append(func.set_config("application_name", _session_name(consortium_id), True))
    running = select(*columns).where(LeaderRecord.consortium_id == consortium_id).with_for_update(read=True)

    def check(_session: Session, _transaction: object, connection: Connection) -> None:
        leader = connection.execute(running).first()
        if leader is None or (leader.term, leader.name) != (term, name[:LONGEST_NAME]):
            raise LeadershipLostError(term)

    event.listen(factory, "after_begin", check)
    return factory


def _session_name(consortium_id: int) -> str:
    return f"zbor indexer of {consortium_id}"


_END_SESSIONS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = :name AND datname = current_database() AND pid <> pg_backend_pid()"
)
