"""Drafts of proposals: each belongs to an organisation, and whoever acts for it writes, reads and removes it.

A draft is kept as it stands in the form, in order or not: nothing that somebody typed is lost because it is not right
yet. Whether a proposal could be put is asked when it is put.
"""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from backend.database.desk import DraftRecord
from backend.database.locks import wait_turn
from backend.database.session import forget_written
from backend.errors import InvalidRequestError
from backend.people.callers import Caller
from backend.people.refusals import (
    DraftChangedError,
    DraftNotFoundError,
    DraftTooLargeError,
    NotAllowedError,
    TooManyDraftsError,
)
from backend.queries.mirror import Mirror

MOST_DRAFTS = 50
"""Of one organisation."""
MOST_BYTES = 512 * 1024
"""Of one draft's content, written as JSON: as much as a whole proposal text may have."""
DEEPEST = 20
"""Lists and objects within each other: a form has five. What is much deeper can be kept and never written again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written on a draft."""

    kind: str
    title: str
    content: Mapping[str, Any]

    @property
    def depth(self) -> int:
        """How many lists and objects lie within each other; the content itself is one."""
        depth, layer = 0, list[Any]([self.content])
        while layer:
            depth += 1
            inner = [each for one in layer for each in (one.values() if isinstance(one, Mapping) else one)]
            layer = [each for each in inner if isinstance(each, Mapping | list)]
        return depth

    @property
    def size(self) -> int:
        """Bytes of the content, written as JSON.

        Raises:
            InvalidRequestError: it cannot be written: it lies too deep, or holds half a character or no number.
        """
        if self.depth > DEEPEST:
            raise InvalidRequestError("content", f"lies in more than {DEEPEST} layers; no form is as deep as that")
        try:
            return len(json.dumps(self.content, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode())
        except ValueError as error:
            raise InvalidRequestError("content", "holds half a character, or a number that is none") from error


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """What a list says of a draft. Times are seconds since the epoch."""

    id: str
    member_id: int
    kind: str
    title: str
    version: int
    created_at: int
    saved_at: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was last saved."""

    entry: DraftEntry
    content: Mapping[str, Any]


def list_drafts(session: Session, consortium_id: int, who: Caller) -> tuple[DraftEntry, ...]:
    """Drafts of the caller's organisation, the last saved first; what is written in them stays in the database.

    Raises:
        NotAllowedError: they act for no organisation.
    """
    rows = session.scalars(
        select(DraftRecord)
        .where(DraftRecord.consortium_id == consortium_id, DraftRecord.member_id == _organisation_of(who))
        .order_by(DraftRecord.saved_at.desc(), DraftRecord.draft_id)
        .options(defer(DraftRecord.content, raiseload=True))
    )
    return tuple(map(_entry, rows))


def find_draft(session: Session, consortium_id: int, who: Caller, draft_id: str) -> Draft:
    """One draft of the caller's organisation.

    Raises:
        NotAllowedError: they act for no organisation.
        DraftNotFoundError: there is none of that name, or it belongs to another organisation: which, is not told.
    """
    return _view(_own(session, consortium_id, who, draft_id))


def begin_draft(session: Session, consortium_id: int, who: Caller, sheet: Sheet, now: int) -> Draft:
    """Keep a new draft.

    Raises:
        NotAllowedError: the caller acts for no organisation.
        DraftTooLargeError: it is longer than any proposal may be.
        InvalidRequestError: it holds what could not be written again.
        TooManyDraftsError: the organisation has as many as are kept.
    """
    member_id = _organisation_of(who)
    _require_size(sheet)
    wait_turn(session, "drafts", consortium_id)
    its = (DraftRecord.consortium_id == consortium_id) & (DraftRecord.member_id == member_id)
    if (session.scalar(select(func.count()).select_from(DraftRecord).where(its)) or 0) >= MOST_DRAFTS:
        raise TooManyDraftsError(MOST_DRAFTS)
    row = DraftRecord(consortium_id=consortium_id, draft_id=secrets.token_hex(12), member_id=member_id)
    row.version, row.created_at = 1, now
    _write(row, sheet, now)
    session.add(row)
    session.flush()
    return _view(row)


def save_draft(
    session: Session, consortium_id: int, who: Caller, draft_id: str, sheet: Sheet, version: int, now: int
) -> Draft:
    """Save a draft over the version that the caller had before them.

    Raises:
        NotAllowedError: the caller acts for no organisation.
        DraftNotFoundError: their organisation has no such draft.
        DraftChangedError: somebody has saved it since.
        DraftTooLargeError: it is longer than any proposal may be.
        InvalidRequestError: it holds what could not be written again.
    """
    wait_turn(session, "drafts", consortium_id)
    row = _own(session, consortium_id, who, draft_id)
    _require_size(sheet)
    if row.version != version:
        raise DraftChangedError(row.version)
    row.version += 1
    _write(row, sheet, now)
    session.flush()
    return _view(row)


def remove_draft(mirror: Mirror, who: Caller, draft_id: str) -> None:
    """Erase a draft, and from the files of an SQLite database what was written of it.

    Raises:
        NotAllowedError: the caller acts for no organisation.
        DraftNotFoundError: their organisation has no such draft.
    """
    with mirror.writing() as session:
        session.delete(_own(session, mirror.consortium.id, who, draft_id))
        engine = session.get_bind().engine
    if not forget_written(engine):
        log.warning("The database's log of recent pages is in use; it is emptied by the next erasure or restart")


def _own(session: Session, consortium_id: int, who: Caller, draft_id: str) -> DraftRecord:
    member_id = _organisation_of(who)
    found = session.get(DraftRecord, (consortium_id, draft_id))
    if found is None or found.member_id != member_id:
        raise DraftNotFoundError(draft_id)
    return found


def _organisation_of(who: Caller) -> int:
    if who.member_id is None:
        raise NotAllowedError("Drafts belong to organisations: sign in with the wallet of yours.")
    return who.member_id


def _require_size(sheet: Sheet) -> None:
    if sheet.size > MOST_BYTES:
        raise DraftTooLargeError(sheet.size, MOST_BYTES)


def _write(row: DraftRecord, sheet: Sheet, now: int) -> None:
    row.kind, row.title, row.content = sheet.kind, sheet.title, dict(sheet.content)
    row.size, row.saved_at = sheet.size, now


def _view(row: DraftRecord) -> Draft:
    return Draft(_entry(row), row.content)


def _entry(row: DraftRecord) -> DraftEntry:
    return DraftEntry(
        id=row.draft_id,
        member_id=row.member_id,
        kind=row.kind,
        title=row.title,
        version=row.version,
        created_at=row.created_at,
        saved_at=row.saved_at,
    )
