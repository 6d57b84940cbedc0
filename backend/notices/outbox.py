"""Letters that are to be sent, by whom, and how it went: all that several processes must agree on is in the database.

A letter is a row under the person, the proposal and the occasion, so it is written once, whoever looks. Who sends it
has a lease of it; who dies lets that run out.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from backend.database.base import table_of
from backend.database.desk import LetterRecord
from backend.database.upsert import insert_new
from backend.notices.occasions import Occasion
from backend.notices.readers import Reader
from backend.queries.consortium import Consortium
from backend.queries.filed import Key

AT_ONCE = 20
"""Letters that one process takes at a time."""
PAUSES = (60, 300, 900, 3_600, 7_200, 14_400, 28_800, 43_200)
"""Seconds after each failure in a row: a day and more in all. After the last, a letter is given up."""
JITTER = 0.2
KEPT = 400 * 86_400
"""Seconds for which it is known that a letter was sent; all its occasions are long over by then."""

L = LetterRecord


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that this process is to send."""

    person: str
    key: Key
    occasion: Occasion
    day: int
    lease: str


@dataclass(frozen=True, slots=True)
class LetterStanding:
    """How many letters there are that are not sent."""

    waiting: int
    failing: int
    """Of those that wait: they have failed and are tried again."""
    given_up: int
    """In the last day: refused for good, or tried too often."""
    oldest: int | None = None
    """When the one that waits longest was written; None where none waits."""


def write_letters(
    session: Session,
    consortium: Consortium,
    key: Key,
    occasion: Occasion,
    readers: Iterable[Reader],
    now: int,
    day: int = 0,
) -> int:
    """Put a letter into the outbox for each reader who has none on this occasion. Returns how many are new."""
    connection, statement = session.connection(), insert_new(session.connection(), table_of(L))
    new = 0
    for reader in readers:
        row = {
            "consortium_id": consortium.id,
            "person": reader.person,
            "body_id": key[0],
            "proposal_id": key[1],
            "occasion": occasion.value,
            "day": day,
            "written_at": now,
            "failures": 0,
            "next_attempt_at": 0,  # at once, by whatever clock: the chain's may be ahead of ours
            "leased_until": 0,
        }
        new += connection.execute(statement.values(**row)).first() is not None
    return new


def written_to(session: Session, consortium: Consortium, key: Key, occasion: Occasion) -> frozenset[str]:
    """Who has a letter on this occasion, sent or not."""
    wanted = select(L.person).where(
        L.consortium_id == consortium.id,
        L.body_id == key[0],
        L.proposal_id == key[1],
        L.occasion == occasion.value,
    )
    return frozenset(session.scalars(wanted))


def take(session: Session, consortium: Consortium, lease: str, until: float, now: float) -> tuple[Taken, ...]:
    """Take some of the letters that nobody is sending, for a while."""
    rows = session.scalars(
        select(L)
        .where(L.consortium_id == consortium.id, L.settled_at.is_(None), L.next_attempt_at <= now)
        .where(L.leased_until <= now)
        .order_by(L.next_attempt_at, L.written_at, L.person)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.lease, row.leased_until = lease, until
    return tuple(
        Taken(row.person, (row.body_id, row.proposal_id), Occasion(row.occasion), row.day, lease) for row in rows
    )


def holds(session: Session, consortium: Consortium, taken: Taken) -> bool:
    """Whether the letter is still this process's to send."""
    row = session.get(L, _place(consortium, taken))
    return row is not None and row.lease == taken.lease


def settle(
    session: Session,
    consortium: Consortium,
    taken: Taken,
    now: float,
    problem: str | None = None,
    *,
    refused: bool = False,
) -> None:
    """Write down that a letter was sent, or for what reason it never will be."""
    row = _own(session, consortium, taken)
    if row is not None:
        row.failures += refused
        row.settled_at, row.problem = int(now), problem
        row.lease, row.leased_until = None, 0


def put_off(session: Session, consortium: Consortium, taken: Taken, now: float, problem: str) -> None:
    """Write down that a letter could not be sent now; after many times it is given up."""
    row = _own(session, consortium, taken)
    if row is None:
        return
    row.failures += 1
    row.lease, row.leased_until, row.problem = None, 0, problem
    if row.failures > len(PAUSES):
        row.settled_at = int(now)
    else:
        row.next_attempt_at = now + PAUSES[row.failures - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311


def postpone(session: Session, consortium: Consortium, taken: Taken, until: float) -> None:
    """Send a letter later, without anybody's fault."""
    row = _own(session, consortium, taken)
    if row is not None:
        row.lease, row.leased_until, row.next_attempt_at = None, 0, until


def let_go(session: Session, consortium: Consortium, letters: Iterable[Taken]) -> None:
    """End the leases of letters that were not tried, where they are still one's own."""
    for taken in letters:
        row = _own(session, consortium, taken)
        if row is not None:
            row.lease, row.leased_until = None, 0


def forget_old(session: Session, consortium: Consortium, now: float) -> None:
    """Drop what was settled long ago."""
    session.execute(delete(L).where(L.consortium_id == consortium.id, L.settled_at < now - KEPT))


def count_letters(session: Session, consortium: Consortium, now: float) -> LetterStanding:
    """Count the letters that were not sent."""
    waits = L.settled_at.is_(None)
    given_up = (L.settled_at > now - 86_400) & L.failures.op(">")(0) & L.problem.is_not(None)
    counts = select(
        func.count(case((waits, 1))),
        func.count(case((waits & (L.failures > 0), 1))),
        func.count(case((given_up, 1))),
        func.min(case((waits, L.written_at))),
    )
    return LetterStanding(*session.execute(counts.where(L.consortium_id == consortium.id)).one())


def _own(session: Session, consortium: Consortium, taken: Taken) -> L | None:
    row = session.get(L, _place(consortium, taken), with_for_update=True)
    return row if row is not None and row.lease == taken.lease else None


def _place(consortium: Consortium, taken: Taken) -> tuple[object, ...]:
    return consortium.id, taken.person, *taken.key, taken.occasion.value, taken.day
