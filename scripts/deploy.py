"""Deploy a consortium from its plan: `brownie run deploy --network <network>`.

    Records ──▶ Rulebook ─┐
    MemberRegistry ───────┼──▶ for each body: BodyTimelock ──▶ ConsortiumGovernor
    libraries, Lens ──────┘                                         │ its creation code
                                                                    ▼
                                                               BodyFactory

The deployer owns all of it until `hand_over` has run; run that next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import brownie
from eth_utils import keccak
from rich.console import Console
from rich.table import Table

from scripts.artifacts import artifact
from scripts.bytecode import libraries_of, linked, pieces
from scripts.contract import selector
from scripts.plan import PLANS, BodyPlan, KindPlan, Plan, agreement_hash, read_plan, rule_in_words, rule_tuple
from scripts.record import Record, record_path, write_record
from scripts.roll import Organisation, bytes32, founders, read_roll

FOUNDERS_PER_TRANSACTION = 30
WITHOUT_TERM = 0
TIMELOCK_ROLES = ("PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE")

Report = Callable[[str], object]


class Site:
    """A deployment in the making: the deployer, the compiled project, and the record as it grows."""

    def __init__(self, project: Any, deployer: Any, report: Report) -> None:
        self.deployer = deployer
        self.contracts: dict[str, dict[str, Any]] = {}
        self._project = project
        self._report = report

    def put(self, key: str, *arguments: Any) -> Any:
        """Deploy the contract that the key names (up to a colon) and note it, its libraries first."""
        name = key.partition(":")[0]
        for library in libraries_of(artifact(name)):
            if library not in self.contracts:
                self.put(library)
        self._report(key)
        contract = self.deployer.deploy(getattr(self._project, name), *arguments, silent=True)
        self.contracts[key] = {
            "address": contract.address,
            "block": contract.tx.block_number,
            "constructorArguments": list(arguments),
        }
        return contract

    def keep_code(self, name: str) -> list[Any]:
        """Keep a contract's creation code on chain: its hash, and the addresses of its pieces."""
        addresses = {key: entry["address"] for key, entry in self.contracts.items()}
        code = linked(artifact(name), addresses)
        self._report(f"creation code of {name}")
        kept = [self.deployer.deploy(self._project.CodeChunk, piece, silent=True).address for piece in pieces(code)]
        return ["0x" + keccak(code).hex(), kept]

    def act(self, what: str, function: Any, *arguments: Any) -> Any:
        """Make one call as the deployer."""
        self._report(what)
        return function(*arguments, {"from": self.deployer}, silent=True)


def deploy(
    plan: Plan, project: Any, deployer: Any, network: str, roll: dict[str, Organisation], report: Report = print
) -> Record:
    """Deploy all contracts, found the roll, write the law down. Returns the record; nothing is written to disk."""
    site = Site(project, deployer, report)
    first_block = int(brownie.chain.height) + 1
    records = site.put("Records")
    registry = site.put("MemberRegistry", deployer.address, plan.registrar)
    rulebook = site.put("Rulebook", deployer.address, records.address)
    site.put("Lens")
    for name, rule in plan.rules.items():
        site.act(f"rule {name}", rulebook.setRule, _hex32(name), rule_tuple(rule))
    bodies = [_create_body(site, plan, body, registry, rulebook) for body in plan.bodies]
    _found(site, registry, roll, agreement_hash(plan))
    _grant_seats(site, plan, registry, roll)
    _fill_offices(site, plan, registry, rulebook)
    for kind in plan.kinds:
        _set_kind(site, plan, kind, rulebook)
    return _record(site, plan, network, first_block, bodies)


def _create_body(site: Site, plan: Plan, body: BodyPlan, registry: Any, rulebook: Any) -> dict[str, Any]:
    number = plan.body_id(body.name)
    timelock = site.put(f"BodyTimelock:{body.name}", plan.timelock_delay, site.deployer.address)
    setup = [body.name, registry.address, rulebook.address, timelock.address, number, _hex32(body.default_rule)]
    governor = site.put(f"ConsortiumGovernor:{body.name}", setup)
    for role in TIMELOCK_ROLES:
        site.act(f"{body.name}: {role}", timelock.grantRole, getattr(timelock, role)(), governor.address)
    arguments = (_hex32(body.name), governor.address, timelock.address, body.mask)
    site.act(f"body {body.name}", registry.createBody, *arguments)
    return {"id": number, "name": body.name, "governor": governor.address, "timelock": timelock.address}


def _found(site: Site, registry: Any, roll: dict[str, Organisation], agreement: str) -> None:
    members = founders(roll)
    for start in range(0, len(members), FOUNDERS_PER_TRANSACTION):
        batch = members[start : start + FOUNDERS_PER_TRANSACTION]
        site.act(f"{len(batch)} founding members", registry.found, [m.admission() for m in batch], agreement)


