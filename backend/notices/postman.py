"""Writes the letters that are due and hands those that wait to the mail server; any number of processes share it."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from backend.errors import MirrorEmptyError, ZborError
from backend.notices.agenda import agenda
from backend.notices.letters import Envelope, Writer, message_of, name_of
from backend.notices.outbox import Taken, forget_old, holds, let_go, postpone, put_off, settle, take, write_letters
from backend.notices.refusals import LetterRefusedError, MailServerError
from backend.notices.smtp import MailConnection, MailServer
from backend.notices.sorting import Ready, Sorted, sort
from backend.people.nonces import make_key
from backend.queries.mirror import Mirror, Reading

LOOK_EVERY = 5.0
"""Seconds between looks for something to write or to send."""
LOOK_AGAIN = 60.0
"""Seconds until a letter is looked at again whose facts were not final."""
LEASE = 180.0
"""Seconds after which another process takes over letters that were not sent."""
LONGEST_PAUSE = 300.0
"""Seconds between tries while the mail server takes nothing."""
MOST_STALE = 900
"""Seconds: a mirror that has not agreed with its node for so long does not know who has voted."""
MOST_BEHIND = 50
"""Blocks; the same."""
TIDY_EVERY = 3_600.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What all letters of a consortium have in common."""

    origin: str
    """Where people reach the service; every link begins with it."""
    sender: str
    sender_name: str


@dataclass
class Postman:
    """Sends for one consortium."""

    mirror: Mirror
    writer: Writer
    server: MailServer
    stamp: Stamp
    lease_seconds: float = LEASE
    look_every: float = LOOK_EVERY
    clock: Callable[[], float] = time.time
    _state: dict[str, str] = field(default_factory=lambda: {"status": "ok"})
    _key: str = ""
    _tidied: float = 0.0

    def health(self) -> dict[str, str]:
        """Say how it fares."""
        return dict(self._state)

    def failed(self) -> None:
        """Note that it has stopped for good."""
        self._state = {"status": "stopped"}

    def run(self, stop: threading.Event) -> None:
        """Write and send until told to stop; what goes wrong is tried again."""
        pause = self.look_every
        while not stop.is_set():
            try:
                busy = self.turn()
                self._state, pause = {"status": "ok"}, 0.0 if busy else self.look_every
            except (ZborError, SQLAlchemyError) as error:
                code = error.code if isinstance(error, ZborError) else "DATABASE_UNAVAILABLE"
                self._state = {"status": "failing", "problem": code}
                pause = min(max(2 * pause, self.look_every), LONGEST_PAUSE)
                log.warning("Notices wait: %s", error if isinstance(error, ZborError) else type(error).__name__)
            stop.wait(pause)

    def turn(self) -> bool:
        """Write what is due and send some of what waits. Returns whether there may be more.

        Raises:
            MailServerError: the server takes nothing now; the letters wait.
        """
        self._tidy()
        if not self._write():
            return False
        letters = self._take()
        if letters:
            self._send(letters)
        return bool(letters)

    def _write(self) -> bool:
        try:
            with self.mirror.reading() as reading:
                if not _knows(reading):
                    return False
                items = list(agenda(reading.session, reading.consortium, reading.now))
                now = reading.now
        except MirrorEmptyError:
            return False
        if items:
            with self.mirror.writing() as session:
                for item in items:
                    write_letters(session, self.mirror.consortium, item.key, item.occasion, item.readers, now)
        return True

    def _take(self) -> tuple[Taken, ...]:
        now = self.clock()
        with self.mirror.writing() as session:
            self._key = self._key or make_key(session, self.mirror.consortium.id)
            return take(session, self.mirror.consortium, secrets.token_hex(16), now + self.lease_seconds, now)

    def _send(self, letters: Sequence[Taken]) -> None:
        with self.mirror.reading() as reading:
            found = sort(reading, letters, self.stamp.origin, self._key)
        self._lay_aside(found)
        left, until = found.ready, self.clock() + self.lease_seconds / 2
        try:
            if left:
                with self.server.connected() as connection:
                    while left and self.clock() < until:
                        self._send_one(connection, left.pop(0))
        finally:
            with self.mirror.writing() as session:
                let_go(session, self.mirror.consortium, [ready.taken for ready in left])

    def _lay_aside(self, found: Sorted) -> None:
        with self.mirror.writing() as session:
            for taken, problem in found.hopeless.items():
                settle(session, self.mirror.consortium, taken, self.clock(), problem)
            for taken in found.uncertain:
                postpone(session, self.mirror.consortium, taken, self.clock() + LOOK_AGAIN)

    def _send_one(self, connection: MailConnection, ready: Ready) -> None:
        if not self._is_ours(ready.taken):
            return
        try:
            words = self.writer.write(ready.subject)
            connection.send(message_of(words, self._envelope(ready)), self.stamp.sender, ready.reader.email)
        except LetterRefusedError as error:
            self._refused(ready.taken, error)
        except MailServerError as error:
            self._put_off(ready.taken, error.code)
            raise
        except Exception:
            # What goes wrong with one letter must not keep the others waiting.
            log.exception("A notice to %s waits", ready.reader.person)
            self._put_off(ready.taken, "UNEXPECTED")
        else:
            self._settle(ready.taken, None)

    def _envelope(self, ready: Ready) -> Envelope:
        taken, consortium = ready.taken, self.mirror.consortium
        parts = (consortium.chain_id, consortium.registry, taken.person, *taken.key, taken.occasion.value, taken.day)
        stamp = self.stamp
        return Envelope(
            stamp.sender, stamp.sender_name, ready.reader.email, name_of(*parts), ready.subject.farewell, self.clock()
        )

    def _refused(self, taken: Taken, error: LetterRefusedError) -> None:
        problem = f"{error.code} {error.answer}"
        log.warning("A notice to %s was refused: %s", taken.person, problem)
        if not error.for_good:
            self._put_off(taken, problem)
            return
        with self.mirror.writing() as session:
            settle(session, self.mirror.consortium, taken, self.clock(), problem, refused=True)

    def _is_ours(self, taken: Taken) -> bool:
        with self.mirror.asking() as session:
            return holds(session, self.mirror.consortium, taken)

    def _settle(self, taken: Taken, problem: str | None) -> None:
        with self.mirror.writing() as session:
            settle(session, self.mirror.consortium, taken, self.clock(), problem)

    def _put_off(self, taken: Taken, problem: str) -> None:
        with self.mirror.writing() as session:
            put_off(session, self.mirror.consortium, taken, self.clock(), problem)

    def _tidy(self) -> None:
        now = self.clock()
        if now > self._tidied + TIDY_EVERY:
            self._tidied = now
            with self.mirror.writing() as session:
                forget_old(session, self.mirror.consortium, now)


def _knows(reading: Reading) -> bool:
    as_of = reading.as_of
    return as_of.lag_seconds <= MOST_STALE and as_of.head_number - as_of.block_number <= MOST_BEHIND
