"""Texts of proposals for lists that name them without counting them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.queries.consortium import Consortium
from backend.queries.texts import Texts, texts_of


def texts_by_proposal(session: Session, consortium: Consortium, proposals: Collection[int]) -> dict[int, Texts]:
    """The texts of each of these proposals, by id; empty ones where the document is not at hand.

    An id that two bodies share stands for the same description in both, because the id is made from it.
    """
    rows = session.execute(
        select(ProposalRecord.proposal_id, ProposalRecord.description).where(
            ProposalRecord.consortium_id == consortium.id, ProposalRecord.proposal_id.in_(set(proposals))
        )
    )
    return {proposal_id: texts_of(consortium, description) for proposal_id, description in rows}
