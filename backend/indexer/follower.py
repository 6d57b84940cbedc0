"""Follows the chain: a range of blocks at a time is read and taken in, journal, records and cursor in one transaction.

What the events mean is decided in the projections.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass

from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from backend.chain.contracts import Deployment
from backend.chain.node import BlockHeader, Node, NodeRefusedError
from backend.database.journal import CursorRecord
from backend.domain.moments import SLOWEST_BLOCK, Moment
from backend.errors import MirrorBusyError, NodeUnavailableError
from backend.indexer import feed, journal
from backend.indexer.consortia import register
from backend.indexer.fetching import ChainMovedError
from backend.indexer.projections import project
from backend.indexer.projections.projection import Projection
from backend.indexer.pulse import Pulse
from backend.indexer.ranges import BlockRange, RangeReader
from backend.indexer.reorg import realign
from backend.indexer.sources import sources_of

DEFAULT_FINALITY_DEPTH = 12
TIMES_TO_READ_AGAIN = 10
LONGEST_PAUSE = 30.0
"""Seconds between looks for a node that does not answer."""
PASSING = (NodeUnavailableError, NodeRefusedError, ChainMovedError, OperationalError, InterfaceError)
"""What passes by itself, or when somebody mends the node or the database: worth another try."""

log = logging.getLogger(__name__)

Moments = Callable[[Session, int, int], Iterable[Moment]]
"""What time has brought about after one second and up to another."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the mirror stands after a range, and at the end of a look."""

    next_block: int
    """The first block not taken in yet."""
    head_number: int
    """The node's newest block."""
    events: int = 0
    """Taken in since the look began."""
    cut: int = 0
    """Blocks that a reorganisation took back since the look began."""

    def further(self, taken: BlockRange) -> Progress:
        """Say where the mirror stands with one more range."""
        return Progress(taken.last.number + 1, self.head_number, self.events + len(taken.logged), self.cut)


class Follower:
    """Keeps the rows of one consortium equal to the chain. There must be one for a consortium, not two."""

    def __init__(
        self,
        node: Node,
        sessions: sessionmaker[Session],
        deployment: Deployment,
        finality_depth: int = DEFAULT_FINALITY_DEPTH,
        clock: Callable[[], float] = time.time,
        moments: Moments = lambda *_: (),
    ) -> None:
        self._node = node
        self._sessions = sessions
        self._deployment = deployment
        self._finality_depth = finality_depth
        self._clock = clock
        self._moments = moments
        self._ranges = RangeReader(node)
        with sessions.begin() as session:
            self.consortium_id = register(session, deployment)

    def follow_once(self, report: Callable[[Progress], None] = lambda _: None) -> Progress:
        """Take in all that the node has now; report after each range.

        Raises:
            ChainError: the node does not answer, or says what our contracts cannot have said.
            MirrorError: what the node says contradicts the mirror, or another indexer writes to it.
        """
        for _ in range(TIMES_TO_READ_AGAIN):
            try:
                return self._catch_up(report)
            except ChainMovedError as moved:
                log.info("%s", moved)
        return self._catch_up(report)

    def _catch_up(self, report: Callable[[Progress], None]) -> Progress:
        head = self._node.head()
        finalized = self._finalized(head)
        progress = self._realign(head)
        with closing(self._ranges_to(head.number, finalized)) as ranges:
            for taken in ranges:
                self._take_in(taken, finalized)
                progress = progress.further(taken)
                report(progress)
        self._note(head, finalized)
        return progress

    def _finalized(self, head: BlockHeader) -> int:
        named = self._node.finalized_number()
        return max(0, head.number - self._finality_depth) if named is None else named

    def _realign(self, head: BlockHeader) -> Progress:
        with self._sessions.begin() as session:
            cursor = session.get(CursorRecord, self.consortium_id) or self._begin(session, head)
            cut = realign(session, self._node, cursor, head)
            if cut:
                log.warning("A reorganisation took back %d blocks after block %d", cut, cursor.next_block - 1)
            return Progress(cursor.next_block, head.number, cut=cut)

    def _begin(self, session: Session, head: BlockHeader) -> CursorRecord:
        before = self._node.headers([self._deployment.block - 1])[0]
        if before is None:
            raise ChainMovedError(self._deployment.block - 1)
        journal.append(session.connection(), self.consortium_id, [before], [])
        cursor = CursorRecord(
            consortium_id=self.consortium_id,
            next_block=self._deployment.block,
            block_hash=before.hash,
            block_time=before.time,
            head_number=head.number,
            finalized_number=0,
            revision=0,
            checked_at=self._clock(),
        )
        session.add(cursor)
        return cursor

    def _ranges_to(self, last: int, finalized: int) -> Generator[BlockRange]:
        with self._sessions.begin() as session:
            cursor = session.get_one(CursorRecord, self.consortium_id)
            sources = sources_of(session, self.consortium_id, self._deployment)
        return self._ranges.ranges(cursor.block_hash, cursor.next_block, last, finalized, sources)

    def _take_in(self, taken: BlockRange, finalized: int) -> None:
        with self._sessions.begin() as session:
            cursor = session.get_one(CursorRecord, self.consortium_id, with_for_update=True)
            if cursor.next_block != taken.first:
                raise MirrorBusyError
            connection = session.connection()
            journal.append(connection, self.consortium_id, taken.not_final, taken.logged)
            feed.note(session, self.consortium_id, taken.logged)
            project(Projection.begin(connection, self.consortium_id), taken.logged)
            cursor.next_block = taken.last.number + 1
            cursor.block_hash = taken.last.hash
            cursor.block_time = taken.last.time
            cursor.head_number = max(cursor.head_number, taken.last.number)
            cursor.revision += 1
            self._settle(session, cursor, min(finalized, taken.last.number))

    def _note(self, head: BlockHeader, finalized: int) -> None:
        with self._sessions.begin() as session:
            cursor = session.get_one(CursorRecord, self.consortium_id, with_for_update=True)
            cursor.head_number = head.number
            self._settle(session, cursor, min(finalized, cursor.next_block - 1))
            if head.number >= cursor.next_block - 1:
                cursor.checked_at = self._clock()
            self._tell_time(session, cursor)

    def _tell_time(self, session: Session, cursor: CursorRecord) -> None:
        since, until = feed.told_until(session, self.consortium_id), _passed(cursor)
        if until <= since:
            return
        try:
            moments = tuple(self._moments(session, since, until))
        except SQLAlchemyError:
            raise
        except Exception:
            # What readers are told of time is tried again at the next look; following the chain goes before it.
            log.exception("What time has brought about could not be told")
            return
        if feed.tell(session, cursor, moments, until):
            cursor.revision += 1

    def _settle(self, session: Session, cursor: CursorRecord, finalized: int) -> None:
        if finalized > cursor.finalized_number:
            journal.prune(session.connection(), self.consortium_id, cursor.finalized_number, finalized)
            cursor.finalized_number = finalized
            cursor.revision += 1


