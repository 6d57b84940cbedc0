"""Erasing a person: what is personal goes, what proves goes on proving.

Ballots are the organisation's and stand on chain; nothing of them is touched. The reasons that the organisation gave
while the person acted for it may name them: their words and salts are erased on request, and the hashes on chain say
nothing any more.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, select, tuple_
from sqlalchemy.orm import Session

from backend.database.base import Base
from backend.database.desk import (
    DeliveryRecord,
    LetterRecord,
    NoticePreferenceRecord,
    PersonRecord,
    RepresentationRecord,
    SessionRecord,
    TokenRecord,
    WebhookRecord,
)
from backend.database.session import forget_written
from backend.documents.reasons import BallotName
from backend.documents.store import DocumentStore
from backend.errors import DocumentError
from backend.people.callers import WALLET
from backend.people.representatives import find_representation
from backend.queries.mirror import Mirror
from backend.queries.reasons import commitments_of

log = logging.getLogger(__name__)

REMOVED: tuple[type[Base], ...] = (
    PersonRecord,
    SessionRecord,
    TokenRecord,
    WebhookRecord,
    NoticePreferenceRecord,
    LetterRecord,
)
"""Tables from which the rows of an erased person go. Every other table knows at most the pseudonym."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many rows went from each table, and how many reasons."""

    person: str
    rows: dict[str, int]
    reasons: int


def erase(mirror: Mirror, person: str, *, reasons: bool = False) -> Erased:
    """Remove name, address, sessions, tokens, webhooks and all about notices of a person.

    Of the history the pseudonym, member and days stay.

    With `reasons` also the words and salts that the member gave in those days. A person is erased as often as asked;
    the second time nothing is left to remove. No copy stays in the files of the database.

    Raises:
        PersonNotFoundError: no such person.
    """
    with mirror.writing() as session:
        history = find_representation(session, mirror.consortium.id, person)
        rows = _erase_rows(session, mirror.consortium.id, history, mirror.wall_clock())
        span = (history.member_id, history.since, history.until or mirror.wall_clock())
        engine = session.get_bind().engine
    erased = Erased(person, rows, _erase_reasons(mirror, *span) if reasons else 0)
    if not forget_written(engine):
        log.warning("The database's log of recent pages is in use; it is emptied by the next erasure or restart")
    log.info("Erased person %s: %s, %d reasons", person, erased.rows, erased.reasons)
    return erased


def _erase_rows(session: Session, consortium_id: int, history: RepresentationRecord, now: int) -> dict[str, int]:
    rows = {record.__tablename__: _remove(session, record, _its(record, consortium_id, history)) for record in REMOVED}
    history.wallet = None
    history.until = min(history.until or now, now)
    history.erased_at = history.erased_at or now
    return rows


def _its(record: type[Base], consortium_id: int, history: RepresentationRecord) -> ColumnElement[bool]:
    """Which rows are the person's: under the pseudonym, or begun with their wallet before they were on file for it."""
    table = record.metadata.tables[record.__tablename__]
    its = table.c.person == history.person
    if history.wallet is not None and record is SessionRecord:
        its |= SessionRecord.wallet == history.wallet
    if history.wallet is not None and record is WebhookRecord:
        its |= (WebhookRecord.created_by == f"{WALLET}{history.wallet}") & WebhookRecord.person.is_(None)
    return (table.c.consortium_id == consortium_id) & its


def _remove(session: Session, record: type[Base], its: ColumnElement[bool]) -> int:
    if record is WebhookRecord:
        _remove_deliveries(session, its)
    table = record.metadata.tables[record.__tablename__]
    count = session.scalar(select(func.count()).select_from(table).where(its)) or 0
    session.execute(delete(table).where(its))
    return count


def _remove_deliveries(session: Session, its: ColumnElement[bool]) -> None:
    """What answered, and how quickly, is known of the person's address alone."""
    ended = select(WebhookRecord.consortium_id, WebhookRecord.webhook_id).where(its)
    session.execute(
        delete(DeliveryRecord).where(tuple_(DeliveryRecord.consortium_id, DeliveryRecord.webhook_id).in_(ended))
    )


def _erase_reasons(mirror: Mirror, member_id: int, since: int, until: int) -> int:
    with mirror.asking() as session:
        given = commitments_of(session, mirror.consortium, member_id, since, until)
    return sum(_erase_reason(mirror.consortium.documents, ballot, commitment) for ballot, commitment in given)


def _erase_reason(documents: DocumentStore, ballot: BallotName, commitment: str) -> bool:
    """Erase it if it was written for this ballot: whoever copies another's hash must not erase the other's words."""
    try:
        reason = documents.get_reason(commitment)
    except DocumentError:
        return False
    return reason is not None and reason.ballot.names_same(ballot) and documents.erase_reason(commitment)
