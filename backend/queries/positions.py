"""Where a wallet stands on one proposal, as the domain wants to know it: may it vote, and with which nonce."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import (
    BodyRecord,
    EntitlementRecord,
    MemberRecord,
    RecusalRecord,
    VoteRecord,
    WalletRecord,
)
from backend.domain.admissibility import BallotAttempt, refuse_ballot
from backend.domain.ballots import Ballot, Choice
from backend.domain.polls import Poll
from backend.domain.refusals import Refusal
from backend.domain.roll import Entry, Roll
from backend.domain.values import Address, BodyId, MemberId, ProposalId, Timepoint
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, find_filed
from backend.queries.standings import Standing, read_standings


@dataclass(frozen=True, slots=True)
class Position:
    """One wallet and one proposal."""

    standing: Standing
    roll: Roll
    """Of this one member alone; of nobody where the wallet belongs to none."""
    poll: Poll
    wallet: Address
    member: MemberRecord | None
    vote: VoteRecord | None
    """What the member has handed in so far."""

    @property
    def filed(self) -> Filed:
        """The proposal with what its numbers stand for."""
        return self.standing.filed

    @property
    def own_ballots(self) -> int:
        """How many ballots of its own the member has cast: the last part of the next nonce."""
        return self.vote.revision if self.vote else 0

    def refusal(self, support: int, now: int) -> Refusal | None:
        """Say why the wallet could not hand in this choice in that second; None if it could."""
        return refuse_ballot(self.roll, self.poll, BallotAttempt(self.wallet, support, Timepoint(now)))


def read_position(
    session: Session, consortium: Consortium, proposal_id: int, wallet: str, now: int, *, governor: str | None = None
) -> Position:
    """Read where the wallet stands on the proposal.

    Raises:
        ProposalNotFoundError: no such proposal (in the body of that governor).
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    standing = read_standings(session, consortium, [filed], now)[0]
    member = _member_behind(session, consortium, wallet)
    if member is None:
        return Position(standing, Roll(), _poll(standing, None, recused=False), Address(wallet), None, None)
    vote = session.get(VoteRecord, (consortium.id, *filed.key, member.member_id))
    recused = session.get(RecusalRecord, (consortium.id, *filed.key, member.member_id)) is not None
    roll = _roll(session, consortium, member, filed.body.body_id, wallet)
    return Position(
        standing, roll, _poll(standing, vote, recused=recused, member=member), Address(wallet), member, vote
    )


def find_body_of(session: Session, consortium: Consortium, governor: str) -> BodyRecord | None:
    """Find the body with this governor; None where no body of the consortium has it."""
    return session.scalar(
        select(BodyRecord).where(BodyRecord.consortium_id == consortium.id, BodyRecord.governor == governor)
    )


def governors_of(session: Session, consortium: Consortium) -> frozenset[Address]:
    """The governors of all bodies."""
    rows = session.scalars(select(BodyRecord.governor).where(BodyRecord.consortium_id == consortium.id))
    return frozenset(map(Address, rows))


def _member_behind(session: Session, consortium: Consortium, wallet: str) -> MemberRecord | None:
    known = session.get(WalletRecord, (consortium.id, wallet))
    return None if known is None else session.get_one(MemberRecord, (consortium.id, known.member_id))


def _roll(session: Session, consortium: Consortium, member: MemberRecord, body_id: int, wallet: str) -> Roll:
    spans = session.scalars(
        select(EntitlementRecord)
        .where(
            EntitlementRecord.consortium_id == consortium.id,
            EntitlementRecord.member_id == member.member_id,
            EntitlementRecord.body_id == body_id,
        )
        .order_by(EntitlementRecord.since)
    )
    history = [
        change
        for span in spans
        for change in ((span.since, 1 << body_id), *([] if span.until is None else [(span.until, 0)]))
    ]
    entry = Entry(
        MemberId(member.member_id),
        Address(member.wallet),
        member.member_class,
        member.status,
        history=tuple((Timepoint(since), rights) for since, rights in history),
    )
    return Roll({entry.id: entry}, wallets={Address(wallet): entry.id})


def _poll(standing: Standing, vote: VoteRecord | None, *, recused: bool, member: MemberRecord | None = None) -> Poll:
    filed = standing.filed
    number = MemberId(member.member_id) if member else MemberId(0)
    ballots = {} if vote is None else {number: Ballot(Choice(vote.choice), vote.cast_by is not None, vote.revision)}
    return Poll(
        ProposalId(filed.proposal.proposal_id),
        BodyId(filed.body.body_id),
        standing.rule,
        standing.facts,
        ballots=ballots,
        recused=frozenset({number} if recused else ()),
    )
