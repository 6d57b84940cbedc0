"""The mirror as the web reads it: one session, one block, one time for all that goes into an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from typing import cast

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from backend.database.session import taking_factory
from backend.errors import DatabaseUnavailableError, MirrorEmptyError
from backend.queries.consortium import Consortium
from backend.queries.status import read_as_of
from backend.queries.views import AsOf

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer is made from: every query of it gets this session, consortium and time."""

    session: Session
    consortium: Consortium
    as_of: AsOf
    now: int
    """Wall clock or the newest mirrored block's time, whichever is later."""
    wall: int
    """Second of the wall clock in which it was opened."""


class _Late:
    """A reading that is opened when it is first looked at."""

    def __init__(self, open_now: Callable[[], Reading]) -> None:
        self._open_now = open_now

    def __getattr__(self, name: str) -> object:
        """Give what the reading has, and keep it here."""
        opened = self._open_now()
        for field in fields(opened):
            setattr(self, field.name, getattr(opened, field.name))
        return getattr(opened, name)


@dataclass(frozen=True, slots=True)
class Mirror:
    """Hands out readings."""

    sessions: sessionmaker[Session]
    consortium: Consortium
    wall_clock: Callable[[], int]
    """Seconds since the epoch."""
    replica: sessionmaker[Session] | None = None
    """A copy of the database, perhaps behind, to read from where it is fresh enough."""
    most_stale: float = 0
    """Seconds that the copy's knowledge may be old."""
    shows: Callable[[int], object] = int
    """Told of the revision of each reading."""

    @contextmanager
    def reading(self, at_least: int = -1) -> Iterator[Reading]:
        """Open one reading transaction and say of which block and which second it speaks.

        A copy that has not got to the revision `at_least` is passed over.

        Raises:
            MirrorEmptyError: no block was taken in yet.
            DatabaseUnavailableError: the database does not answer.
        """
        try:
            with ExitStack() as stack:
                reading = self._fresh_copy(stack, at_least) or self._read(stack.enter_context(self.sessions()))
                self.shows(reading.as_of.revision)
                yield reading
        except OperationalError as error:
            raise DatabaseUnavailableError(type(error.orig).__name__) from error
        except PoolTimeoutError as error:  # too many ask at once
            raise DatabaseUnavailableError("no connection is free") from error

    @contextmanager
    def reading_later(self) -> Iterator[Reading]:
        """Open it only when it is first looked at: whoever waits for a thread must not hold a connection meanwhile.

        Raises:
            MirrorError: as `reading`, from wherever it is looked at.
        """
        with ExitStack() as stack:
            yield cast("Reading", _Late(lambda: stack.enter_context(self.reading())))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction for what people hand in themselves, committed at the end.

        What mirrors the chain is written by the indexer alone.

        Raises:
            DatabaseUnavailableError: the database does not answer.
        """
        try:
            with taking_factory(self.sessions.kw["bind"]).begin() as session:
                yield session
        except OperationalError as error:
            raise DatabaseUnavailableError(type(error.orig).__name__) from error

    @contextmanager
    def asking(self) -> Iterator[Session]:
        """Open one session at the primary, to read what people handed in: what was ended a moment ago has ended.

        Raises:
            DatabaseUnavailableError: the database does not answer.
        """
        try:
            with self.sessions() as session:
                yield session
        except OperationalError as error:
            raise DatabaseUnavailableError(type(error.orig).__name__) from error

    def _fresh_copy(self, stack: ExitStack, at_least: int) -> Reading | None:
        if self.replica is None:
            return None
        with ExitStack() as attempt:
            try:
                reading = self._read(attempt.enter_context(self.replica()))
            except (MirrorEmptyError, DBAPIError) as error:
                log.warning("The copy of the database gives no answer, asking the original: %s", error)
                return None
            if reading.as_of.lag_seconds <= self.most_stale and reading.as_of.revision >= at_least:
                stack.push(attempt.pop_all())
                return reading
        return None

    def _read(self, session: Session) -> Reading:
        wall = self.wall_clock()
        as_of = read_as_of(session, self.consortium, wall)
        return Reading(session, self.consortium, as_of, max(wall, as_of.block_time), wall)
