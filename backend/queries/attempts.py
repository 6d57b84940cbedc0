"""All calls of a question: the first, and those that followed for want of a quorum."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.domain.bodies import reference_of
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, among
from backend.queries.views import AttemptView

P = ProposalRecord


def attempts_of(
    session: Session, consortium: Consortium, filed: Collection[Filed]
) -> dict[Key, tuple[AttemptView, ...]]:
    """Every call of each of these questions, the one given among them, first to last."""
    known = _called_again(session, consortium, filed)
    following = {(row.body_id, row.previous_id): row for row in known.values()}
    firsts = {one.key: _first(one, known) for one in filed}
    known |= _rows(session, consortium, {key for key in firsts.values() if key not in known})
    return {one.key: _calls(one, known[firsts[one.key]], following) for one in filed}


def _calls(
    filed: Filed, first: ProposalRecord, following: dict[tuple[int, int | None], ProposalRecord]
) -> tuple[AttemptView, ...]:
    called = [first]
    while (then := following.get((first.body_id, called[-1].proposal_id))) is not None:
        called.append(then)
    name = filed.body.name
    return tuple(
        AttemptView(row.proposal_id, reference_of(name, row.number), row.attempt, row.opens_at, row.closes_at)
        for row in called
    )


def _first(filed: Filed, known: dict[Key, ProposalRecord]) -> Key:
    key, row = filed.key, known.get(filed.key)
    while row is not None and row.previous_id is not None:
        key = (key[0], row.previous_id)
        row = known.get(key)
    return key


def _called_again(session: Session, consortium: Consortium, filed: Collection[Filed]) -> dict[Key, ProposalRecord]:
    """All further calls in the bodies of these questions, and the questions themselves."""
    rows = session.scalars(
        select(P).where(
            P.consortium_id == consortium.id,
            P.body_id.in_({one.proposal.body_id for one in filed}),
            P.previous_id.is_not(None),
        )
    )
    return {one.key: one.proposal for one in filed} | {(row.body_id, row.proposal_id): row for row in rows}


def _rows(session: Session, consortium: Consortium, keys: Collection[Key]) -> dict[Key, ProposalRecord]:
    if not keys:
        return {}
    rows = session.scalars(select(P).where(P.consortium_id == consortium.id, among(P.body_id, P.proposal_id, keys)))
    return {(row.body_id, row.proposal_id): row for row in rows}
