"""Where on the chain ballots are: of one member on one proposal, of one member at all, or in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from backend.database.journal import BlockRecord, mark_of
from backend.database.journal import EventRecord as E
from backend.database.records import BodyRecord, EarlierVoteRecord, VoteRecord
from backend.domain.accounts import chain_name
from backend.domain.ballots import Choice
from backend.domain.bodies import reference_of
from backend.domain.events import VoteCast
from backend.errors import BallotNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, P, ProposalName, among, filed_from, find_filed, select_filed
from backend.queries.members import find_member_record
from backend.queries.refs import member_refs
from backend.queries.status import finality_of, read_finalized
from backend.queries.texts import commitment_in
from backend.queries.views import AsOf, MemberRef, Page, ProposalRef, ReceiptView

AnyVote = VoteRecord | EarlierVoteRecord
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
    found: list[AnyVote] = [
        *_ballots(session, VoteRecord, filed, member_id),
        *_ballots(session, EarlierVoteRecord, filed, member_id),
    ]
    if not found:
        raise BallotNotFoundError(f"of {member} on {proposal}")
    return _views(session, consortium, as_of, found)


def receipts_in(session: Session, consortium: Consortium, as_of: AsOf, transaction: str) -> tuple[ReceiptView, ...]:
    """Receipts of all ballots that one transaction brought, in their order there; one of the relay brings many.

    Raises:
        BallotNotFoundError: it brought none.
    """
    found: list[AnyVote] = []
    keys = _voted_on(session, consortium, transaction)
    for record in (VoteRecord, EarlierVoteRecord) if keys else ():
        of_it = (record.consortium_id == consortium.id, among(record.body_id, record.proposal_id, keys))
        found.extend(session.scalars(select(record).where(*of_it, record.transaction_hash == transaction)))
    if not found:
        raise BallotNotFoundError(f"in transaction {transaction}")
    found.sort(key=lambda row: row.log_index)
    return _views(session, consortium, as_of, found)


def receipts_of(
    session: Session, consortium: Consortium, as_of: AsOf, member_id: int, *, limit: int, skip: int = 0
) -> Page[ReceiptView]:
    """Receipts of a member's ballots that count, newest first, after so many of them."""
    of_it = (VoteRecord.consortium_id == consortium.id, VoteRecord.member_id == member_id)
    newest = select(VoteRecord).where(*of_it).order_by(VoteRecord.block_number.desc(), VoteRecord.log_index.desc())
    rows = session.scalars(newest.offset(skip).limit(limit + 1)).all()
    total = session.scalar(select(func.count()).select_from(VoteRecord).where(*of_it)) or 0
    following = str(skip + limit) if len(rows) > limit else None
    return Page(_views(session, consortium, as_of, rows[:limit]), total, following)


def _voted_on(session: Session, consortium: Consortium, transaction: str) -> set[Key]:
    """Find the proposals on which a transaction brought ballots: by the journal, which has an index of transactions."""
    of_it = (E.consortium_id == consortium.id, E.transaction_mark == mark_of(transaction), E.name == VoteCast.__name__)
    bodies = and_(BodyRecord.consortium_id == E.consortium_id, BodyRecord.governor == E.emitter)
    said = select(BodyRecord.body_id, E.arguments).join(E, bodies)
    rows = session.execute(said.where(*of_it, E.transaction_hash == transaction))
    return {(body_id, msgspec.json.decode(arguments)["proposal_id"]) for body_id, arguments in rows}


def _ballots(session: Session, record: type[Ballot], filed: Filed, member_id: int) -> Sequence[Ballot]:
    statement = select(record).where(
        record.consortium_id == filed.proposal.consortium_id,
        record.body_id == filed.proposal.body_id,
        record.proposal_id == filed.proposal.proposal_id,
        record.member_id == member_id,
    )
    return session.scalars(statement.order_by(record.block_number.desc(), record.log_index.desc())).all()


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the numbers of ballots stand for."""

    filed: Mapping[Key, Filed]
    names: Mapping[int, MemberRef]
    hashes: Mapping[int, str]
    finalized: int


def _views(session: Session, consortium: Consortium, as_of: AsOf, rows: Sequence[AnyVote]) -> tuple[ReceiptView, ...]:
    keys = {(row.body_id, row.proposal_id) for row in rows}
    filed = filed_from(session.execute(select_filed(consortium, among(P.body_id, P.proposal_id, keys))))
    blocks = session.scalars(select(BlockRecord).where(*_blocks_of(consortium, rows)))
    around = _Surroundings(
        filed={each.key: each for each in filed},
        names=member_refs(session, consortium, [number for row in rows for number in (row.member_id, row.cast_by)]),
        hashes={block.number: block.hash for block in blocks},
        finalized=read_finalized(session, consortium),
    )
    return tuple(_view(consortium, as_of, around, row) for row in rows)


def _blocks_of(consortium: Consortium, rows: Iterable[AnyVote]) -> tuple[ColumnElement[bool], ...]:
    return BlockRecord.consortium_id == consortium.id, BlockRecord.number.in_({row.block_number for row in rows})


def _view(consortium: Consortium, as_of: AsOf, around: _Surroundings, row: AnyVote) -> ReceiptView:
    filed, names = around.filed[row.body_id, row.proposal_id], around.names
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
        block_hash=around.hashes[row.block_number],
        transaction_hash=row.transaction_hash,
        log_index=row.log_index,
        finality=finality_of(row.block_number, around.finalized),
        confirmations=as_of.block_number - row.block_number + 1,
    )
