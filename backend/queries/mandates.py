"""Mandates: who may cast whose ballots."""

from __future__ import annotations

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from backend.database.records import BodyRecord, MandateRecord, MemberRecord
from backend.queries.consortium import Consortium
from backend.queries.refs import member_ref
from backend.queries.views import MandateView

Principal, Holder = aliased(MemberRecord), aliased(MemberRecord)


def list_mandates(
    session: Session, consortium: Consortium, now: int, *, in_force: bool | None = None
) -> tuple[MandateView, ...]:
    """The last mandate of each member in each body, by the member's code; only those in force (or not) if asked."""
    rows = session.execute(_select(consortium).order_by(Principal.code, Principal.member_id, MandateRecord.body_id))
    views = (_view(*row, now) for row in rows)
    return tuple(view for view in views if in_force is None or view.in_force == in_force)


def _select(consortium: Consortium) -> Select[MandateRecord, str, MemberRecord, MemberRecord]:
    of = MandateRecord.consortium_id
    return (
        select(MandateRecord, BodyRecord.name, Principal, Holder)
        .join(BodyRecord, and_(BodyRecord.consortium_id == of, BodyRecord.body_id == MandateRecord.body_id))
        .join(Principal, and_(Principal.consortium_id == of, Principal.member_id == MandateRecord.principal_id))
        .join(Holder, and_(Holder.consortium_id == of, Holder.member_id == MandateRecord.holder_id))
        .where(of == consortium.id)
    )


def _view(row: MandateRecord, body: str, principal: MemberRecord, holder: MemberRecord, now: int) -> MandateView:
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
    )
