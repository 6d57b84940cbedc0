"""Who handed in which ballot, and who has not."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import EntitlementRecord, MemberRecord, VoteRecord
from backend.documents.reasons import BallotName
from backend.domain.ballots import Choice
from backend.domain.values import Address, MemberId, ProposalId
from backend.errors import InvalidCursorError
from backend.queries.consortium import Consortium
from backend.queries.filed import find_filed
from backend.queries.keys import cursor_from, position_in
from backend.queries.members import member_ref
from backend.queries.status import finality_of, read_finalized
from backend.queries.tallies import Key, entitled_at
from backend.queries.texts import commitment_in, reason_behind
from backend.queries.views import BallotView, MemberRef, Page


def list_ballots(
    session: Session,
    consortium: Consortium,
    proposal_id: int,
    *,
    governor: str | None = None,
    limit: int = 100,
    cursor: str | None = None,
) -> Page[BallotView]:
    """Counted ballots of a proposal, by member's code.

    Raises:
        ProposalNotFoundError: no such proposal.
        InvalidCursorError: the cursor is not one this list gave out.
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    key = filed.key
    total = session.scalar(select(func.count()).select_from(VoteRecord).where(_on(consortium, key)))
    order = (MemberRecord.code, MemberRecord.member_id)
    statement = (
        select(VoteRecord, MemberRecord)
        .join(
            MemberRecord,
            and_(
                MemberRecord.consortium_id == VoteRecord.consortium_id,
                MemberRecord.member_id == VoteRecord.member_id,
            ),
        )
        .where(_on(consortium, key))
    )
    if cursor is not None:
        statement = statement.where(tuple_(*order) > _member_at(session, consortium, cursor))
    rows = session.execute(statement.order_by(*order).limit(limit + 1)).all()
    finalized = read_finalized(session, consortium)
    ballots = tuple(_view(consortium, filed.body.governor, vote, member, finalized) for vote, member in rows[:limit])
    following = cursor_from(ballots[-1].member.id) if len(rows) > limit else None
    return Page(ballots, total or 0, following)


def list_non_voters(
    session: Session, consortium: Consortium, proposal_id: int, now: int, *, governor: str | None = None
) -> tuple[MemberRef, ...]:
    """Members of the electorate who have handed in no ballot, by code; before the opening: as the roll stands now.

    Raises:
        ProposalNotFoundError: no such proposal.
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    voted = exists().where(_on(consortium, filed.key), VoteRecord.member_id == MemberRecord.member_id)
    members = session.scalars(
        select(MemberRecord)
        .join(
            EntitlementRecord,
            and_(
                EntitlementRecord.consortium_id == MemberRecord.consortium_id,
                EntitlementRecord.member_id == MemberRecord.member_id,
                EntitlementRecord.body_id == filed.proposal.body_id,
                entitled_at(literal(min(filed.proposal.opens_at, now))),
            ),
        )
        .where(MemberRecord.consortium_id == consortium.id, ~voted)
        .order_by(MemberRecord.code, MemberRecord.member_id)
    )
    return tuple(map(member_ref, members))


def _on(consortium: Consortium, key: Key) -> ColumnElement[bool]:
    return and_(
        VoteRecord.consortium_id == consortium.id, VoteRecord.body_id == key[0], VoteRecord.proposal_id == key[1]
    )


def _member_at(session: Session, consortium: Consortium, cursor: str) -> ColumnElement[tuple[str, int]]:
    member = session.get(MemberRecord, (consortium.id, position_in(cursor, 1)[0]))
    if member is None:
        raise InvalidCursorError
    return tuple_(literal(member.code), literal(member.member_id))


def _view(consortium: Consortium, governor: str, vote: VoteRecord, member: MemberRecord, finalized: int) -> BallotView:
    commitment = commitment_in(vote.reason)
    name = BallotName(Address(governor), ProposalId(vote.proposal_id), MemberId(vote.member_id))
    return BallotView(
        member=member_ref(member),
        choice=Choice(vote.choice).label,
        wallet=vote.wallet,
        cast_at=vote.cast_at,
        block_number=vote.block_number,
        transaction_hash=vote.transaction_hash,
        reason_commitment=commitment,
        reason=reason_behind(consortium, commitment, name),
        finality=finality_of(vote.block_number, finalized),
    )
