"""Members named in answers about something else."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, MemberRecord
from backend.errors import InvalidCursorError
from backend.queries.consortium import Consortium
from backend.queries.keys import position_in
from backend.queries.views import MemberRef


def member_ref(member: MemberRecord) -> MemberRef:
    """Name a member."""
    return MemberRef(member.member_id, member.code, member.name, member.country)


def member_refs(session: Session, consortium: Consortium, numbers: Collection[int | None]) -> dict[int, MemberRef]:
    """Name members by their numbers; None and repetitions do not matter."""
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    rows = session.scalars(
        select(MemberRecord).where(MemberRecord.consortium_id == consortium.id, MemberRecord.member_id.in_(wanted))
    )
    return {member.member_id: member_ref(member) for member in rows}


def place_in_bodies(session: Session, consortium: Consortium, cursor: str) -> ColumnElement[tuple[str, int, int]]:
    """Where a list by code, member and body goes on.

    Raises:
        InvalidCursorError: the cursor is not one that such a list gave out.
    """
    member_id, body_id = position_in(cursor, 2)
    member = session.get(MemberRecord, (consortium.id, member_id))
    if member is None:
        raise InvalidCursorError
    return tuple_(literal(member.code), literal(member_id), literal(body_id))


def member_names(session: Session, consortium: Consortium) -> dict[str, str]:
    """Number of each member, as text → its name."""
    rows = session.execute(
        select(MemberRecord.member_id, MemberRecord.name).where(MemberRecord.consortium_id == consortium.id)
    )
    return {str(member_id): name for member_id, name in rows}


def body_names(session: Session, consortium: Consortium) -> dict[str, str]:
    """Number of each body, as text → its name."""
    rows = session.execute(select(BodyRecord.body_id, BodyRecord.name).where(BodyRecord.consortium_id == consortium.id))
    return {str(body_id): name for body_id, name in rows}
