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

from eth_utils import keccak
from rich.console import Console
from rich.table import Table

from backend.domain.members import MemberStatus
from scripts.bytecode import linked, same_code
from scripts.contract import Contract, selector
from scripts.node import Node
from scripts.plan import PLANS, BodyPlan, KindPlan, Plan, read_plan, rule_tuple
from scripts.record import ROOT, BodyEntry, Record, read_record, record_path
from scripts.roll import Organisation, bytes32, founders, read_roll

MOST_CODE = 24_576
"""Bytes of code a contract may have (EIP-170)."""
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
    """Compare everything; raises nothing for a difference."""
    return [
        Check("chain id", str(plan.chain_id), str(node.chain_id)),
        *_code(node, record),
        *_owners(node, record, plan),
        *_factory(node, record),
        *(check for body in plan.bodies for check in _body(node, record, plan, body, roll)),
        *(check for body in record.bodies for check in _roles(record.timelock(node, body.name), body)),
        *_rules(record.contract(node, "Rulebook"), plan),
        *_kinds(node, record, plan),
        *_members(record.contract(node, "MemberRegistry"), plan, roll),
    ]


def _check(subject: str, expected: object, found: object) -> Check:
    return Check(subject, _shown(expected), _shown(found))


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value))
    return str(value)


def _code(node: Node, record: Record) -> Iterator[Check]:
    for key in record.entries["contracts"]:
        name = key.partition(":")[0]
        found = node.call("eth_getCode", record.address(key), "latest")
        yield _check(f"{key}: code as compiled", True, same_code(_compiled(name)["deployedBytecode"], found))
        yield _check(f"{key}: code fits", True, 2 < len(found) <= 2 + 2 * MOST_CODE)


def _compiled(name: str) -> dict[str, str]:
    compiled: dict[str, str] = json.loads((ROOT / "build" / "contracts" / f"{name}.json").read_text())
    return compiled


def _owners(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    registry, rulebook = record.contract(node, "MemberRegistry"), record.contract(node, "Rulebook")
    assembly = record.bodies[0].timelock
    yield _check("MemberRegistry: owner", assembly, registry.read("owner"))
    yield _check("Rulebook: owner", assembly, rulebook.read("owner"))
    yield _check("Rulebook: records", record.address("Records"), rulebook.read("records"))
    yield _check("registrar", plan.registrar, registry.read("registrar"))
    yield _check("registrar is not the deployer", True, plan.registrar != record.entries["deployer"])
    yield _check("approver", plan.approver, registry.read("approver"))
    yield _check("approver is another than the registrar", True, plan.approver != plan.registrar)
    yield _check("DAO URI", plan.dao_uri, registry.read("daoURI"))
    yield _check("number of bodies", len(plan.bodies), registry.read("bodyCount"))


def _factory(node: Node, record: Record) -> Iterator[Check]:
    """The factory makes bodies of the very code that was compiled, and of nothing else."""
    registry, factory = record.contract(node, "MemberRegistry"), record.contract(node, "BodyFactory")
    yield _check("factory", factory.address, registry.read("factory"))
    yield _check("BodyFactory: registry", registry.address, factory.read("registry"))
    yield _check("BodyFactory: rulebook", record.address("Rulebook"), factory.read("rulebook"))
    addresses = {key: entry["address"] for key, entry in record.entries["contracts"].items()}
    codes = (_compiled(name)["bytecode"] for name in ("ConsortiumGovernor", "BodyTimelock"))
    templates = tuple(keccak(linked(code, addresses)) for code in codes)
    yield _check("BodyFactory: templates", templates, factory.read("templates"))


def _body(node: Node, record: Record, plan: Plan, body: BodyPlan, roll: dict[str, Organisation]) -> Iterator[Check]:
    entry, governor = record.body(body.name), record.governor(node, body.name)
    registry, timelock = record.contract(node, "MemberRegistry"), record.timelock(node, body.name)
    number = plan.body_id(body.name)
    entered = (bytes32(body.name), entry.governor, entry.timelock, body.mask)
    yield _check(f"{body.name}: on the roll of bodies", entered, registry.read("body", number))
    yield _check(f"{body.name}: number", number, governor.read("bodyId"))
    chair, _ = registry.read("memberOf", roll[body.chair].wallet) if body.chair else (0, False)
    yield _check(f"{body.name}: chair", chair, registry.read("chairOf", number))
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
        law = (bytes32(kind.name), plan.body_id(kind.body), rule_id, kind.resolution, int(kind.resolved_party))
        yield _check(f"kind {kind.name}", law, rulebook.read("kind", kind_id))
        actions = sorted((target, four) for listed, target, four in in_force if listed == kind_id)
        for target, four in actions:
            party = (int(kind.party), kind.party_argument)
            yield _check(
                f"kind {kind.name}: party of {target} {four.hex()}", party, rulebook.read("partyOfAction", target, four)
            )
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
    for number, organisation in enumerate(members, start=1):
        wallet, member_class, status, country, _, seats = registry.read("member", number)
        law = (int(organisation.member_class or 0), int(MemberStatus.ACTIVE))
        found = (wallet, member_class, status, country.decode(errors="replace"))
        yield _check(f"member {organisation.code}", (organisation.wallet, *law, organisation.country), found)
        held = sum(1 << plan.body_id(body.name) for body in plan.bodies if organisation.code in body.seats)
        yield _check(f"member {organisation.code}: seats", held, seats)


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
