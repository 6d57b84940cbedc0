"""Handing in documents: named by their hash, checked for their type, counted against the member's day."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from backend.database.desk import DocumentRecord
from backend.database.locks import wait_turn
from backend.documents.cid import cid_of, hash_of
from backend.documents.ipfs import pin
from backend.documents.keeper import MOST_BYTES
from backend.documents.media_types import require_kept
from backend.documents.refusals import QuotaExceededError
from backend.errors import DocumentError, InvalidDocumentError
from backend.people.callers import Caller
from backend.queries.mirror import Mirror
from backend.settings import Settings

DAY = 86_400
MEGABYTE = 1024 * 1024

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A document that is kept."""

    cid: str
    sha256: str
    """As a contract takes it: 0x and 64 digits."""
    size: int
    media_type: str
    is_new: bool
    """False where it was kept before."""
    pinned: bool | None
    """Whether a node of IPFS has it too; None where none is set."""


def hand_in(mirror: Mirror, settings: Settings, who: Caller, data: bytes, claimed_type: str | None) -> HandedIn:
    """Keep a document. Handing in the same again changes nothing and counts for nothing.

    Raises:
        InvalidDocumentError: empty, too long, or JSON that is no proposal text in canonical form.
        DocumentTypeError: of a type that is not kept.
        QuotaExceededError: the member has handed in enough for one day.
    """
    if not 0 < len(data) <= MOST_BYTES:
        raise InvalidDocumentError("document", f"has {len(data)} bytes; it must have 1 to {MOST_BYTES}")
    media_type = require_kept(data, claimed_type)
    with mirror.writing() as session:
        is_new = _keep(session, mirror, settings, who, data)
    pinned = None if settings.ipfs_url is None else _pin(mirror, settings.ipfs_url, data)
    return HandedIn(cid_of(data), hash_of(data), len(data), media_type, is_new, pinned)


def _keep(session: Session, mirror: Mirror, settings: Settings, who: Caller, data: bytes) -> bool:
    consortium_id, cid, now = mirror.consortium.id, cid_of(data), mirror.wall_clock()
    wait_turn(session, "documents", consortium_id)
    kept = session.get(DocumentRecord, (consortium_id, cid))
    if kept is not None:
        kept.data = data  # the same, unless the database was tampered with
        return False
    _require_room(session, settings, consortium_id, who.member_id, now - now % DAY, len(data))
    row = DocumentRecord(consortium_id=consortium_id, cid=cid, data=data, size=len(data))
    row.member_id, row.handed_in_at = who.member_id, now
    session.add(row)
    return True


def _require_room(
    session: Session, settings: Settings, consortium_id: int, member_id: int | None, midnight: int, size: int
) -> None:
    count, total = session.execute(
        select(func.count(), func.coalesce(func.sum(DocumentRecord.size), 0)).where(
            DocumentRecord.consortium_id == consortium_id,
            DocumentRecord.member_id.is_not_distinct_from(member_id),
            DocumentRecord.handed_in_at >= midnight,
        )
    ).one()
    if count >= settings.documents_per_day:
        raise QuotaExceededError(f"{count} documents were handed in today.")
    if total + size > settings.megabytes_per_day * MEGABYTE:
        raise QuotaExceededError(f"{total} bytes were handed in today; {size} more are too many.")


def _pin(mirror: Mirror, url: str, data: bytes) -> bool:
    try:
        cid = pin(url, data)
    except DocumentError as error:
        log.warning("%s %s", error.code, error)  # what it came of may carry the node's key
        return False
    with mirror.writing() as session:
        its = (DocumentRecord.consortium_id == mirror.consortium.id) & (DocumentRecord.cid == cid)
        session.execute(update(DocumentRecord).where(its).values(pinned_at=mirror.wall_clock()))
    return True
