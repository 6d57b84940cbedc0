"""What a tried mirror is held against: another one of the same chain, to which nothing happens."""

from __future__ import annotations

from sqlalchemy import select

from backend.chain.connection import Connection
from backend.database.journal import EventRecord
from backend.indexer.follower import Follower

LAST = 1 << 62


class Reference:
    """A mirror that is read from the chain without a fault, and further whenever it is asked to."""

    def __init__(self, chain, mirror, deployment):
        self._chain = chain
        self.mirror = mirror
        self._deployment = deployment

    def read(self):
        """Read what the chain has now. Returns the mirror."""
        with Connection(self._chain.url) as node:
            Follower(node, self.mirror.sessions, self._deployment).follow_once()
        return self.mirror


def events_of(mirror, before):
    """All columns of the events below a block, in the chain's order."""
    columns = EventRecord.__table__.columns
    wanted = select(*columns).where(columns.block_number < before).order_by(columns.block_number, columns.log_index)
    with mirror.sessions() as session:
        return session.execute(wanted).all()


def assert_a_beginning(mirror, other, reached):
    """The mirror has the other's events below the block it has reached, each once, and none beyond."""
    assert events_of(mirror, LAST) == events_of(other, reached)


def assert_the_same(mirror, other):
    """Nothing is lost, nothing doubled: the same journal, and exports of the same bytes."""
    assert events_of(mirror, LAST) == events_of(other, LAST)
    assert mirror.export() == other.export()
