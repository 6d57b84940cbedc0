"""The coordinator reminds those who have not voted: once a day for each proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.desk import ReminderRecord
from backend.database.locks import wait_turn
from backend.database.records import BodyRecord, ProposalRecord
from backend.notices.agenda import dates_of
from backend.notices.occasions import Occasion, has_sense
from backend.notices.outbox import write_letters
from backend.notices.readers import count_silent, readers_of
from backend.notices.refusals import NotOpenError, RemindedTodayError
from backend.queries.consortium import Consortium

R = ReminderRecord


@dataclass(frozen=True, slots=True)
class Order:
    """Who asks for a reminder, and when."""

    by: str
    """What `Caller.name` says."""
    now: int
    zone: ZoneInfo
    """Whose days are counted."""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Reminded:
    """What came of a reminder."""

    at: int
    """Seconds since the epoch."""
    members: int
    """Organisations that had not voted."""
    letters: int
    """E-mails that were written to their people."""


def last_reminders(session: Session, consortium: Consortium) -> dict[tuple[str, int], Reminded]:
    """The last reminder of each proposal that anybody was reminded of, by name of the body and id of the proposal."""
    rows = session.execute(
        select(BodyRecord.name, R)
        .join(BodyRecord, (BodyRecord.consortium_id == R.consortium_id) & (BodyRecord.body_id == R.body_id))
        .where(R.consortium_id == consortium.id)
        .order_by(R.day)
    )
    return {(body, row.proposal_id): Reminded(row.created_at, row.members, row.letters) for body, row in rows}


def remind(session: Session, consortium: Consortium, proposal: ProposalRecord, order: Order) -> tuple[R, bool]:
    """Write to everybody whose organisation has not voted. Returns the reminder, and whether it is a new one.

    Raises:
        NotOpenError: voting is not open.
        RemindedTodayError: there was one today, and not for this very request.
    """
    wait_turn(session, "reminders", consortium.id)
    known = _repeated(session, consortium, order)
    key, day = (proposal.body_id, proposal.proposal_id), _day(order)
    if known is not None and (known.body_id, known.proposal_id) == key:
        return known, False
    if proposal.canceled_at is not None or not has_sense(Occasion.REMINDER, dates_of(proposal), order.now):
        raise NotOpenError
    if known is not None or session.get(R, (consortium.id, *key, day)) is not None:
        raise RemindedTodayError
    readers = readers_of(session, consortium, proposal, Occasion.REMINDER, order.now)
    made = R(
        consortium_id=consortium.id,
        body_id=key[0],
        proposal_id=key[1],
        day=day,
        created_at=order.now,
        created_by=order.by,
        idempotency_key=order.idempotency_key,
        members=count_silent(session, consortium, proposal, order.now),
        letters=write_letters(session, consortium, key, Occasion.REMINDER, readers, order.now, day),
    )
    session.add(made)
    session.flush()
    return made, True


def _day(order: Order) -> int:
    return datetime.fromtimestamp(order.now, order.zone).date().toordinal()


def _repeated(session: Session, consortium: Consortium, order: Order) -> R | None:
    if order.idempotency_key is None:
        return None
    return session.scalar(
        select(R).where(
            R.consortium_id == consortium.id,
            R.created_by == order.by,
            R.idempotency_key == order.idempotency_key,
        )
    )
