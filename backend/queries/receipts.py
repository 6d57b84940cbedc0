"""Where on the chain the ballot of one member is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.journal import BlockRecord
from backend.database.records import EarlierVoteRecord, VoteRecord
from backend.domain.accounts import chain_name
from backend.domain.ballots import Choice
from backend.domain.bodies import reference_of
from backend.errors import BallotNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, ProposalName, find_filed
from backend.queries.members import find_member_record
from backend.queries.refs import member_refs
from backend.queries.status import finality_of, read_finalized
from backend.queries.texts import commitment_in
from backend.queries.views import AsOf, ProposalRef, ReceiptView

Ballot = TypeVar("Ballot", VoteRecord, EarlierVoteRecord)


def read_receipts(
    session: Session,
    consortium: Consortium,
    as_of: AsOf,
    proposal: ProposalName,
    member: str,
    *,
    governor: str | None = None,
) -> tuple[ReceiptView, ...]:
    """Receipts of every ballot of a member on a proposal: the one that counts, then those before it, newest first.

    Raises:
        ProposalNotFoundError: no such proposal.
        MemberNotFoundError: no such member.
        BallotNotFoundError: the member has handed in none.
    """
    filed = find_filed(session, consortium, proposal, governor)
    member_id = find_member_record(session, consortium, member).member_id
    found: list[VoteRecord | EarlierVoteRecord] = [
        *_ballots(session, VoteRecord, filed, member_id),
        *_ballots(session, EarlierVoteRecord, filed, member_id),
    ]
    if not found:
        raise BallotNotFoundError(f"of {member} on {proposal}")
    return tuple(_view(session, consortium, as_of, filed, row) for row in found)


def _ballots(session: Session, record: type[Ballot], filed: Filed, member_id: int) -> Sequence[Ballot]:
    statement = select(record).where(
        record.consortium_id == filed.proposal.consortium_id,
        record.body_id == filed.proposal.body_id,
        record.proposal_id == filed.proposal.proposal_id,
        record.member_id == member_id,
    )
    return session.scalars(statement.order_by(record.block_number.desc(), record.log_index.desc())).all()


def _view(
    session: Session, consortium: Consortium, as_of: AsOf, filed: Filed, row: VoteRecord | EarlierVoteRecord
) -> ReceiptView:
    block = session.get_one(BlockRecord, (consortium.id, row.block_number))
    names = member_refs(session, consortium, (row.member_id, row.cast_by))
    return ReceiptView(
        proposal=ProposalRef(row.proposal_id, reference_of(filed.body.name, filed.proposal.number)),
        body=filed.body.name,
        governor=filed.body.governor,
        member=names[row.member_id],
        choice=Choice(row.choice).label,
        wallet=row.wallet,
        cast_by=None if row.cast_by is None else names[row.cast_by],
        revision=row.revision,
        reason_commitment=commitment_in(row.reason),
        counts=isinstance(row, VoteRecord),
        cast_at=row.cast_at,
        chain=chain_name(consortium.chain_id),
        block_number=row.block_number,
        block_hash=block.hash,
        transaction_hash=row.transaction_hash,
        log_index=row.log_index,
        finality=finality_of(row.block_number, read_finalized(session, consortium)),
        confirmations=as_of.block_number - row.block_number + 1,
    )
