"""What was said on proposals beside ballots: recusals, vetoes, minutes, objections, an outside answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import MinutesRecord, ObjectionRecord, ProposalRecord, RecusalRecord, VetoRecord
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, ProposalName, among, find_filed
from backend.queries.parts import Asked, part_of
from backend.queries.refs import member_refs
from backend.queries.standings import read_standings
from backend.queries.status import finality_of, read_finalized
from backend.queries.views import (
    ApprovalView,
    MemberRef,
    MinutesBook,
    MinutesView,
    ObjectionView,
    Page,
    RecusalView,
    VetoView,
)

Said = TypeVar("Said", RecusalRecord, VetoRecord, ObjectionRecord, MinutesRecord)
View = TypeVar("View")


def list_recusals(
    session: Session, consortium: Consortium, proposal_id: ProposalName, asked: Asked, *, governor: str | None = None
) -> Page[RecusalView]:
    """Members that take no part in the vote, in the order in which they left it.

    Raises:
        ProposalNotFoundError: no such proposal.
        InvalidCursorError: the cursor is not one this list gave out.
    """
    key = find_filed(session, consortium, proposal_id, governor).key
    part = part_of(_rows(session, consortium, RecusalRecord, [key]), asked, 2, _place)
    return Page(_recusals(session, consortium, part.items), part.total, part.next_cursor)


def list_vetoes(
    session: Session, consortium: Consortium, proposal_id: ProposalName, asked: Asked, *, governor: str | None = None
) -> Page[VetoView]:
    """Vetoes, standing or withdrawn, in the order in which they were raised. Raises as `list_recusals`."""
    key = find_filed(session, consortium, proposal_id, governor).key
    part = part_of(_rows(session, consortium, VetoRecord, [key]), asked, 2, _place)
    return Page(_vetoes(session, consortium, part.items), part.total, part.next_cursor)


def read_minutes(
    session: Session, consortium: Consortium, proposal_id: ProposalName, now: int, *, governor: str | None = None
) -> MinutesBook:
    """Every version of the minutes and every objection, and what follows for the decision.

    Raises:
        ProposalNotFoundError: no such proposal.
    """
    filed = find_filed(session, consortium, proposal_id, governor)
    standing = read_standings(session, consortium, [filed], now)[0]
    return MinutesBook(
        versions=minutes_on(session, consortium, [filed.key])[filed.key],
        objections=objections_on(session, consortium, [filed.key])[filed.key],
        objection_stands=standing.facts.minutes.objection_stands,
        binding_at=standing.binding_at(now),
    )


def recusals_on(session: Session, consortium: Consortium, keys: Collection[Key]) -> dict[Key, tuple[RecusalView, ...]]:
    """Recusals on each of the proposals of these keys."""
    rows = _rows(session, consortium, RecusalRecord, keys)
    return _by_key(keys, rows, _recusals(session, consortium, rows))


def vetoes_on(session: Session, consortium: Consortium, keys: Collection[Key]) -> dict[Key, tuple[VetoView, ...]]:
    """Vetoes on each of the proposals of these keys."""
    rows = _rows(session, consortium, VetoRecord, keys)
    return _by_key(keys, rows, _vetoes(session, consortium, rows))


def minutes_on(session: Session, consortium: Consortium, keys: Collection[Key]) -> dict[Key, tuple[MinutesView, ...]]:
    """Versions of the minutes of each of the proposals of these keys."""
    rows, finalized = _rows(session, consortium, MinutesRecord, keys), read_finalized(session, consortium)
    return _by_key(keys, rows, [minutes_view(row, finalized) for row in rows])


def objections_on(
    session: Session, consortium: Consortium, keys: Collection[Key]
) -> dict[Key, tuple[ObjectionView, ...]]:
    """Objections to the minutes of each of the proposals of these keys."""
    rows, finalized = _rows(session, consortium, ObjectionRecord, keys), read_finalized(session, consortium)
    names = _names(session, consortium, rows)
    return _by_key(keys, rows, [objection_view(row, names, finalized) for row in rows])


def recusal_view(row: RecusalRecord, names: Mapping[int, MemberRef], finalized: int) -> RecusalView:
    """View a recusal."""
    return RecusalView(
        member=names[row.member_id],
        declared=row.declared,
        recused_at=row.recused_at,
        transaction_hash=row.transaction_hash,
        finality=finality_of(row.block_number, finalized),
    )


def veto_view(row: VetoRecord, names: Mapping[int, MemberRef], finalized: int) -> VetoView:
    """View a veto."""
    return VetoView(
        member=names[row.member_id],
        ground=row.ground.label,
        statement_hash=row.statement_hash,
        raised_at=row.raised_at,
        transaction_hash=row.transaction_hash,
        withdrawn_at=row.withdrawn_at,
        withdrawn_transaction=row.withdrawn_transaction,
        finality=finality_of(row.block_number, finalized),
    )


def minutes_view(row: MinutesRecord, finalized: int) -> MinutesView:
    """View a version of minutes."""
    return MinutesView(
        version=row.version,
        document_hash=row.document_hash,
        recorded_at=row.recorded_at,
        transaction_hash=row.transaction_hash,
        finality=finality_of(row.block_number, finalized),
    )


def objection_view(row: ObjectionRecord, names: Mapping[int, MemberRef], finalized: int) -> ObjectionView:
    """View an objection to minutes."""
    return ObjectionView(
        member=names[row.member_id],
        statement_hash=row.statement_hash,
        raised_at=row.raised_at,
        transaction_hash=row.transaction_hash,
        finality=finality_of(row.block_number, finalized),
    )


def approval_of(proposal: ProposalRecord) -> ApprovalView | None:
    """The answer of an outside authority, once it is recorded."""
    if proposal.approved is None or proposal.approval_at is None:
        return None
    return ApprovalView(
        approved=proposal.approved,
        document_hash=proposal.approval_hash or "",
        recorded_at=proposal.approval_at,
        transaction_hash=proposal.approval_transaction or "",
    )


def _recusals(session: Session, consortium: Consortium, rows: Sequence[RecusalRecord]) -> tuple[RecusalView, ...]:
    names, finalized = _names(session, consortium, rows), read_finalized(session, consortium)
    return tuple(recusal_view(row, names, finalized) for row in rows)


def _vetoes(session: Session, consortium: Consortium, rows: Sequence[VetoRecord]) -> tuple[VetoView, ...]:
    names, finalized = _names(session, consortium, rows), read_finalized(session, consortium)
    return tuple(veto_view(row, names, finalized) for row in rows)


def _place(row: RecusalRecord | VetoRecord) -> tuple[int, ...]:
    return row.block_number, row.log_index


def _rows(session: Session, consortium: Consortium, record: type[Said], keys: Collection[Key]) -> Sequence[Said]:
    return session.scalars(
        select(record)
        .where(record.consortium_id == consortium.id, among(record.body_id, record.proposal_id, keys))
        .order_by(record.block_number, record.log_index)
    ).all()


def _by_key(keys: Collection[Key], rows: Iterable[Said], views: Iterable[View]) -> dict[Key, tuple[View, ...]]:
    found: defaultdict[Key, list[View]] = defaultdict(list)
    for row, view in zip(rows, views, strict=True):
        found[row.body_id, row.proposal_id].append(view)
    return {key: tuple(found[key]) for key in keys}


def _names(
    session: Session, consortium: Consortium, rows: Sequence[RecusalRecord | VetoRecord | ObjectionRecord]
) -> dict[int, MemberRef]:
    return member_refs(session, consortium, [row.member_id for row in rows])
