"""Mandates: who may cast whose ballots."""

from __future__ import annotations

import json
from collections import defaultdict

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from backend.database.journal import EventRecord
from backend.database.records import BodyRecord, KindRecord, MandateRecord, MemberRecord, RuleRecord
from backend.queries.consortium import Consortium
from backend.queries.refs import member_ref
from backend.queries.views import MandateView

Principal, Holder = aliased(MemberRecord), aliased(MemberRecord)


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
    rows = session.execute(_select(consortium).order_by(Principal.code, Principal.member_id, MandateRecord.body_id))
    caps = _caps(session, consortium)
    views = (_view(*row, now, caps[row[0].body_id]) for row in rows)
    return tuple(
        view
        for view in views
        if in_force in (None, view.in_force)
        and body in (None, view.body)
        and (member is None or any(member in (one.code, str(one.id)) for one in (view.principal, view.holder)))
    )


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