def _grant_seats(site: Site, plan: Plan, registry: Any, roll: dict[str, Organisation]) -> None:
    for body in plan.bodies:
        number = plan.body_id(body.name)
        for code in body.seats:
            member_id, _ = registry.memberOf(roll[code].wallet)
            site.act(f"{body.name}: seat of {code}", registry.grantSeat, number, member_id, WITHOUT_TERM)
        if body.chair is not None:
            member_id, _ = registry.memberOf(roll[body.chair].wallet)
            site.act(f"{body.name}: chair {body.chair}", registry.setChair, number, member_id)


def _fill_offices(site: Site, plan: Plan, registry: Any, rulebook: Any) -> None:
    """The approver, the factory, and where the consortium describes itself; the registrar is there from the start."""
    governor, timelock = site.keep_code("ConsortiumGovernor"), site.keep_code("BodyTimelock")
    factory = site.put("BodyFactory", registry.address, rulebook.address, governor, timelock)
    site.act("factory", registry.setFactory, factory.address)
    site.act("approver", registry.setApprover, plan.approver)
    if plan.dao_uri:
        site.act("DAO URI", registry.setDaoURI, plan.dao_uri)


def _set_kind(site: Site, plan: Plan, kind: KindPlan, rulebook: Any) -> None:
    arguments = (
        _hex32(kind.name),
        plan.body_id(kind.body),
        _hex32(kind.rule),
        kind.resolution,
        int(kind.resolved_party),
    )
    site.act(f"kind {kind.name}", rulebook.setKind, *arguments)
    kind_id = rulebook.kindIdOf(_hex32(kind.name))
    for action in kind.actions:
        contract, function = action.split(".")
        target = site.contracts[contract]["address"]
        four_bytes = "0x" + selector(contract, function).hex()
        law = (kind_id, target, four_bytes, int(kind.party), kind.party_argument)
        site.act(f"kind {kind.name}: {action}", rulebook.listAction, *law)


def _record(site: Site, plan: Plan, network: str, block: int, bodies: Iterable[dict[str, Any]]) -> Record:
    return Record(
        {
            "network": network,
            "chainId": plan.chain_id,
            "consortium": plan.name,
            "notice": plan.notice,
            "block": block,
            "deployedAt": datetime.fromtimestamp(brownie.chain[-1].timestamp, UTC).isoformat(),
            "deployer": site.deployer.address,
            "registrar": plan.registrar,
            "approver": plan.approver,
            "contracts": site.contracts,
            "bodies": list(bodies),
        }
    )


def _hex32(text: str) -> str:
    return "0x" + bytes32(text).hex()


def plan_table(plan: Plan, network: str, roll: dict[str, Organisation]) -> Table:
    """The plan as it is shown before anything is done."""
    table = Table("what", "is to be", title=f"{plan.name} on {network} (chain {plan.chain_id})")
    table.add_row("founding members", str(len(founders(roll))))
    table.add_row("registrar", plan.registrar)
    table.add_row("approver", plan.approver)
    table.add_row("timelock delay", f"{plan.timelock_delay / 3_600:g} h")
    for body in plan.bodies:
        table.add_row(f"body {body.name}", ", ".join([c.label for c in body.classes] + list(body.seats)))
    for name, rule in plan.rules.items():
        table.add_row(f"rule {name}", rule_in_words(rule))
    for kind in plan.kinds:
        what = ", ".join(kind.actions) or ("resolution" if kind.resolution else "resolution about one member")
        table.add_row(f"kind {kind.name}", f"{kind.body} by {kind.rule}: {what}")
    return table


def main() -> None:
    """Show the plan of the active network, ask, deploy, keep the record. `ZBOR_YES=1` answers yes."""
    network = str(brownie.network.show_active())
    plan = read_plan(PLANS / f"{network}.toml")
    if plan.chain_id != brownie.chain.id:
        raise SystemExit(f"the plan is for chain {plan.chain_id}, the node is on chain {brownie.chain.id}")
    if plan.roll is None:
        raise SystemExit("the plan names no roll of founding members")
    roll = read_roll(plan.roll)
    console = Console()
    console.print(plan_table(plan, network, roll))
    if os.environ.get("ZBOR_YES") != "1" and input("Deploy this? [y/N] ").strip().lower() != "y":
        raise SystemExit("nothing was deployed")
    record = deploy(plan, brownie.project.get_loaded_projects()[0], deployer_account(network), network, roll)
    write_record(record, record_path(network))
    console.print(f"deployed; the record is {record_path(network)}. Next: brownie run hand_over --network {network}")


def deployer_account(network: str) -> Any:
    """The first account of a local chain; elsewhere the one that Brownie keeps as `ZBOR_ACCOUNT`."""
    if network == "development":
        return brownie.accounts[0]
    return brownie.accounts.load(os.environ.get("ZBOR_ACCOUNT") or input("Brownie account of the deployer: "))
