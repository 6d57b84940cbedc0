"""Signed ballots handed to the relay: how far each is, as the mirror has it, and how the relay fares."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from backend.database.desk import (
    RelayAttemptRecord,
    RelayBallotRecord,
    RelayRecord,
    RelayRequestRecord,
    RelayTransactionRecord,
)
from backend.database.records import BodyRecord, EarlierVoteRecord, MemberRecord, VoteRecord
from backend.domain.ballots import Choice
from backend.errors import RelayedBallotNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.refs import member_ref
from backend.queries.status import finality_of, read_finalized
from backend.queries.views import RelayedBallotView, RelayView
from backend.queries.views.relay import WayStatus

B, R, T, A, E = (
    RelayBallotRecord,
    RelayRequestRecord,
    RelayTransactionRecord,
    RelayAttemptRecord,
    EarlierVoteRecord,
)
AWAY_AFTER = 300
"""Seconds without a turn of any relay after which it counts as away."""
DAY = 86_400
SUPERSEDED = "SUPERSEDED"
"""Another ballot of the member with the same nonce was counted."""


@dataclass(frozen=True, slots=True)
class Way:
    """How far a ballot is."""

    status: WayStatus
    transaction_hash: str | None = None
    block_number: int | None = None
    failure: str | None = None


def find_relayed_ballot(session: Session, consortium: Consortium, ballot_id: str) -> RelayedBallotView:
    """Find a ballot by the id that was given out for it.

    Raises:
        RelayedBallotNotFoundError: no such ballot was accepted.
    """
    ballot = session.get(B, (consortium.id, ballot_id))
    if ballot is None:
        raise RelayedBallotNotFoundError(ballot_id)
    return relayed_ballot_view(session, consortium, ballot)


def relayed_ballot_view(session: Session, consortium: Consortium, ballot: RelayBallotRecord) -> RelayedBallotView:
    """View a ballot with its way so far."""
    way = way_of(session, consortium, ballot)
    member = session.get_one(MemberRecord, (consortium.id, ballot.member_id))
    body = session.get_one(BodyRecord, (consortium.id, ballot.body_id))
    return RelayedBallotView(
        id=ballot.id,
        status=way.status,
        body=body.name,
        governor=ballot.governor,
        proposal_id=ballot.proposal_id,
        member=member_ref(member),
        wallet=ballot.voter,
        choice=Choice(ballot.support).label,
        nonce=ballot.proposal_id << 64 | ballot.own_ballots,
        reason_commitment=ballot.reason or None,
        accepted_at=ballot.accepted_at,
        transaction_hash=way.transaction_hash,
        block_number=way.block_number,
        failure=way.failure,
    )


def way_of(session: Session, consortium: Consortium, ballot: RelayBallotRecord) -> Way:
    """Say how far a ballot is: it counts where the mirror has it, whoever brought it there."""
    vote = counted_vote(session, ballot)
    if vote is not None:
        if (vote.choice, vote.reason or "") != (ballot.support, ballot.reason):
            return Way("failed", failure=SUPERSEDED)
        final = finality_of(vote.block_number, read_finalized(session, consortium)) == "final"
        return Way("final" if final else "included", vote.transaction_hash, vote.block_number)
    sent = _newest_attempt(session, ballot)
    if ballot.failure is not None:
        return Way("failed", sent, failure=ballot.failure)
    return Way("accepted" if ballot.nonce is None else "sent", sent)


def counted_vote(session: Session, ballot: RelayBallotRecord) -> VoteRecord | EarlierVoteRecord | None:
    """Find the ballot of this nonce that was counted; None where none was yet."""
    place = (ballot.consortium_id, ballot.body_id, ballot.proposal_id, ballot.member_id)
    vote = session.get(VoteRecord, place)
    turn = ballot.own_ballots + 1
    if vote is None or vote.revision < turn:
        return None
    if vote.revision == turn and vote.cast_by is None:
        return vote
    of_ballot = (E.consortium_id, E.body_id, E.proposal_id, E.member_id)
    same = [column == value for column, value in zip(of_ballot, place, strict=True)]
    return session.scalar(select(E).where(*same, E.revision == turn, E.cast_by.is_(None)))


def find_by_nonce(
    session: Session, consortium: Consortium, governor: str, proposal_id: int, voter: str, own_ballots: int
) -> RelayBallotRecord | None:
    """Find the ballot that was accepted with this nonce."""
    return session.scalar(
        select(B).where(
            B.consortium_id == consortium.id,
            B.governor == governor,
            B.proposal_id == proposal_id,
            B.voter == voter,
            B.own_ballots == own_ballots,
        )
    )


def find_request(session: Session, consortium: Consortium, voter: str, key: str) -> RelayRequestRecord | None:
    """Find what was sent under an idempotency key of this voter."""
    return session.scalar(select(R).where(R.consortium_id == consortium.id, R.voter == voter, R.key == key))


def accepted_since(session: Session, consortium: Consortium, member_id: int, second: int) -> int:
    """Count what was taken in of a member after that second."""
    wanted = and_(R.consortium_id == consortium.id, R.member_id == member_id, R.at > second)
    return session.scalar(select(func.count()).select_from(R).where(wanted)) or 0


def read_relay(session: Session, consortium: Consortium, wall: int) -> RelayView:
    """Say how the relay fares, and how much there is for it to do."""
    relay = session.get(RelayRecord, consortium.id)
    waiting, in_flight = _queue(session, consortium)
    if relay is None:
        return RelayView("off", None, None, None, None, waiting, in_flight, None)
    balance, price, reserve = int(relay.balance), int(relay.price), int(relay.reserve)
    away = wall - relay.seen_at > AWAY_AFTER
    empty = price > 0 and balance < reserve + price
    return RelayView(
        status="away" if away else "empty" if empty else "waiting" if relay.problem else "ready",
        address=relay.sender,
        balance=balance,
        ballots_left=max(0, balance - reserve) // price if price else None,
        problem=relay.problem,
        waiting=waiting,
        in_flight=in_flight,
        seen_at=int(relay.seen_at),
    )


def _queue(session: Session, consortium: Consortium) -> tuple[int, int]:
    carried = and_(T.consortium_id == B.consortium_id, T.sender == B.sender, T.nonce == B.nonce)
    of_ballot = [
        getattr(VoteRecord, name) == getattr(B, name)
        for name in ("consortium_id", "body_id", "proposal_id", "member_id")
    ]
    counted = exists().where(*of_ballot, VoteRecord.revision > B.own_ballots)
    open_ = and_(B.consortium_id == consortium.id, B.failure.is_(None), ~counted)
    waiting = session.scalar(select(func.count()).select_from(B).where(open_, B.nonce.is_(None))) or 0
    sent = select(func.count()).select_from(B).join(T, carried).where(open_, T.block_number.is_(None))
    return waiting, session.scalar(sent) or 0


def _newest_attempt(session: Session, ballot: RelayBallotRecord) -> str | None:
    if ballot.nonce is None:
        return None
    return session.scalar(
        select(A.hash)
        .where(A.consortium_id == ballot.consortium_id, A.sender == ballot.sender, A.nonce == ballot.nonce)
        .order_by(A.number.desc())
        .limit(1)
    )
