"""Whose ballots are awaited: which open votes a member may take part in and has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, EntitlementRecord, ProposalRecord, RecusalRecord, VoteRecord
from backend.queries.consortium import Consortium
from backend.queries.proposal_states import is_open
from backend.queries.tallies import entitled_at

P, E = ProposalRecord, EntitlementRecord

Awaited = tuple[str, int]
"""Name of the body and id of the proposal."""


def awaited_of(
    session: Session, consortium: Consortium, now: int, members: Collection[int]
) -> dict[int, frozenset[Awaited]]:
    """For each of these members the votes that are open, that it is entitled to, and in which it has said nothing."""
    rows = session.execute(
        select(E.member_id, BodyRecord.name, P.proposal_id)
        .join(BodyRecord, and_(BodyRecord.consortium_id == P.consortium_id, BodyRecord.body_id == P.body_id))
        .join(E, and_(E.consortium_id == P.consortium_id, E.body_id == P.body_id, entitled_at(P.opens_at)))
        .where(P.consortium_id == consortium.id, is_open(now), E.member_id.in_(members))
        .where(_nothing_of(VoteRecord), _nothing_of(RecusalRecord))
    )
    found = defaultdict[int, set[Awaited]](set)
    for member_id, body, proposal_id in rows:
        found[member_id].add((body, proposal_id))
    return {member_id: frozenset(found[member_id]) for member_id in members}


def _nothing_of(record: type[VoteRecord | RecusalRecord]) -> ColumnElement[bool]:
    return ~exists().where(
        record.consortium_id == P.consortium_id,
        record.body_id == P.body_id,
        record.proposal_id == P.proposal_id,
        record.member_id == E.member_id,
    )
