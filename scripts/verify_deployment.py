"""Read a deployment back from the chain and compare it with its plan: `brownie run verify_deployment --network …`.

To be run right after `hand_over`, by anybody with a node, the sources and the plan; later the roll and the law move on
by decision, and what a decision has changed shows as a difference. Exits with 1 on any difference.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import eth_abi
from eth_utils.abi import collapse_if_tuple
from rich.console import Console
from rich.table import Table

from backend.domain.members import MemberStatus
from backend.domain.outcome import ballots_needed
from scripts.bytecode import created_address, linked, moved
from scripts.contract import Contract, selector
from scripts.node import Node, NodeError
from scripts.plan import PLANS, BodyPlan, KindPlan, Plan, agreement_hash, read_plan, rule_tuple
from scripts.record import ROOT, BodyEntry, Record, read_record, record_path
from scripts.roll import Organisation, bytes32, founders, read_roll

MOST_CODE = 24_576
"""Bytes of code a contract may have (EIP-170)."""
BUILD = ROOT / "build" / "contracts"
CREATOR = "0x" + "5e" * 20
"""Creates every contract once more, in simulation; any account would do."""
ROLES = ("DEFAULT_ADMIN_ROLE", "PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE")


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison."""

    subject: str
    expected: str
    found: str

    @property
    def ok(self) -> bool:
        """Whether the chain is as planned."""
        return self.expected == self.found


def verify(node: Node, record: Record, plan: Plan, roll: dict[str, Organisation]) -> list[Check]:
    """Compare everything; raises nothing for a difference. Where code differs, what it answers is not asked for."""
    code = [Check("chain id", str(plan.chain_id), str(node.chain_id)), *_code(node, record, plan)]
    return [*code, *_answers(node, record, plan, roll)] if all(check.ok for check in code) else code


def _answers(node: Node, record: Record, plan: Plan, roll: dict[str, Organisation]) -> list[Check]:
    return [
        *_owners(node, record, plan),
        *(check for body in plan.bodies for check in _body(node, record, plan, body)),
        *(check for body in record.bodies for check in _roles(record.timelock(node, body.name), body)),
        *_rules(record.contract(node, "Rulebook"), plan),
        *_kinds(node, record, plan),
        *_members(record.contract(node, "MemberRegistry"), plan, roll),
        *(check for body in plan.bodies for check in _electorate(node, record, plan, body, roll)),
    ]


def _check(subject: str, expected: object, found: object) -> Check:
    return Check(subject, _shown(expected), _shown(found))


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value))
    return str(value)


