"""What one member has said on many proposals, for lists that mark them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import VoteRecord
from backend.domain.ballots import Choice
from backend.queries.consortium import Consortium


def choices_of(session: Session, consortium: Consortium, member_id: int, proposals: Collection[int]) -> dict[int, str]:
    """The member's ballot as it counts on each of these proposals, by id; those without one are left out."""
    rows = session.execute(
        select(VoteRecord.proposal_id, VoteRecord.choice).where(
            VoteRecord.consortium_id == consortium.id,
            VoteRecord.member_id == member_id,
            VoteRecord.proposal_id.in_(proposals),
        )
    )
    return {proposal_id: Choice(choice).label for proposal_id, choice in rows}
