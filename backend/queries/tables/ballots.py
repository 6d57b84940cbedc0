"""Every ballot that counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, select
from sqlalchemy.orm import Session, aliased

from backend.database.records import MemberRecord, ProposalRecord, VoteRecord
from backend.documents.reasons import BallotName
from backend.domain.ballots import Choice
from backend.domain.values import Address, MemberId, ProposalId
from backend.queries.consortium import Consortium
from backend.queries.status import finality_of, read_finalized
from backend.queries.tables.columns import Column, Row, Table
from backend.queries.tables.standing_proposals import numbered_proposals
from backend.queries.texts import commitment_in, reason_behind

CASTER = aliased(MemberRecord)
AT_ONCE = 500

COLUMNS = (
    Column("proposal_id", "Id of the proposal on chain."),
    Column("register_number", "Its number for people, such as GA-2027-014."),
    Column("body", "Name of the body."),
    Column("member_id", "Number of the member whose ballot it is.", "integer"),
    Column("member_code", "Its short name."),
    Column("member_name", "Its name."),
    Column("member_country", "ISO 3166-1 alpha-2."),
    Column("choice", "for, against or abstain."),
    Column("wallet", "The member's wallet of that time."),
    Column("cast_by_id", "Number of the member that cast it by mandate.", "integer", optional=True),
    Column("cast_by_code", "Short name of that member.", optional=True),
    Column("revision", "How many ballots of its own the member has handed in.", "integer"),
    Column("cast_at", "When it was cast.", "time"),
    Column("block_number", "Where it was logged: block,", "integer"),
    Column("log_index", "place in the block,", "integer"),
    Column("transaction_hash", "and transaction."),
    Column("reason_commitment", "Hash of the salted reason, as on chain.", optional=True),
    Column("reason", "The reason itself, where it is at hand and was not erased.", optional=True),
    Column("finality", "provisional while a reorganisation may undo it, else final."),
)


def _rows(session: Session, consortium: Consortium, _now: int) -> Iterator[Row]:
    finalized = read_finalized(session, consortium)
    for filed, number in numbered_proposals(session, consortium):
        name_of = partial(BallotName, Address(filed.body.governor), ProposalId(filed.proposal.proposal_id))
        for vote in session.execute(_votes(consortium, filed.proposal)):
            yield (
                str(filed.proposal.proposal_id),
                number,
                filed.body.name,
                *vote[:4],
                Choice(vote.choice).label,
                *vote[5:-1],
                *_reason(consortium, vote.reason, name_of(MemberId(vote.member_id))),
                finality_of(vote.block_number, finalized),
            )


def _votes(consortium: Consortium, proposal: ProposalRecord) -> Select[*tuple[Any, ...]]:
    """Select the ballots on a proposal, their columns in the order of the table's own."""
    return (
        select(
            VoteRecord.member_id,
            MemberRecord.code,
            MemberRecord.name,
            MemberRecord.country,
            VoteRecord.choice,
            VoteRecord.wallet,
            VoteRecord.cast_by,
            CASTER.code.label("caster"),
            VoteRecord.revision,
            VoteRecord.cast_at,
            VoteRecord.block_number,
            VoteRecord.log_index,
            VoteRecord.transaction_hash,
            VoteRecord.reason,
        )
        .join(MemberRecord, _numbered(MemberRecord, VoteRecord.member_id))
        .outerjoin(CASTER, _numbered(CASTER, VoteRecord.cast_by))
        .where(
            VoteRecord.consortium_id == consortium.id,
            VoteRecord.body_id == proposal.body_id,
            VoteRecord.proposal_id == proposal.proposal_id,
        )
        .order_by(VoteRecord.member_id)
        .execution_options(yield_per=AT_ONCE)
    )


def _numbered(
    member: type[MemberRecord], number: SQLColumnExpression[int] | SQLColumnExpression[int | None]
) -> ColumnElement[bool]:
    return and_(member.consortium_id == VoteRecord.consortium_id, member.member_id == number)


def _reason(consortium: Consortium, said: str | None, name: BallotName) -> tuple[str | None, str | None]:
    """The commitment, and the words behind it."""
    commitment = commitment_in(said)
    return commitment, reason_behind(consortium, commitment, name)


BALLOTS = Table("ballots", "Every ballot that counts, by proposal and member.", COLUMNS, _rows)