def _code(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    for key, entry in record.entries["contracts"].items():
        arguments = _arguments(record, plan, key)
        found = bytes.fromhex(node.call("eth_getCode", record.address(key), "latest")[2:])
        yield _check(f"{key}: made from", arguments, entry["constructorArguments"])
        yield _check(f"{key}: code as compiled", True, found == _constructed(node, record, key, arguments))
        yield _check(f"{key}: code fits", True, 0 < len(found) <= MOST_CODE)


def _arguments(record: Record, plan: Plan, key: str) -> tuple[Any, ...]:
    """What the plan says the constructor was given."""
    deployer = record.entries["deployer"]
    name, _, body = key.partition(":")
    match name:
        case "MemberRegistry":
            return (deployer, plan.registrar)
        case "Rulebook":
            return (deployer, record.address("Records"))
        case "BodyTimelock":
            return (plan.timelock_delay, deployer)
        case "ConsortiumGovernor":
            return (_setup(record, plan, body),)
    return ()


def _setup(record: Record, plan: Plan, name: str) -> tuple[Any, ...]:
    number, law = plan.body_id(name), (record.address("MemberRegistry"), record.address("Rulebook"))
    timelock = record.address(f"BodyTimelock:{name}")
    return (name, *law, timelock, number, bytes32(plan.bodies[number].default_rule))


def _constructed(node: Node, record: Record, key: str, arguments: tuple[Any, ...]) -> bytes | None:
    """The code that our constructor stores at the contract's address; None where it refuses these arguments."""
    name, _, body = key.partition(":")
    artifact = json.loads((BUILD / f"{name}.json").read_text())
    inputs: list[Any] = next((entry["inputs"] for entry in artifact["abi"] if entry["type"] == "constructor"), [])
    code = linked(artifact, {"Acts": record.address("Acts")})
    code += eth_abi.encode([collapse_if_tuple(part) for part in inputs], arguments)
    here = created_address(CREATOR, int(node.call("eth_getTransactionCount", CREATOR, "latest"), 16))
    try:
        stored = node.call("eth_call", {"from": CREATOR, "data": "0x" + code.hex()}, "latest")
    except NodeError:
        return None
    domain = body if name == "ConsortiumGovernor" else None
    return moved(bytes.fromhex(stored[2:]), here, record.address(key), node.chain_id, domain)


def _owners(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    registry, rulebook = record.contract(node, "MemberRegistry"), record.contract(node, "Rulebook")
    assembly = record.bodies[0].timelock
    yield _check("MemberRegistry: owner", assembly, registry.read("owner"))
    yield _check("Rulebook: owner", assembly, rulebook.read("owner"))
    yield _check("Rulebook: records", record.address("Records"), rulebook.read("records"))
    yield _check("registrar", plan.registrar, registry.read("registrar"))
    yield _check("registrar is not the deployer", True, plan.registrar != record.entries["deployer"])
    yield _check("number of bodies", len(plan.bodies), registry.read("bodyCount"))


def _body(node: Node, record: Record, plan: Plan, body: BodyPlan) -> Iterator[Check]:
    entry, governor = record.body(body.name), record.governor(node, body.name)
    registry, timelock = record.contract(node, "MemberRegistry"), record.timelock(node, body.name)
    number = plan.body_id(body.name)
    entered = (bytes32(body.name), entry.governor, entry.timelock, body.mask)
    yield _check(f"{body.name}: on the roll of bodies", entered, registry.read("body", number))
    yield _check(f"{body.name}: number", number, governor.read("bodyId"))
    yield _check(f"{body.name}: name", body.name, governor.read("name"))
    rule = plan.rules[body.default_rule]
    found = (governor.read("votingDelay"), governor.read("votingPeriod"))
    yield _check(f"{body.name}: notice and period by default", (max(rule.notice, 1), rule.period), found)
    yield _check(f"{body.name}: clock", "mode=timestamp", governor.read("CLOCK_MODE"))
    for part, address in (("registry", registry.address), ("rulebook", record.address("Rulebook"))):
        yield _check(f"{body.name}: {part}", address, governor.read(part))
    yield _check(f"{body.name}: timelock", entry.timelock, governor.read("timelock"))
    yield _check(f"{body.name}: governor of its timelock", entry.governor, timelock.read("governor"))
    yield _check(f"{body.name}: delay", plan.timelock_delay, timelock.read("getMinDelay"))


def _roles(timelock: Contract, body: BodyEntry) -> Iterator[Check]:
    """Whoever was ever given a role is asked about; nobody but the governor and the timelock itself may hold one."""
    granted = {(bytes(log["role"]), log["account"]) for log in timelock.logged("RoleGranted")}
    for name in ROLES:
        role = timelock.read(name)
        asked = {account for given, account in granted if given == role} | {"0x" + "00" * 20}
        holders = sorted(account for account in asked if timelock.read("hasRole", role, account))
        rightful = body.timelock if name == "DEFAULT_ADMIN_ROLE" else body.governor
        yield _check(f"{body.name}: {name} held by", [rightful], holders)
    known = {timelock.read(name) for name in ROLES}
    yield _check(f"{body.name}: other roles", 0, len({role for role, _ in granted} - known))


def _rules(rulebook: Contract, plan: Plan) -> Iterator[Check]:
    yield _check("number of rules", len(plan.rules), rulebook.read("ruleCount"))
    for name, rule in plan.rules.items():
        found = rulebook.read("rule", rulebook.read("ruleIdOf", bytes32(name)))
        yield _check(f"rule {name}", (bytes32(name), 1, rule_tuple(rule)), found)


def _kinds(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    rulebook = record.contract(node, "Rulebook")
    yield _check("number of kinds", len(plan.kinds), rulebook.read("kindCount"))
    in_force = _listed(rulebook)
    for kind in plan.kinds:
        kind_id = rulebook.read("kindIdOf", bytes32(kind.name))
        rule_id = rulebook.read("ruleIdOf", bytes32(kind.rule))
        law = (bytes32(kind.name), plan.body_id(kind.body), rule_id, kind.resolution)
        yield _check(f"kind {kind.name}", law, rulebook.read("kind", kind_id))
        actions = sorted((target, four) for listed, target, four in in_force if listed == kind_id)
        yield _check(f"kind {kind.name}: actions", sorted(_actions(record, kind)), actions)
    yield _check("number of actions", sum(len(kind.actions) for kind in plan.kinds), len(in_force))


def _actions(record: Record, kind: KindPlan) -> Iterator[tuple[str, bytes]]:
    for action in kind.actions:
        contract, function = action.split(".")
        yield record.address(contract), selector(contract, function)


def _listed(rulebook: Contract) -> set[tuple[int, str, bytes]]:
    """What is listed, by the events, as far as the rulebook still says so."""
    logs = rulebook.logged("ActionListed")
    actions = {(log["target"], bytes(log["selector"])) for log in logs}
    found = {(rulebook.read("kindOfAction", target, four), target, four) for target, four in actions}
    return {action for action in found if action[0]}


def _members(registry: Contract, plan: Plan, roll: dict[str, Organisation]) -> Iterator[Check]:
    members = founders(roll)
    yield _check("number of members", len(members), registry.read("memberCount"))
    admitted = {log["memberId"]: log for log in registry.logged("MemberAdmitted")}
    signed = {log["memberId"]: log["documentHash"] for log in registry.logged("AccessionRecorded")}
    yield _check("number of admissions and accessions", (len(members), len(members)), (len(admitted), len(signed)))
    for number, organisation in enumerate(members, start=1):
        wallet, member_class, status, country, rights, seats = registry.read("member", number)
        law = (int(organisation.member_class or 0), int(MemberStatus.ACTIVE))
        found = (wallet, member_class, status, country)
        wanted = (organisation.wallet, *law, organisation.country.encode())
        subject = f"member {organisation.code}"
        yield _check(subject, wanted, found)
        yield _check(f"{subject}: as admitted", organisation.admission(), _admission(admitted.get(number, {})))
        yield _check(f"{subject}: agreement signed", agreement_hash(plan), signed.get(number))
        yield _check(f"{subject}: seats", _mask(plan, organisation, by_class=False), seats)
        yield _check(f"{subject}: rights", _mask(plan, organisation), rights)


def _admission(log: dict[str, Any]) -> list[Any]:
    return [log.get(part) for part in ("wallet", "class", "country", "code", "name")]


def _mask(plan: Plan, organisation: Organisation, *, by_class: bool = True) -> int:
    """The bodies in which it has a seat, and those in which all of its class vote, as bits."""
    return sum(
        1 << number
        for number, body in enumerate(plan.bodies)
        if organisation.code in body.seats or (by_class and organisation.member_class in body.classes)
    )


def _electorate(
    node: Node, record: Record, plan: Plan, body: BodyPlan, roll: dict[str, Organisation]
) -> Iterator[Check]:
    number, second = plan.body_id(body.name), node.block_time - 1
    entitled = sum(_mask(plan, organisation) >> number & 1 for organisation in founders(roll))
    registry, governor = record.contract(node, "MemberRegistry"), record.governor(node, body.name)
    yield _check(f"{body.name}: entitled", entitled, registry.read("entitledAt", number, second))
    needed = ballots_needed(plan.rules[body.default_rule], entitled)
    yield _check(f"{body.name}: quorum by default", needed, governor.read("quorum", second))


def checks_table(checks: list[Check], only_differences: bool = False) -> Table:
    """The comparisons as a table."""
    table = Table("", "what", "as planned", "on chain", title="The chain compared with the plan")
    for check in checks:
        if not (only_differences and check.ok):
            table.add_row("✓" if check.ok else "✗", check.subject, check.expected, check.found)
    return table


def main() -> None:
    """Compare the deployment of the active network with its plan."""
    import brownie  # noqa: PLC0415 - only for the network's name and address; the rest needs no Brownie

    network = str(brownie.network.show_active())
    plan = read_plan(PLANS / f"{network}.toml")
    roll = read_roll(plan.roll) if plan.roll else {}
    with closing(Node(brownie.web3.provider.endpoint_uri)) as node:
        checks = verify(node, read_record(record_path(network)), plan, roll)
    Console().print(checks_table(checks))
    different = [check for check in checks if not check.ok]
    print(f"{len(checks) - len(different)} of {len(checks)} agree")
    if different:
        sys.exit(1)
