"""Bodies of the consortium: who may vote in them now, and what they decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, KindRecord, MemberRecord, ProposalRecord, SeatRecord
from backend.domain.bodies import classes_of
from backend.errors import BodyNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.keys import name_in
from backend.queries.proposal_states import is_open
from backend.queries.refs import member_ref
from backend.queries.views import BodyView, MemberRef, SeatView


def list_bodies(session: Session, consortium: Consortium, now: int) -> tuple[BodyView, ...]:
    """Every body, by number."""
    bodies = session.scalars(
        select(BodyRecord).where(BodyRecord.consortium_id == consortium.id).order_by(BodyRecord.body_id)
    ).all()
    return _views(session, consortium, bodies, now)


def find_body(session: Session, consortium: Consortium, name: str, now: int) -> BodyView:
    """Find a body by its name.

    Raises:
        BodyNotFoundError: no such body.
    """
    body = session.scalar(
        select(BodyRecord)
        .where(BodyRecord.consortium_id == consortium.id, BodyRecord.name == name_in(name))
        .order_by(BodyRecord.body_id)
        .limit(1)
    )
    if body is None:
        raise BodyNotFoundError(name)
    return _views(session, consortium, [body], now)[0]


def _views(session: Session, consortium: Consortium, bodies: Iterable[BodyRecord], now: int) -> tuple[BodyView, ...]:
    members = session.scalars(
        select(MemberRecord)
        .where(MemberRecord.consortium_id == consortium.id)
        .order_by(MemberRecord.code, MemberRecord.member_id)
    ).all()
    kinds = _kinds(session, consortium)
    filed = _proposal_counts(session, consortium, now)
    seats = _seats(session, consortium, {member.member_id: member_ref(member) for member in members}, now)
    return tuple(
        _view(body, members, seats[body.body_id], kinds[body.body_id], filed.get(body.body_id, (0, 0)))
        for body in bodies
    )


def _view(
    body: BodyRecord,
    members: Sequence[MemberRecord],
    seats: Sequence[SeatView],
    kinds: Sequence[str],
    filed: tuple[int, int],
) -> BodyView:
    entitled = tuple(member_ref(member) for member in members if member.rights >> body.body_id & 1)
    chair = next((member_ref(member) for member in members if member.member_id == body.chair_id), None)
    return BodyView(
        id=body.body_id,
        name=body.name,
        governor=body.governor,
        timelock=body.timelock,
        classes=tuple(member_class.label for member_class in classes_of(body.classes)),
        entitled=len(entitled),
        members=entitled,
        chair=chair,
        seats=tuple(seats),
        kinds=tuple(kinds),
        proposals=filed[0],
        open_proposals=filed[1],
    )


def _seats(
    session: Session, consortium: Consortium, names: dict[int, MemberRef], now: int
) -> defaultdict[int, list[SeatView]]:
    seats: defaultdict[int, list[SeatView]] = defaultdict(list)
    rows = session.scalars(
        select(SeatRecord)
        .where(SeatRecord.consortium_id == consortium.id, SeatRecord.ended_at.is_(None))
        .order_by(SeatRecord.body_id, SeatRecord.member_id)
    )
    for row in rows:
        lapsed = row.until is not None and row.until < now
        seats[row.body_id].append(SeatView(names[row.member_id], row.granted_at, row.until, lapsed))
    return seats


def _kinds(session: Session, consortium: Consortium) -> defaultdict[int, list[str]]:
    kinds: defaultdict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(KindRecord.body_id, KindRecord.name)
        .where(KindRecord.consortium_id == consortium.id)
        .order_by(KindRecord.kind_id)
    )
    for body_id, name in rows:
        kinds[body_id].append(name)
    return kinds


def _proposal_counts(session: Session, consortium: Consortium, now: int) -> dict[int, tuple[int, int]]:
    rows = session.execute(
        select(ProposalRecord.body_id, func.count(), func.count().filter(is_open(now)))
        .where(ProposalRecord.consortium_id == consortium.id)
        .group_by(ProposalRecord.body_id)
    )
    return {body_id: (filed, still_open) for body_id, filed, still_open in rows}
