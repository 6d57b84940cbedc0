"""Versions of the rules, those in force and those replaced."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.records import RuleRecord
from backend.domain.rules import grounds_of
from backend.errors import RuleNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.keys import name_in, number_in
from backend.queries.views import RuleView


def list_rules(
    session: Session, consortium: Consortium, *, in_force: bool | None = None, name: str | None = None
) -> tuple[RuleView, ...]:
    """Every version of every rule by number; only of one name, in force (or only the replaced ones) if asked."""
    rules = session.scalars(
        select(RuleRecord).where(RuleRecord.consortium_id == consortium.id).order_by(RuleRecord.rule_id)
    ).all()
    newest = {rule.name: rule.rule_id for rule in sorted(rules, key=lambda rule: rule.version)}
    views = (rule_view(rule, in_force=newest[rule.name] == rule.rule_id) for rule in rules)
    return tuple(view for view in views if in_force in (None, view.in_force) and name in (None, view.name))


def find_rule(session: Session, consortium: Consortium, key: str) -> RuleView:
    """Find a rule by the number of its version, or the version in force by its name.

    Raises:
        RuleNotFoundError: no such rule.
    """
    rule = find_rule_record(session, consortium, key)
    return views_of_rules(session, consortium, [rule])[rule.rule_id]


def find_rule_record(session: Session, consortium: Consortium, key: str) -> RuleRecord:
    """Find the row of a rule by the number of its version, or the version in force by its name.

    Raises:
        RuleNotFoundError: no such rule.
    """
    number = number_in(key)
    wanted = RuleRecord.name == name_in(key) if number is None else RuleRecord.rule_id == number
    rule = session.scalar(
        select(RuleRecord)
        .where(RuleRecord.consortium_id == consortium.id, wanted)
        .order_by(RuleRecord.version.desc())
        .limit(1)
    )
    if rule is None:
        raise RuleNotFoundError(key)
    return rule


def views_of_rules(session: Session, consortium: Consortium, rules: Collection[RuleRecord]) -> dict[int, RuleView]:
    """View versions of rules, and see which of them are in force; by number of the version."""
    newest = session.execute(
        select(RuleRecord.name, func.max(RuleRecord.version))
        .where(RuleRecord.consortium_id == consortium.id, RuleRecord.name.in_({rule.name for rule in rules}))
        .group_by(RuleRecord.name)
    )
    in_force = {(name, version) for name, version in newest}
    return {rule.rule_id: rule_view(rule, in_force=(rule.name, rule.version) in in_force) for rule in rules}


def rule_view(rule: RuleRecord, *, in_force: bool) -> RuleView:
    """View a version of a rule."""
    law = rule.rule
    return RuleView(
        id=rule.rule_id,
        name=rule.name,
        version=rule.version,
        in_force=in_force,
        notice=law.notice,
        short_notice=law.short_notice,
        period=law.period,
        quorum=str(law.quorum),
        majority=str(law.majority),
        base=law.base.label,
        strict=law.strict,
        binding=law.binding,
        standstill=law.standstill,
        veto_window=law.veto_window,
        countries=str(law.countries),
        abstentions_cast=law.abstentions_cast,
        silence_consents=law.silence_consents,
        early_close=law.early_close,
        revisable=law.revisable,
        external_approval=law.external_approval,
        tie=law.tie.label,
        calls=law.calls,
        mandates=law.mandates,
        veto_grounds=tuple(ground.label for ground in grounds_of(law.veto_grounds)),
        set_at=rule.set_at,
    )
