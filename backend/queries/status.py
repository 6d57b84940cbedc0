"""How far the mirror is, and how many of everything it holds."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.comparison import ComparisonRecord
from backend.database.journal import CursorRecord
from backend.database.records import BodyRecord, ConsortiumRecord, MemberRecord, ProposalRecord, VoteRecord
from backend.domain.moments import SLOWEST_BLOCK
from backend.errors import MirrorEmptyError
from backend.queries.consortium import Consortium
from backend.queries.views import AsOf, ComparisonView, DifferenceView, Finality, StatusView

COUNTED: dict[str, type[MemberRecord | BodyRecord | ProposalRecord | VoteRecord]] = {
    "members": MemberRecord,
    "bodies": BodyRecord,
    "proposals": ProposalRecord,
    "ballots": VoteRecord,
}


def read_as_of(session: Session, consortium: Consortium, wall: int) -> AsOf:
    """Say which block the mirror's answers speak of, and how old its knowledge is in second `wall` of the wall clock.

    Raises:
        MirrorEmptyError: no block was taken in yet.
    """
    cursor = _cursor(session, consortium.id)
    if cursor is None:
        raise MirrorEmptyError
    block_number = cursor.next_block - 1
    return AsOf(
        chain_id=consortium.chain_id,
        block_number=block_number,
        block_hash=cursor.block_hash,
        block_time=cursor.block_time,
        head_number=cursor.head_number,
        finality=finality_of(block_number, cursor.finalized_number),
        lag_seconds=max(0, wall - int(cursor.checked_at)),
        revision=cursor.revision,
    )


def read_status(session: Session, consortium: Consortium, now: int) -> StatusView:
    """Say how far the mirror is and how many members, bodies, proposals and ballots it holds.

    Raises:
        MirrorEmptyError: no block was taken in yet.
    """
    as_of = read_as_of(session, consortium, now)
    offices = session.get_one(ConsortiumRecord, consortium.id)
    counts = {
        noun: session.scalar(select(func.count()).select_from(record).where(record.consortium_id == consortium.id)) or 0
        for noun, record in COUNTED.items()
    }
    return StatusView(
        as_of=as_of,
        consortium=consortium.name,
        notice=consortium.notice,
        registry=consortium.registry,
        rulebook=consortium.rulebook,
        records=consortium.records,
        start_block=consortium.start_block,
        synced=as_of.block_number >= as_of.head_number,
        counts=counts,
        registrar=offices.registrar,
        approver=offices.approver,
        factory=offices.factory,
        dao_uri=offices.dao_uri,
        comparison=read_comparison(session, consortium),
    )


def read_comparison(session: Session, consortium: Consortium) -> ComparisonView | None:
    """Say what became of comparing the mirror with the contracts; None before the first look."""
    kept = session.get(ComparisonRecord, consortium.id)
    if kept is None:
        return None
    return ComparisonView(
        block_number=kept.block_number,
        compared_at=int(kept.compared_at),
        answers=kept.answers,
        differences=tuple(DifferenceView(**entry) for entry in kept.differences),
    )


def read_finalized(session: Session, consortium: Consortium) -> int:
    """Number of the newest block that cannot be reorganised any more; -1 before there is one."""
    cursor = _cursor(session, consortium.id)
    return -1 if cursor is None else cursor.finalized_number


def has_read_past(session: Session, consortium_id: int, second: int) -> bool:
    """Whether no block that is still to be read can be of this second or an earlier one.

    Either a later block was read, or the mirror agreed with the node's head so much later that none can be on its way.
    """
    cursor = _cursor(session, consortium_id)
    if cursor is None:
        return False
    level = cursor.next_block > cursor.head_number
    return cursor.block_time > second or (level and cursor.checked_at > second + SLOWEST_BLOCK)


def _cursor(session: Session, consortium_id: int) -> CursorRecord | None:
    """How far the mirror is; read once in a session, since many parts of one answer ask for it."""
    cursor = session.get(CursorRecord, consortium_id)
    session.info[CursorRecord] = cursor  # a session forgets a row that nobody else holds
    return cursor


def finality_of(block_number: int, finalized_number: int) -> Finality:
    """Say whether what happened in a block can still be undone by a reorganisation."""
    return "final" if block_number <= finalized_number else "provisional"
