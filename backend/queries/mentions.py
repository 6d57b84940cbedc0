"""Where the journal names a member or a proposal: found by indexes, however long the journal grows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, CompoundSelect, Select, SQLColumnExpression, and_, select, union
from sqlalchemy.orm import Session

from backend.database.journal import MentionRecord
from backend.database.records import EarlierVoteRecord, ProposalRecord, VoteRecord, WalletRecord
from backend.domain.subjects import of_member, of_proposal, of_wallet
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed

M, P = MentionRecord, ProposalRecord
BALLOTS = (VoteRecord, EarlierVoteRecord)
Places = CompoundSelect[int, int]
"""Block and log of events, each once."""


def places_of_member(session: Session, consortium: Consortium, member_id: int) -> Places:
    """Find where a member, or a wallet it has or had, is named, and where its ballots are."""
    wallets = session.scalars(
        select(WalletRecord.address).where(
            WalletRecord.consortium_id == consortium.id, WalletRecord.member_id == member_id
        )
    )
    ballots = (
        # By way of the proposals: ballots are in the order of these, and then of members.
        select(ballot.block_number, ballot.log_index)
        .select_from(P)
        .join(ballot, and_(_on(ballot, P.body_id, P.proposal_id, consortium), ballot.member_id == member_id))
        .where(P.consortium_id == consortium.id)
        for ballot in BALLOTS
    )
    return union(_named(consortium, [of_member(member_id), *map(of_wallet, wallets)]), *ballots)


def places_of_proposal(consortium: Consortium, filed: Filed) -> Places:
    """Find where a proposal is named, and where its ballots are; what another body logs is not asked here."""
    body_id, proposal_id = filed.key
    ballots = (
        select(ballot.block_number, ballot.log_index).where(_on(ballot, body_id, proposal_id, consortium))
        for ballot in BALLOTS
    )
    return union(_named(consortium, [of_proposal(proposal_id)]), *ballots)


def _named(consortium: Consortium, subjects: Sequence[str]) -> Select[int, int]:
    return select(M.block_number, M.log_index).where(M.consortium_id == consortium.id, M.subject.in_(subjects))


def _on(
    ballot: type[VoteRecord | EarlierVoteRecord],
    body_id: SQLColumnExpression[int] | int,
    proposal_id: SQLColumnExpression[int] | int,
    consortium: Consortium,
) -> ColumnElement[bool]:
    return and_(ballot.consortium_id == consortium.id, ballot.body_id == body_id, ballot.proposal_id == proposal_id)
