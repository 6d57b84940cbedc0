"""Who has not voted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from backend.database.records import EntitlementRecord, MemberRecord, ProposalRecord, RecusalRecord, VoteRecord
from backend.errors import InvalidCursorError
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, ProposalName, among, find_filed
from backend.queries.keys import cursor_from, position_in
from backend.queries.parts import Asked, Place, part_after
from backend.queries.refs import member_ref
from backend.queries.tallies import entitled_at, snapshot_by
from backend.queries.views import MemberRef, Page

P = ProposalRecord


def list_non_voters(
    session: Session, consortium: Consortium, proposal_id: ProposalName, now: int, *, governor: str | None = None
) -> tuple[MemberRef, ...]:
    """Members of the electorate, less the recused, who have handed in no ballot, by code.

    Before the opening the electorate is the roll as it stands now.

    Raises:
        ProposalNotFoundError: no such proposal.
    """
    key = find_filed(session, consortium, proposal_id, governor).key
    return find_non_voters(session, consortium, [key], now)[key]


def find_non_voters(
    session: Session, consortium: Consortium, keys: Collection[Key], now: int
) -> dict[Key, tuple[MemberRef, ...]]:
    """The same of several proposals, in one question."""
    has_said = [
        exists().where(
            record.consortium_id == P.consortium_id,
            record.body_id == P.body_id,
            record.proposal_id == P.proposal_id,
            record.member_id == MemberRecord.member_id,
        )
        for record in (VoteRecord, RecusalRecord)
    ]
    rows = session.execute(
        select(P.body_id, P.proposal_id, MemberRecord)
        .join(
            EntitlementRecord,
            and_(
                EntitlementRecord.consortium_id == P.consortium_id,
                EntitlementRecord.body_id == P.body_id,
                entitled_at(snapshot_by(now)),
            ),
        )
        .join(
            MemberRecord,
            and_(
                MemberRecord.consortium_id == P.consortium_id,
                MemberRecord.member_id == EntitlementRecord.member_id,
            ),
        )
        .where(
            P.consortium_id == consortium.id,
            among(P.body_id, P.proposal_id, keys),
            *(~said for said in has_said),
        )
        .order_by(MemberRecord.code, MemberRecord.member_id)
    )
    silent: defaultdict[Key, list[MemberRef]] = defaultdict(list)
    for body_id, proposal_id, member in rows:
        silent[body_id, proposal_id].append(member_ref(member))
    return {key: tuple(silent[key]) for key in keys}


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