def _passed(cursor: CursorRecord) -> int:
    """Say the last second of which no further block can be expected."""
    level = cursor.next_block > cursor.head_number
    by_clock = int(cursor.checked_at) - SLOWEST_BLOCK - 1 if level else 0
    return max(cursor.block_time - 1, by_clock)


def run(follower: Follower, stop: threading.Event, poll_seconds: float = 1.0, pulse: Pulse | None = None) -> None:
    """Follow until told to stop. Waits for a node or a database that is away; anything worse ends it.

    Raises:
        ChainError: one of our contracts logged what no interface of ours knows.
        MirrorError: what the node says contradicts the mirror, or another indexer writes to it.
    """
    pulse = pulse or Pulse()
    pause = poll_seconds
    while not stop.is_set():
        try:
            _look(follower, pulse)
            pause = poll_seconds
        except PASSING as error:
            pause = min(LONGEST_PAUSE, pause * 2)
            pulse.failed(getattr(error, "code", None) or "DATABASE_UNAVAILABLE")
            log.warning("%s Next try in %.0f s.", first_line(error), pause)
        pulse.wait(pause * random.uniform(0.75, 1.25) if pause > poll_seconds else pause, stop)  # noqa: S311


def _look(follower: Follower, pulse: Pulse) -> None:
    def report(progress: Progress) -> None:
        pulse.took_in(progress.events, progress.head_number - progress.next_block + 1)

    progress = follower.follow_once(report)
    pulse.looked(progress.events, progress.head_number - progress.next_block + 1, progress.cut)


def first_line(error: BaseException) -> str:
    """What happened, without the statement and the values that a database's error carries."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def follow_once(
    node: Node, sessions: sessionmaker[Session], deployment: Deployment, finality_depth: int = DEFAULT_FINALITY_DEPTH
) -> Progress:
    """Take in all that the node has now, for a caller that looks but once."""
    return Follower(node, sessions, deployment, finality_depth).follow_once()
