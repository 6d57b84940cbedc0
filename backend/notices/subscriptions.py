"""Subscriptions: who is called, with what, and from where on."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.database.desk.webhooks import DeliveryRecord, WebhookRecord
from backend.database.locks import wait_turn
from backend.notices.refusals import TooManyWebhooksError, WebhookNotFoundError
from backend.notices.signatures import fresh_secret
from backend.people.refusals import KeyReusedError
from backend.queries.changes import ChangeFilter, newest_cursor, read_changes
from backend.queries.consortium import Consortium

MOST = 200
"""Subscriptions of a consortium."""
MOST_OF_ONE = 20
"""Subscriptions that one caller may have."""
BOTH_SIGN = 86_400
"""Seconds after a rotation in which the old secret signs, too."""

W = WebhookRecord


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody asks for."""

    url: str
    types: tuple[str, ...] = ()
    body: str | None = None
    proposal_id: int | None = None
    description: str = ""
    since: str | None = None
    """Begin after this cursor; with what comes from now on, if None."""
    idempotency_key: str | None = None

    @property
    def what(self) -> tuple[str, tuple[str, ...], str | None, int | None]:
        """Whom to call, and with what."""
        return self.url, self.types, self.body, self.proposal_id


def subscribe(
    session: Session, consortium: Consortium, wanted: Subscription, created_by: str, person: str | None, now: int
) -> WebhookRecord:
    """Keep a subscription; the same one again for a caller that repeats its idempotency key.

    Raises:
        KeyReusedError: the key was sent with another request.
        TooManyWebhooksError: there are as many as are kept.
        InvalidCursorError: it is to begin where no feed has been.
        FeedRestartedError: it is to begin at a place of another feed.
    """
    wait_turn(session, "webhooks", consortium.id)
    known = _repeated(session, consortium, wanted, created_by)
    if known is not None:
        if (known.url, tuple(known.types), known.body, known.proposal_id) != wanted.what:
            raise KeyReusedError
        return known
    _require_room(session, consortium, created_by)
    kept = W(
        consortium_id=consortium.id,
        webhook_id=f"wh_{secrets.token_hex(8)}",
        url=wanted.url,
        secret=fresh_secret(),
        types=list(wanted.types),
        body=wanted.body,
        proposal_id=wanted.proposal_id,
        description=wanted.description,
        created_by=created_by,
        person=person,
        idempotency_key=wanted.idempotency_key,
        created_at=now,
        cursor=_place(session, consortium, wanted.since),
        attempts=0,
        failures=0,
        next_attempt_at=0,
        leased_until=0,
    )
    session.add(kept)
    session.flush()
    return kept


def list_webhooks(session: Session, consortium: Consortium, created_by: str | None) -> Sequence[WebhookRecord]:
    """List the subscriptions of a caller, or all where none is named, oldest first."""
    statement = select(W).where(W.consortium_id == consortium.id).order_by(W.created_at, W.webhook_id)
    return session.scalars(statement if created_by is None else statement.where(W.created_by == created_by)).all()


def find_webhook(session: Session, consortium: Consortium, webhook_id: str, created_by: str | None) -> WebhookRecord:
    """Find a subscription of a caller, or of anybody where none is named.

    Raises:
        WebhookNotFoundError: there is none, or it is another's.
    """
    found = session.get(W, (consortium.id, webhook_id))
    if found is None or created_by not in (None, found.created_by):
        raise WebhookNotFoundError(webhook_id)
    return found


def rotate(webhook: WebhookRecord, now: int) -> None:
    """Give a subscription another secret; for a day both sign."""
    webhook.previous_secret, webhook.previous_until = webhook.secret, now + BOTH_SIGN
    webhook.secret = fresh_secret()


def replay(session: Session, consortium: Consortium, webhook: WebhookRecord, since: str | None) -> None:
    """Call again, after a cursor or where it was, also where calling was given up.

    Raises:
        InvalidCursorError: no feed has been there.
        FeedRestartedError: it is a place of another feed.
    """
    if since is not None:
        webhook.cursor = _place(session, consortium, since)
    # Whoever is calling at this moment must not move on from where it was.
    webhook.lease, webhook.leased_until = None, 0
    webhook.failures, webhook.next_attempt_at = 0, 0
    webhook.disabled_at = webhook.disabled_reason = None


def end(session: Session, webhook: WebhookRecord) -> None:
    """Forget a subscription and how its calls went."""
    session.execute(
        delete(DeliveryRecord).where(
            DeliveryRecord.consortium_id == webhook.consortium_id, DeliveryRecord.webhook_id == webhook.webhook_id
        )
    )
    session.delete(webhook)


def list_deliveries(
    session: Session, webhook: WebhookRecord, before: int | None, limit: int
) -> tuple[Sequence[DeliveryRecord], int]:
    """The newest calls before an attempt, newest first, and how many are kept in all."""
    d = DeliveryRecord
    of_it = (d.consortium_id == webhook.consortium_id, d.webhook_id == webhook.webhook_id)
    earlier = () if before is None else (d.attempt < before,)
    rows = session.scalars(select(d).where(*of_it, *earlier).order_by(d.attempt.desc()).limit(limit)).all()
    return rows, session.scalar(select(func.count()).select_from(d).where(*of_it)) or 0


def filter_of(webhook: WebhookRecord) -> ChangeFilter:
    """What it asks for."""
    return ChangeFilter(frozenset(webhook.types), webhook.body, webhook.proposal_id)


def _repeated(session: Session, consortium: Consortium, wanted: Subscription, created_by: str) -> WebhookRecord | None:
    if wanted.idempotency_key is None:
        return None
    return session.scalar(
        select(W).where(
            W.consortium_id == consortium.id,
            W.created_by == created_by,
            W.idempotency_key == wanted.idempotency_key,
        )
    )


def _require_room(session: Session, consortium: Consortium, created_by: str) -> None:
    all_of_them = select(func.count()).select_from(W).where(W.consortium_id == consortium.id)
    for most, counted in ((MOST_OF_ONE, all_of_them.where(W.created_by == created_by)), (MOST, all_of_them)):
        if (session.scalar(counted) or 0) >= most:
            raise TooManyWebhooksError(most)


def _place(session: Session, consortium: Consortium, since: str | None) -> str:
    if since is None:
        return newest_cursor(session, consortium)
    read_changes(session, consortium, since, limit=1)
    return since
