"""Mandates: who may cast whose ballots."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from backend.database.journal import EventRecord
from backend.database.records import BodyRecord, KindRecord, MandateRecord, MemberRecord, RuleRecord
from backend.queries.consortium import Consortium
from backend.queries.keys import cursor_from, name_in, number_in
from backend.queries.parts import WHOLE, Asked
from backend.queries.refs import member_ref, place_in_bodies
from backend.queries.views import MandateView, Page

M = MandateRecord
Principal, Holder = aliased(MemberRecord), aliased(MemberRecord)


@dataclass(frozen=True, slots=True)
class MandateFilter:
    """Which mandates are asked for; what is None asks for nothing."""

    in_force: bool | None = None
    body: str | None = None
    member: str | None = None
    """Number or code of a member that gave or holds it."""

    def conditions(self, now: int) -> Iterator[ColumnElement[bool]]:
        """What it asks, of the rows that `_select` joins."""
        if self.in_force is not None:
            yield and_(M.revoked_at.is_(None), M.until >= now).is_(self.in_force)
        if self.body is not None:
            yield BodyRecord.name == name_in(self.body)
        if self.member is not None:
            yield or_(*(_is_named(party, self.member) for party in (Principal, Holder)))


def list_mandates(
    session: Session,
    consortium: Consortium,
    now: int,
    *,
    in_force: bool | None = None,
    body: str | None = None,
    member: str | None = None,
) -> tuple[MandateView, ...]:
    """The last mandate of each member in each body, by the member's code; only some of them if asked.

    Args:
        member: number or code of a member that gave or holds it.
    """
    return page_of_mandates(session, consortium, now, MandateFilter(in_force, body, member), WHOLE).items


def page_of_mandates(
    session: Session, consortium: Consortium, now: int, wanted: MandateFilter, asked: Asked
) -> Page[MandateView]:
    """One part of them.

    Raises:
        InvalidCursorError: the cursor is not one this list gave out.
    """
    statement = _select(consortium).where(*wanted.conditions(now))
    place = (Principal.code, Principal.member_id, M.body_id)
    if asked.cursor is None:
        following = statement
    else:
        following = statement.where(tuple_(*place) > place_in_bodies(session, consortium, asked.cursor))
    rows = session.execute(following.order_by(*place).limit(asked.limit + 1)).all()
    shown, caps = rows[: asked.limit], _caps(session, consortium)
    last = shown[-1][0] if len(rows) > asked.limit else None
    return Page(
        tuple(_view(*row, now, caps[row[0].body_id]) for row in shown),
        session.scalar(select(func.count()).select_from(statement.with_only_columns(M.body_id).subquery())) or 0,
        None if last is None else cursor_from(last.principal_id, last.body_id),
    )


def _is_named(party: type[MemberRecord], key: str) -> ColumnElement[bool]:
    number = number_in(key)
    named = party.code == name_in(key)
    return named if number is None else or_(named, party.member_id == number)


def _caps(session: Session, consortium: Consortium) -> defaultdict[int, dict[str, int]]:
    caps: defaultdict[int, dict[str, int]] = defaultdict(dict)
    its_rule = and_(RuleRecord.consortium_id == KindRecord.consortium_id, RuleRecord.rule_id == KindRecord.rule_id)
    rows = session.execute(
        select(KindRecord.body_id, KindRecord.name, RuleRecord.mandates)
        .join(RuleRecord, its_rule)
        .where(KindRecord.consortium_id == consortium.id)
        .order_by(KindRecord.kind_id)
    )
    for body_id, kind, most in rows:
        caps[body_id][kind] = most
    return caps


def mandate_nonce(session: Session, consortium: Consortium, principal_id: int) -> int:
    """Count the acts of a member on its mandates: the nonce that the next one it signs must carry.

    The registry logs one event for each.
    """
    told = session.scalars(
        select(EventRecord.arguments).where(
            EventRecord.consortium_id == consortium.id, EventRecord.name.in_(("MandateGranted", "MandateRevoked"))
        )
    )
    return sum(json.loads(arguments)["principal_id"] == principal_id for arguments in told)


def has_mandate(session: Session, consortium: Consortium, principal_id: int, body_id: int) -> bool:
    """Whether there is a mandate of the member in the body that it could take back."""
    kept = session.get(MandateRecord, (consortium.id, body_id, principal_id))
    return kept is not None and kept.revoked_at is None


def _select(consortium: Consortium) -> Select[MandateRecord, str, MemberRecord, MemberRecord]:
    of = MandateRecord.consortium_id
    return (
        select(MandateRecord, BodyRecord.name, Principal, Holder)
        .join(BodyRecord, and_(BodyRecord.consortium_id == of, BodyRecord.body_id == MandateRecord.body_id))
        .join(Principal, and_(Principal.consortium_id == of, Principal.member_id == MandateRecord.principal_id))
        .join(Holder, and_(Holder.consortium_id == of, Holder.member_id == MandateRecord.holder_id))
        .where(of == consortium.id)
    )


def _view(
    row: MandateRecord, body: str, principal: MemberRecord, holder: MemberRecord, now: int, caps: dict[str, int]
) -> MandateView:
    return MandateView(
        principal=member_ref(principal),
        holder=member_ref(holder),
        body=body,
        proposal_id=row.proposal_id,
        granted_at=row.granted_at,
        until=row.until,
        revoked_at=row.revoked_at,
        in_force=row.revoked_at is None and now <= row.until,
        transaction_hash=row.transaction_hash,
        caps=caps,
    )
