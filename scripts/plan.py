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
from backend.domain.rules import Base, PartyEffect, Rule, TieBreak, VetoGround, grounds_of, mask_of_grounds
from backend.domain.values import Ratio

PLANS = Path(__file__).resolve().parent / "plans"
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
NOTHING = Ratio(0, 1)
SWITCHES = ("strict", "abstentions_cast", "silence_consents", "early_close", "revisable", "external_approval")


class PlanError(Exception):
    """The plan says something that cannot be deployed; the message names the entry."""


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """A body; its number is its place in the plan."""

    name: str
    classes: tuple[MemberClass, ...]
    seats: tuple[str, ...]
    chair: str | None
    """The member whose ballot breaks a tie where the rule says so."""
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
    party: PartyEffect
    """What follows for the member that its actions, or `Records.resolveFor`, name as their first argument."""

    @property
    def party_argument(self) -> int:
        """Which argument of its actions names a member, from 1; 0 if none does."""
        return 0 if self.party == PartyEffect.NONE else 1

    @property
    def resolved_party(self) -> PartyEffect:
        """What follows for the member that `Records.resolveFor` names; a kind with calls of its own takes none."""
        return PartyEffect.NONE if self.actions else self.party


@dataclass(frozen=True, slots=True)
class Plan:
    """All that `deploy` needs to know; `roll` and `agreement` are files."""

    name: str
    notice: str
    chain_id: int
    registrar: str
    approver: str
    """The second office, which must agree before a lost wallet is replaced."""
    dao_uri: str
    """Where the consortium describes itself (ERC-4824); empty if nowhere."""
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
        approver=table["approver"],
        dao_uri=table.get("dao_uri", ""),
        timelock_delay=duration(table, "timelock_delay"),
        roll=(folder / founding["roll"]).resolve() if founding else None,
        agreement=(folder / founding["agreement"]).resolve() if founding else None,
        bodies=tuple(_body(body) for body in table["bodies"]),
        rules={name: rule_from(rule) for name, rule in table["rules"].items()},
        kinds=tuple(_kind(name, kind) for name, kind in table["kinds"].items()),
    )


def duration(table: dict[str, Any], name: str, default: int | None = None) -> int:
    """Seconds from the one entry `<name>_<unit>`; the default where there is none.

    Raises `KeyError` if there is more than one, or none and no default.
    """
    found = [unit for unit in SECONDS if f"{name}_{unit}" in table]
    if not found and default is not None:
        return default
    if len(found) != 1:
        raise KeyError(f"exactly one of {name}_days, {name}_hours, {name}_minutes, {name}_seconds")
    return int(table[f"{name}_{found[0]}"]) * SECONDS[found[0]]


def rule_from(table: dict[str, Any]) -> Rule:
    """A rule from its table; what is not given asks for nothing, and allows nothing out of the ordinary."""
    given: dict[str, Any] = {
        **{name: duration(table, name) for name in ("notice", "short_notice", "period")},
        **{name: duration(table, name, 0) for name in ("standstill", "veto_window")},
        **{name: _ratio(table[name]) if name in table else NOTHING for name in ("quorum", "majority", "countries")},
        **{name: table.get(name, False) for name in SWITCHES},
        **{name: table.get(name, 0) for name in ("calls", "mandates")},
    }
    return Rule(
        **given,
        base=Base[table.get("base", "cast").upper()],
        binding=table.get("binding", True),
        tie=TieBreak[table.get("tie", "rejected").upper()],
        veto_grounds=mask_of_grounds(VetoGround[ground.upper()] for ground in table.get("veto_grounds", ())),
    )


def agreement_hash(plan: Plan) -> str:
    """SHA-256 of what the founders signed; of the plan's name where it names no file."""
    signed = plan.agreement.read_bytes() if plan.agreement else plan.name.encode()
    return "0x" + hashlib.sha256(signed).hexdigest()


def rule_tuple(rule: Rule) -> tuple[Any, ...]:
    """The rule in the order of the Solidity struct."""
    durations = (rule.notice, rule.short_notice, rule.period, rule.standstill, rule.veto_window)
    shares = (part for r in (rule.quorum, rule.majority, rule.countries) for part in (r.numerator, r.denominator))
    counting = (int(rule.base), rule.strict, rule.abstentions_cast, rule.silence_consents, rule.binding)
    course = (rule.early_close, rule.revisable, rule.external_approval, int(rule.tie))
    return (*durations, *shares, *counting, *course, rule.calls, rule.mandates, rule.veto_grounds)


def rule_in_words(rule: Rule) -> str:
    """A line that shows all that the rule asks for and allows."""
    days = {"notice": rule.notice, "short notice": rule.short_notice, "open": rule.period}
    days |= {"standstill": rule.standstill, "veto until": rule.veto_window}
    shares = {"quorum": rule.quorum, f"majority of {rule.base.label}": rule.majority, "countries": rule.countries}
    counts = {"quorum falls away at call": rule.calls, "mandates": rule.mandates}
    counts |= {"veto grounds": len(grounds_of(rule.veto_grounds))}
    asked = [f"{name} {seconds / SECONDS['days']:g} d" for name, seconds in days.items() if seconds]
    asked += [f"{name} {share}" for name, share in shares.items() if share.numerator]
    asked += [f"{name} {count}" for name, count in counts.items() if count]
    asked += [name.replace("_", " ") for name in SWITCHES if getattr(rule, name)]
    return ", ".join(asked + ["casting vote"] * (rule.tie == TieBreak.CHAIR) + ["not binding"] * (not rule.binding))


def _ratio(text: str) -> Ratio:
    numerator, denominator = text.split("/")
    return Ratio(int(numerator), int(denominator))


def _body(table: dict[str, Any]) -> BodyPlan:
    classes = tuple(MemberClass[name.upper()] for name in table.get("classes", ()))
    return BodyPlan(table["name"], classes, tuple(table.get("seats", ())), table.get("chair"), table["default_rule"])


def _kind(name: str, table: dict[str, Any]) -> KindPlan:
    actions, party = tuple(table.get("actions", ())), PartyEffect[table.get("party", "none").upper()]
    return KindPlan(name, table["body"], table["rule"], table.get("resolution", False), actions, party)


def _check_names(plan: Plan) -> None:
    bodies = {body.name for body in plan.bodies}
    for kind in plan.kinds:
        if kind.body not in bodies or kind.rule not in plan.rules:
            raise PlanError(f"kind {kind.name}: unknown body {kind.body} or rule {kind.rule}")
        if kind.resolution and kind.party != PartyEffect.NONE:
            raise PlanError(f"kind {kind.name}: a resolution that names nobody would bypass its party")
    for body in plan.bodies:
        if body.default_rule not in plan.rules:
            raise PlanError(f"body {body.name}: unknown rule {body.default_rule}")
    if not any("Rulebook.setRule" in kind.actions for kind in plan.kinds):
        raise PlanError("no kind may carry Rulebook.setRule: the law could never change again")
