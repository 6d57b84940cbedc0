"""Kinds of proposals: which body decides them, under which rule, by which actions."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, KindActionRecord, KindRecord, RuleRecord
from backend.errors import KindNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.views import ActionPermission, KindView


def find_kind(session: Session, consortium: Consortium, name: str) -> KindView:
    """Find a kind by its name.

    Raises:
        KindNotFoundError: no such kind.
    """
    found = next((kind for kind in list_kinds(session, consortium) if kind.name == name), None)
    if found is None:
        raise KindNotFoundError(name)
    return found


def list_kinds(session: Session, consortium: Consortium) -> tuple[KindView, ...]:
    """Every kind, by number."""
    permissions = _permissions(session, consortium)
    rows = session.execute(
        select(KindRecord, BodyRecord.name, RuleRecord.name)
        .join(
            BodyRecord,
            (BodyRecord.consortium_id == KindRecord.consortium_id) & (BodyRecord.body_id == KindRecord.body_id),
        )
        .join(
            RuleRecord,
            (RuleRecord.consortium_id == KindRecord.consortium_id) & (RuleRecord.rule_id == KindRecord.rule_id),
        )
        .where(KindRecord.consortium_id == consortium.id)
        .order_by(KindRecord.kind_id)
    )
    return tuple(
        KindView(
            id=kind.kind_id,
            name=kind.name,
            body=body,
            rule=rule,
            rule_id=kind.rule_id,
            resolution=kind.resolution,
            party_effect=kind.party_effect.label,
            actions=tuple(permissions[kind.kind_id]),
        )
        for kind, body, rule in rows
    )


def _permissions(session: Session, consortium: Consortium) -> defaultdict[int, list[ActionPermission]]:
    permissions: defaultdict[int, list[ActionPermission]] = defaultdict(list)
    rows = session.scalars(
        select(KindActionRecord)
        .where(KindActionRecord.consortium_id == consortium.id)
        .order_by(KindActionRecord.target, KindActionRecord.selector)
    )
    for row in rows:
        permissions[row.kind_id].append(
            ActionPermission(
                target=row.target,
                contract=consortium.calls.contract_name(row.target),
                selector=row.selector,
                function=consortium.calls.signature(row.selector),
                party_effect=row.party_effect.label,
                party_argument=row.party_argument,
            )
        )
    return permissions
