"""All calls of one question: the first, and those that followed for want of a quorum."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.domain.bodies import reference_of
from backend.queries.filed import Filed
from backend.queries.views import AttemptView

P = ProposalRecord


def attempts_of(session: Session, filed: Filed) -> tuple[AttemptView, ...]:
    """Every call of the question, this one among them, first to last."""
    known = _called_again(session, filed)
    called = [_first(session, filed, known)]
    following = {row.previous_id: row for row in known.values()}
    while (then := following.get(called[-1].proposal_id)) is not None:
        called.append(then)
    name = filed.body.name
    return tuple(
        AttemptView(row.proposal_id, reference_of(name, row.number), row.attempt, row.opens_at, row.closes_at)
        for row in called
    )


def _called_again(session: Session, filed: Filed) -> dict[int, ProposalRecord]:
    body = filed.proposal
    rows = session.scalars(
        select(P).where(P.consortium_id == body.consortium_id, P.body_id == body.body_id, P.previous_id.is_not(None))
    )
    return {row.proposal_id: row for row in rows}


def _first(session: Session, filed: Filed, known: dict[int, ProposalRecord]) -> ProposalRecord:
    row = filed.proposal
    while row.previous_id is not None:
        key = (row.consortium_id, row.body_id, row.previous_id)
        row = known.get(row.previous_id) or session.get_one(P, key)
    return row
