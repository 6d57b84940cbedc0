"""Who has not voted, in parts."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.database.records import MemberRecord
from backend.errors import InvalidCursorError
from backend.queries.ballots import list_non_voters
from backend.queries.consortium import Consortium
from backend.queries.filed import ProposalName
from backend.queries.keys import cursor_from, position_in
from backend.queries.parts import Asked, Place, part_after
from backend.queries.views import MemberRef, Page


def page_of_non_voters(
    session: Session,
    consortium: Consortium,
    proposal_id: ProposalName,
    now: int,
    asked: Asked,
    *,
    governor: str | None = None,
) -> Page[MemberRef]:
    """One part of `list_non_voters`. Who votes between two parts is missing from the second, and nobody else.

    Raises:
        ProposalNotFoundError: no such proposal.
        InvalidCursorError: the cursor is not one this list gave out.
    """
    after = None if asked.cursor is None else _place_at(session, consortium, asked.cursor)
    silent = sorted(list_non_voters(session, consortium, proposal_id, now, governor=governor), key=_place)
    return part_after(silent, asked.limit, after, _place, lambda member: cursor_from(member.id))


def _place(member: MemberRef) -> Place:
    return member.code, member.id


def _place_at(session: Session, consortium: Consortium, cursor: str) -> Place:
    member = session.get(MemberRecord, (consortium.id, position_in(cursor, 1)[0]))
    if member is None:
        raise InvalidCursorError
    return member.code, member.member_id
