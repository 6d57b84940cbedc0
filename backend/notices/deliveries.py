"""What is to be delivered, by whom, and how it went: all that several processes must agree on is in the database.

A process that calls an address has a lease of it for a while. One that dies lets it run out, and another goes on where
it was; one that stood still and comes back finds that the lease is not its own any more, and moves nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from backend.database.changes import FeedRecord
from backend.database.desk.webhooks import DeliveryRecord, WebhookRecord
from backend.notices.post import Answered
from backend.notices.subscriptions import filter_of
from backend.people.callers import Scope
from backend.people.endings import why_ended
from backend.queries.changes import read_changes
from backend.queries.consortium import Consortium
from backend.queries.refusals import FeedRestartedError
from backend.queries.views import ChangeView

AT_ONCE = 50
"""Changes that are read for one address at a time."""
KEPT = 30 * 86_400
"""Seconds for which the log of calls is kept."""
PAUSES = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after each failure in a row: three days and more in all. After the last, calling is given up."""
JITTER = 0.2
"""Part of a pause by which it may be longer, so that those who failed together do not come back together."""
GONE = 410
ENDED = "webhook.ended"
"""Stands in the log in the place of a change's type, where calling ended without a call."""
FEED_RESTARTED = "The feed of changes has begun anew. Read it from the beginning, then resume with since=0."

W = WebhookRecord


@dataclass(frozen=True, slots=True)
class Errand:
    """What one process is to deliver to one address now, in this order."""

    webhook_id: str
    lease: str
    url: str
    keys: tuple[str, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was made."""

    change: ChangeView
    answered: Answered
    ended_at: float
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many subscriptions there are, by how calling them goes."""

    called: int
    failing: int
    """The last call failed; it is tried again."""
    given_up: int
    """Nobody calls any more, and the subscription says why."""
    due: int
    """Of those that are called: something may be delivered now, and nobody is at it."""


def count_subscriptions(session: Session, consortium: Consortium, now: float) -> Standing:
    """Count the subscriptions."""
    given_up, failing = W.disabled_at.is_not(None), W.disabled_at.is_(None) & (W.failures > 0)
    counts = select(func.count(), func.count(case((given_up, 1))), func.count(case((failing, 1))))
    number, ended, in_trouble = session.execute(counts.where(W.consortium_id == consortium.id)).one()
    return Standing(number - ended - in_trouble, in_trouble, ended, len(due(session, consortium, now)))


def due(session: Session, consortium: Consortium, now: float) -> list[str]:
    """Subscriptions that nobody is calling, and that may not have heard everything yet."""
    feed = session.get(FeedRecord, consortium.id)
    if feed is None:
        return []
    return list(
        session.scalars(
            select(W.webhook_id)
            .where(
                W.consortium_id == consortium.id,
                W.disabled_at.is_(None),
                W.next_attempt_at <= now,
                W.leased_until <= now,
                W.cursor != f"{feed.name}-{feed.newest}",
            )
            .order_by(W.next_attempt_at, W.webhook_id)
        )
    )


def take(
    session: Session, consortium: Consortium, webhook_id: str, lease: str, until: float, now: float
) -> Errand | None:
    """Take over the calls to an address for a while; None where another has, or where there is nothing to deliver.

    Calling ends here with what the subscription hangs on: a wallet with a role, a token, a person who acts.
    """
    row = session.scalar(
        select(W)
        .where(W.consortium_id == consortium.id, W.webhook_id == webhook_id, W.leased_until <= now)
        .where(W.disabled_at.is_(None), W.next_attempt_at <= now)
        .with_for_update(skip_locked=True)
    )
    if row is None or _ends_with_maker(session, consortium, row, now):
        return None
    try:
        found = read_changes(session, consortium, row.cursor, limit=AT_ONCE, wanted=filter_of(row))
    except FeedRestartedError:
        _end(session, row, FEED_RESTARTED, now)
        return None
    if not found.items:
        row.cursor = found.next_cursor
        return None
    row.lease, row.leased_until = lease, until
    return Errand(webhook_id, lease, row.url, _keys(row, now), found.items)


def settle(session: Session, consortium: Consortium, errand: Errand, call: Call, lease_seconds: float) -> bool:
    """Write down how a call went, and keep the lease if it went well. Returns whether to go on."""
    row = session.get(W, (consortium.id, errand.webhook_id), with_for_update=True)
    if row is None or row.lease != errand.lease:
        return False
    row.attempts += 1
    session.add(_entry(row, call))
    if call.answered.well:
        row.cursor, row.failures, row.leased_until = call.change.cursor, 0, call.ended_at + lease_seconds
    else:
        _put_off(row, call.answered, call.ended_at)
    return call.answered.well and not _ends_with_maker(session, consortium, row, call.ended_at)


def let_go(session: Session, consortium: Consortium, errand: Errand) -> None:
    """End a lease, if it is still one's own."""
    row = session.get(W, (consortium.id, errand.webhook_id), with_for_update=True)
    if row is not None and row.lease == errand.lease:
        row.lease, row.leased_until = None, 0


def forget_old(session: Session, consortium: Consortium, now: float) -> None:
    """Drop the log of calls that were long ago."""
    d = DeliveryRecord
    session.execute(delete(d).where(d.consortium_id == consortium.id, d.at < now - KEPT))


def _ends_with_maker(session: Session, consortium: Consortium, row: WebhookRecord, now: float) -> bool:
    reason = why_ended(session, consortium, row.created_by, row.person, Scope.WEBHOOKS_WRITE, now)
    if reason is not None:
        _end(session, row, reason, now)
    return reason is not None


def _end(session: Session, row: WebhookRecord, reason: str, now: float) -> None:
    """Call no more, and say so in the log: nobody was called, and why."""
    row.lease, row.leased_until = None, 0
    row.disabled_at, row.disabled_reason = int(now), reason
    row.attempts += 1
    session.add(
        DeliveryRecord(
            consortium_id=row.consortium_id,
            webhook_id=row.webhook_id,
            attempt=row.attempts,
            change=row.cursor,
            type=ENDED,
            at=int(now),
            milliseconds=0,
            status=None,
            problem=reason,
            delivered=False,
        )
    )


def _keys(row: WebhookRecord, now: float) -> tuple[str, ...]:
    if row.previous_secret is not None and now < (row.previous_until or 0):
        return row.secret, row.previous_secret
    row.previous_secret = None
    return (row.secret,)


def _put_off(row: WebhookRecord, answered: Answered, now: float) -> None:
    row.lease, row.leased_until = None, 0
    row.failures += 1
    if answered.status == GONE:
        row.disabled_at, row.disabled_reason = int(now), "The address answered 410: it wants no more calls."
    elif row.failures > len(PAUSES):
        row.disabled_at = int(now)
        row.disabled_reason = f"{row.failures} calls in a row failed; the last one {answered.problem}."[:200]
    else:
        row.next_attempt_at = now + PAUSES[row.failures - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311


def _entry(row: WebhookRecord, call: Call) -> DeliveryRecord:
    problem = call.answered.problem
    return DeliveryRecord(
        consortium_id=row.consortium_id,
        webhook_id=row.webhook_id,
        attempt=row.attempts,
        change=call.change.cursor,
        type=call.change.type,
        at=int(call.ended_at),
        milliseconds=call.milliseconds,
        status=call.answered.status,
        problem=None if problem is None else problem[:200],
        delivered=call.answered.well,
    )
