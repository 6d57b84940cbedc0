"""The mirror as the web reads it: one session, one block, one time for all that goes into an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from backend.queries.consortium import Consortium
from backend.queries.status import read_as_of
from backend.queries.views import AsOf


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer is made from: every query of it gets this session, consortium and time."""

    session: Session
    consortium: Consortium
    as_of: AsOf
    now: int
    """Wall clock or the newest mirrored block's time, whichever is later."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """Hands out readings."""

    sessions: sessionmaker[Session]
    consortium: Consortium
    wall_clock: Callable[[], int]
    """Seconds since the epoch."""

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open one reading transaction and say of which block and which second it speaks.

        Raises:
            MirrorEmptyError: no block was taken in yet.
        """
        with self.sessions() as session:
            wall = self.wall_clock()
            as_of = read_as_of(session, self.consortium, wall)
            yield Reading(session, self.consortium, as_of, max(wall, as_of.block_time))
