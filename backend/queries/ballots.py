"""Who handed in which ballot, and why."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, literal, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import EarlierVoteRecord, MemberRecord, VoteRecord
from backend.documents.reasons import BallotName, Reason
from backend.domain.ballots import Choice
from backend.domain.values import Address, MemberId, ProposalId
from backend.errors import InvalidCursorError
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, ProposalName, find_filed
from backend.queries.keys import cursor_from, position_in
from backend.queries.refs import member_ref, member_refs
from backend.queries.status import finality_of, read_finalized
from backend.queries.texts import commitment_in, reason_for, reasons_behind
from backend.queries.views import BallotView, EarlierBallotView, MemberRef, Page


@dataclass(frozen=True, slots=True)
class _History:
    """Of which body the ballots are, what others took the place of, who cast them by mandate, and why."""

    governor: Address
    earlier: dict[int, list[EarlierVoteRecord]]
    names: dict[int, MemberRef]
    reasons: dict[str, Reason]

    def caster(self, vote: VoteRecord | EarlierVoteRecord) -> MemberRef | None:
        return None if vote.cast_by is None else self.names[vote.cast_by]

    def of(self, member_id: int) -> tuple[EarlierBallotView, ...]:
        return tuple(
            EarlierBallotView(Choice(vote.choice).label, self.caster(vote), vote.cast_at, vote.transaction_hash)
            for vote in self.earlier.get(member_id, ())
        )


def list_ballots(
    session: Session,
    consortium: Consortium,
    proposal_id: ProposalName,
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
    on_it = _on(VoteRecord, consortium, key)
    total = session.scalar(select(func.count()).select_from(VoteRecord).where(on_it))
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
        .where(on_it)
    )
    if cursor is not None:
        statement = statement.where(tuple_(*order) > _member_at(session, consortium, cursor))
    rows = session.execute(statement.order_by(*order).limit(limit + 1)).all()
    finalized = read_finalized(session, consortium)
    votes = [vote for vote, _ in rows[:limit]]
    earlier = _earlier(session, consortium, key)
    casting = [vote.cast_by for vote in votes]
    casting.extend(vote.cast_by for history in earlier.values() for vote in history)
    names = member_refs(session, consortium, casting)
    reasons = reasons_behind(consortium, (commitment_in(vote.reason) for vote in votes))
    history = _History(Address(filed.body.governor), earlier, names, reasons)
    ballots = tuple(_view(vote, member, finalized, history) for vote, member in rows[:limit])
    following = cursor_from(ballots[-1].member.id) if len(rows) > limit else None
    return Page(ballots, total or 0, following)


def _on(record: type[VoteRecord | EarlierVoteRecord], consortium: Consortium, key: Key) -> ColumnElement[bool]:
    return and_(record.consortium_id == consortium.id, record.body_id == key[0], record.proposal_id == key[1])


def _earlier(session: Session, consortium: Consortium, key: Key) -> dict[int, list[EarlierVoteRecord]]:
    earlier: dict[int, list[EarlierVoteRecord]] = {}
    rows = session.scalars(
        select(EarlierVoteRecord)
        .where(_on(EarlierVoteRecord, consortium, key))
        .order_by(EarlierVoteRecord.block_number, EarlierVoteRecord.log_index)
    )
    for row in rows:
        earlier.setdefault(row.member_id, []).append(row)
    return earlier


def _member_at(session: Session, consortium: Consortium, cursor: str) -> ColumnElement[tuple[str, int]]:
    member = session.get(MemberRecord, (consortium.id, position_in(cursor, 1)[0]))
    if member is None:
        raise InvalidCursorError
    return tuple_(literal(member.code), literal(member.member_id))


def _view(vote: VoteRecord, member: MemberRecord, finalized: int, history: _History) -> BallotView:
    commitment = commitment_in(vote.reason)
    name = BallotName(history.governor, ProposalId(vote.proposal_id), MemberId(vote.member_id))
    reason = reason_for(history.reasons.get(commitment or ""), name)
    return BallotView(
        member=member_ref(member),
        choice=Choice(vote.choice).label,
        wallet=vote.wallet,
        cast_by=history.caster(vote),
        revision=vote.revision,
        cast_at=vote.cast_at,
        block_number=vote.block_number,
        transaction_hash=vote.transaction_hash,
        reason_commitment=commitment,
        reason=None if reason is None else reason.text,
        finality=finality_of(vote.block_number, finalized),
        earlier=history.of(member.member_id),
        log_index=vote.log_index,
        reason_language=None if reason is None else reason.language,
    )
