"""Who took part in which vote: one mark for each member of each electorate."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from backend.database.records import EntitlementRecord, ProposalRecord, RecusalRecord, VoteRecord
from backend.queries.consortium import Consortium
from backend.queries.tallies import entitled_at

P, E, V, R = ProposalRecord, EntitlementRecord, VoteRecord, RecusalRecord

Attendance = Literal["voted", "by_mandate", "silent", "recused"]


def read_attendance(
    session: Session, consortium: Consortium, proposals: Collection[int], *, member_id: int | None = None
) -> dict[tuple[int, int], Attendance]:
    """How the members of the electorates of these proposals took part, by member's number and proposal's id.

    Who had no vote on a proposal is not in it.

    Args:
        member_id: only this member.
    """
    statement = (
        select(E.member_id, P.proposal_id, V.member_id, V.cast_by, R.member_id)
        .select_from(P)
        .join(E, and_(E.consortium_id == P.consortium_id, E.body_id == P.body_id, entitled_at(P.opens_at)))
        .outerjoin(V, and_(_on(V), V.member_id == E.member_id))
        .outerjoin(R, and_(_on(R), R.member_id == E.member_id))
        .where(P.consortium_id == consortium.id, P.proposal_id.in_(proposals))
    )
    if member_id is not None:
        statement = statement.where(E.member_id == member_id)
    rows = session.execute(statement)
    return {
        (member, proposal_id): _mark(voter, cast_by, recused) for member, proposal_id, voter, cast_by, recused in rows
    }


def _mark(voter: int | None, cast_by: int | None, recused: int | None) -> Attendance:
    if recused is not None:
        return "recused"
    if voter is None:
        return "silent"
    return "voted" if cast_by is None else "by_mandate"


def _on(record: type[VoteRecord | RecusalRecord]) -> ColumnElement[bool]:
    return and_(
        record.consortium_id == P.consortium_id, record.body_id == P.body_id, record.proposal_id == P.proposal_id
    )
