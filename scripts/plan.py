"""A deployment plan: what the consortium is founded with, read from `scripts/plans/<network>.toml`.

Pure but for reading the file. Units stand in the names of the numbers (`notice_days`, `timelock_delay_hours`).
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.domain.members import MemberClass
from backend.domain.rules import Base, Rule
from backend.domain.values import Ratio

PLANS = Path(__file__).resolve().parent / "plans"
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
NOTHING = Ratio(0, 1)


class PlanError(Exception):
    """The plan says something that cannot be deployed; the message names the entry."""


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """A body; its number is its place in the plan."""

    name: str
    classes: tuple[MemberClass, ...]
    seats: tuple[str, ...]
    default_rule: str

    @property
    def mask(self) -> int:
        """Bit `1 << class` for each class whose members all vote."""
        return sum(1 << member_class for member_class in self.classes)


@dataclass(frozen=True, slots=True)
class KindPlan:
    """What proposals of one kind may do, and who decides them how."""

    name: str
    body: str
    rule: str
    resolution: bool
    actions: tuple[str, ...]
    """Contract and function, such as `MemberRegistry.admit`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that `deploy` needs to know; `roll` and `agreement` are files."""

    name: str
    notice: str
    chain_id: int
    registrar: str
    timelock_delay: int
    """In seconds."""
    roll: Path | None
    agreement: Path | None
    bodies: tuple[BodyPlan, ...]
    rules: dict[str, Rule]
    kinds: tuple[KindPlan, ...]

    def body_id(self, name: str) -> int:
        """The number of the body of that name."""
        return [body.name for body in self.bodies].index(name)


def read_plan(path: Path) -> Plan:
    """Read and check a plan. Raises `PlanError` for an unknown name, a wrong fraction or a missing entry."""
    try:
        table = tomllib.loads(path.read_text())
        plan = _plan(table, path.parent)
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as wrong:
        raise PlanError(f"{path.name}: {type(wrong).__name__}: {wrong}") from wrong
    _check_names(plan)
    return plan


def _plan(table: dict[str, Any], folder: Path) -> Plan:
    founding = table.get("founding", {})
    return Plan(
        name=table["name"],
        notice=table.get("notice", ""),
        chain_id=table["chain_id"],
        registrar=table["registrar"],
        timelock_delay=duration(table, "timelock_delay"),
        roll=(folder / founding["roll"]).resolve() if founding else None,
        agreement=(folder / founding["agreement"]).resolve() if founding else None,
        bodies=tuple(_body(body) for body in table["bodies"]),
        rules={name: rule_from(rule) for name, rule in table["rules"].items()},
        kinds=tuple(_kind(name, kind) for name, kind in table["kinds"].items()),
    )


def duration(table: dict[str, Any], name: str) -> int:
    """Seconds from the one entry `<name>_<unit>`. Raises `KeyError` if there is none, or more than one."""
    found = [unit for unit in SECONDS if f"{name}_{unit}" in table]
    if len(found) != 1:
        raise KeyError(f"exactly one of {name}_days, {name}_hours, {name}_minutes, {name}_seconds")
    return int(table[f"{name}_{found[0]}"]) * SECONDS[found[0]]


def rule_from(table: dict[str, Any]) -> Rule:
    """A rule from its table; a share that is not given asks for nothing."""
    return Rule(
        notice=duration(table, "notice"),
        short_notice=duration(table, "short_notice"),
        period=duration(table, "period"),
        quorum=_ratio(table["quorum"]) if "quorum" in table else NOTHING,
        majority=_ratio(table["majority"]) if "majority" in table else NOTHING,
        base=Base[table.get("base", "cast").upper()],
        strict=table.get("strict", False),
        binding=table.get("binding", True),
    )


def agreement_hash(plan: Plan) -> str:
    """SHA-256 of what the founders signed; of the plan's name where it names no file."""
    signed = plan.agreement.read_bytes() if plan.agreement else plan.name.encode()
    return "0x" + hashlib.sha256(signed).hexdigest()


def rule_tuple(rule: Rule) -> tuple[Any, ...]:
    """The rule in the order of the Solidity struct."""
    shares = (rule.quorum.numerator, rule.quorum.denominator, rule.majority.numerator, rule.majority.denominator)
    return (rule.notice, rule.short_notice, rule.period, *shares, int(rule.base), rule.strict, rule.binding)


def _ratio(text: str) -> Ratio:
    numerator, denominator = text.split("/")
    return Ratio(int(numerator), int(denominator))


def _body(table: dict[str, Any]) -> BodyPlan:
    classes = tuple(MemberClass[name.upper()] for name in table.get("classes", ()))
    return BodyPlan(table["name"], classes, tuple(table.get("seats", ())), table["default_rule"])


def _kind(name: str, table: dict[str, Any]) -> KindPlan:
    actions = tuple(table.get("actions", ()))
    return KindPlan(name, table["body"], table["rule"], table.get("resolution", False), actions)


def _check_names(plan: Plan) -> None:
    bodies = {body.name for body in plan.bodies}
    for kind in plan.kinds:
        if kind.body not in bodies or kind.rule not in plan.rules:
            raise PlanError(f"kind {kind.name}: unknown body {kind.body} or rule {kind.rule}")
    for body in plan.bodies:
        if body.default_rule not in plan.rules:
            raise PlanError(f"body {body.name}: unknown rule {body.default_rule}")
    if not any("Rulebook.setRule" in kind.actions for kind in plan.kinds):
        raise PlanError("no kind may carry Rulebook.setRule: the law could never change again")
