"""Commitments to reasons that a member gave."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.desk import RelayBallotRecord
from backend.database.records import BodyRecord, EarlierVoteRecord, VoteRecord
from backend.documents.reasons import BallotName
from backend.domain.values import Address, MemberId, ProposalId
from backend.queries.consortium import Consortium
from backend.queries.texts import commitment_in


def commitments_of(
    session: Session, consortium: Consortium, member_id: int, since: int, until: int
) -> list[tuple[BallotName, str]]:
    """The ballots that a member cast in that time, or handed in to be sent, each with its commitment.

    Those it replaced and those that never counted are among them: their words are kept all the same.
    """
    cast = _cast(session, consortium, member_id, since, until)
    b = RelayBallotRecord
    handed_in = session.execute(
        select(b.governor, b.proposal_id, b.reason).where(
            b.consortium_id == consortium.id, b.member_id == member_id, b.accepted_at.between(since, until)
        )
    )
    return [
        (BallotName(Address(governor), ProposalId(proposal_id), MemberId(member_id)), commitment)
        for governor, proposal_id, reason in (*cast, *handed_in)
        if (commitment := commitment_in(reason)) is not None
    ]


def _cast(
    session: Session, consortium: Consortium, member_id: int, since: int, until: int
) -> list[tuple[str, int, str | None]]:
    return [
        (governor, proposal_id, reason)
        for votes in (VoteRecord, EarlierVoteRecord)
        for governor, proposal_id, reason in session.execute(
            select(BodyRecord.governor, votes.proposal_id, votes.reason)
            .join(BodyRecord, (BodyRecord.consortium_id == votes.consortium_id) & (BodyRecord.body_id == votes.body_id))
            .where(
                votes.consortium_id == consortium.id,
                votes.member_id == member_id,
                votes.cast_at.between(since, until),
            )
        )
    ]
