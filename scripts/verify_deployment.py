"""Read a deployment back from the chain and compare it with its plan: `brownie run verify_deployment --network …`.

To be run right after `hand_over`, by anybody with a node, the sources and the plan; later the roll and the law move on
by decision, and what a decision has changed shows as a difference. Exits with 1 on any difference.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from rich.console import Console

from backend.domain.members import MemberStatus
from backend.domain.outcome import ballots_needed
from scripts.checks import Check, check_of, checks_table
from scripts.contract import Contract, selector
from scripts.node import Node
from scripts.plan import PLANS, BodyPlan, KindPlan, Plan, agreement_hash, read_plan, rule_tuple
from scripts.record import BodyEntry, Record, read_record, record_path
from scripts.roll import Organisation, bytes32, founders, read_roll
from scripts.verify_code import code_checks, factory_checks

ROLES = ("DEFAULT_ADMIN_ROLE", "PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE")


def verify(node: Node, record: Record, plan: Plan, roll: dict[str, Organisation]) -> list[Check]:
    """Compare everything; raises nothing for a difference. Where code differs, what it answers is not asked for."""
    code = [Check("chain id", str(plan.chain_id), str(node.chain_id)), *code_checks(node, record, plan)]
    return [*code, *_answers(node, record, plan, roll)] if all(check.ok for check in code) else code


def _answers(node: Node, record: Record, plan: Plan, roll: dict[str, Organisation]) -> list[Check]:
    return [
        *_owners(node, record, plan),
        *factory_checks(node, record),
        *(check for body in plan.bodies for check in _body(node, record, plan, body, roll)),
        *(check for body in record.bodies for check in _roles(record.timelock(node, body.name), body)),
        *_rules(record.contract(node, "Rulebook"), plan),
        *_kinds(node, record, plan),
        *_members(record.contract(node, "MemberRegistry"), plan, roll),
        *(check for body in plan.bodies for check in _electorate(node, record, plan, body, roll)),
    ]


def _owners(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    registry, rulebook = record.contract(node, "MemberRegistry"), record.contract(node, "Rulebook")
    assembly = record.bodies[0].timelock
    yield check_of("MemberRegistry: owner", assembly, registry.read("owner"))
    yield check_of("Rulebook: owner", assembly, rulebook.read("owner"))
    yield check_of("Rulebook: records", record.address("Records"), rulebook.read("records"))
    yield check_of("registrar", plan.registrar, registry.read("registrar"))
    yield check_of("registrar is not the deployer", True, plan.registrar != record.entries["deployer"])
    yield check_of("approver", plan.approver, registry.read("approver"))
    yield check_of("approver is another than the registrar", True, plan.approver != plan.registrar)
    yield check_of("DAO URI", plan.dao_uri, registry.read("daoURI"))
    yield check_of("number of bodies", len(plan.bodies), registry.read("bodyCount"))


def _body(node: Node, record: Record, plan: Plan, body: BodyPlan, roll: dict[str, Organisation]) -> Iterator[Check]:
    entry, governor = record.body(body.name), record.governor(node, body.name)
    registry, timelock = record.contract(node, "MemberRegistry"), record.timelock(node, body.name)
    number = plan.body_id(body.name)
    entered = (bytes32(body.name), entry.governor, entry.timelock, body.mask)
    yield check_of(f"{body.name}: on the roll of bodies", entered, registry.read("body", number))
    yield check_of(f"{body.name}: number", number, governor.read("bodyId"))
    chair, _ = registry.read("memberOf", roll[body.chair].wallet) if body.chair else (0, False)
    yield check_of(f"{body.name}: chair", chair, registry.read("chairOf", number))
    yield check_of(f"{body.name}: name", body.name, governor.read("name"))
    rule = plan.rules[body.default_rule]
    found = (governor.read("votingDelay"), governor.read("votingPeriod"))
    yield check_of(f"{body.name}: notice and period by default", (max(rule.notice, 1), rule.period), found)
    yield check_of(f"{body.name}: clock", "mode=timestamp", governor.read("CLOCK_MODE"))
    for part, address in (("registry", registry.address), ("rulebook", record.address("Rulebook"))):
        yield check_of(f"{body.name}: {part}", address, governor.read(part))
    yield check_of(f"{body.name}: timelock", entry.timelock, governor.read("timelock"))
    yield check_of(f"{body.name}: governor of its timelock", entry.governor, timelock.read("governor"))
    yield check_of(f"{body.name}: delay", plan.timelock_delay, timelock.read("getMinDelay"))


def _roles(timelock: Contract, body: BodyEntry) -> Iterator[Check]:
    """Whoever was ever given a role is asked about; nobody but the governor and the timelock itself may hold one."""
    granted = {(bytes(log["role"]), log["account"]) for log in timelock.logged("RoleGranted")}
    for name in ROLES:
        role = timelock.read(name)
        asked = {account for given, account in granted if given == role} | {"0x" + "00" * 20}
        holders = sorted(account for account in asked if timelock.read("hasRole", role, account))
        rightful = body.timelock if name == "DEFAULT_ADMIN_ROLE" else body.governor
        yield check_of(f"{body.name}: {name} held by", [rightful], holders)
    known = {timelock.read(name) for name in ROLES}
    yield check_of(f"{body.name}: other roles", 0, len({role for role, _ in granted} - known))


def _rules(rulebook: Contract, plan: Plan) -> Iterator[Check]:
    yield check_of("number of rules", len(plan.rules), rulebook.read("ruleCount"))
    for name, rule in plan.rules.items():
        found = rulebook.read("rule", rulebook.read("ruleIdOf", bytes32(name)))
        yield check_of(f"rule {name}", (bytes32(name), 1, rule_tuple(rule)), found)


def _kinds(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    rulebook = record.contract(node, "Rulebook")
    yield check_of("number of kinds", len(plan.kinds), rulebook.read("kindCount"))
    in_force = _listed(rulebook)
    for kind in plan.kinds:
        kind_id = rulebook.read("kindIdOf", bytes32(kind.name))
        rule_id = rulebook.read("ruleIdOf", bytes32(kind.rule))
        law = (bytes32(kind.name), plan.body_id(kind.body), rule_id, kind.resolution, int(kind.resolved_party))
        yield check_of(f"kind {kind.name}", law, rulebook.read("kind", kind_id))
        actions = sorted((target, four) for listed, target, four in in_force if listed == kind_id)
        for target, four in actions:
            party = (int(kind.party), kind.party_argument)
            yield check_of(
                f"kind {kind.name}: party of {target} {four.hex()}", party, rulebook.read("partyOfAction", target, four)
            )
        yield check_of(f"kind {kind.name}: actions", sorted(_actions(record, kind)), actions)
    yield check_of("number of actions", sum(len(kind.actions) for kind in plan.kinds), len(in_force))


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
    yield check_of("number of members", len(members), registry.read("memberCount"))
    admitted = {log["memberId"]: log for log in registry.logged("MemberAdmitted")}
    signed = {log["memberId"]: log["documentHash"] for log in registry.logged("AccessionRecorded")}
    yield check_of("number of admissions and accessions", (len(members), len(members)), (len(admitted), len(signed)))
    for number, organisation in enumerate(members, start=1):
        wallet, member_class, status, country, rights, seats = registry.read("member", number)
        law = (int(organisation.member_class or 0), int(MemberStatus.ACTIVE))
        found = (wallet, member_class, status, country)
        wanted = (organisation.wallet, *law, organisation.country.encode())
        subject = f"member {organisation.code}"
        yield check_of(subject, wanted, found)
        yield check_of(f"{subject}: as admitted", organisation.admission(), _admission(admitted.get(number, {})))
        yield check_of(f"{subject}: agreement signed", agreement_hash(plan), signed.get(number))
        yield check_of(f"{subject}: seats", _mask(plan, organisation, by_class=False), seats)
        yield check_of(f"{subject}: rights", _mask(plan, organisation), rights)


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
    yield check_of(f"{body.name}: entitled", entitled, registry.read("entitledAt", number, second))
    needed = ballots_needed(plan.rules[body.default_rule], entitled)
    yield check_of(f"{body.name}: quorum by default", needed, governor.read("quorum", second))


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
