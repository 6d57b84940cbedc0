"""Hand a consortium over to its own assembly: `brownie run hand_over --network <network>`.

Afterwards no human key can change the roll, the law or a timelock: the registry and the rulebook belong to the
timelock of the first body, and each timelock answers to itself and obeys its governor alone.
"""

from __future__ import annotations

from typing import Any

import brownie

from scripts.deploy import Report, deployer_account
from scripts.record import Record, read_record, record_path

ADMIN = "0x" + "00" * 32
"""OpenZeppelin's DEFAULT_ADMIN_ROLE."""
ROLES = ("DEFAULT_ADMIN_ROLE", "PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE")


class PowerKeptError(Exception):
    """The deployer still holds something; the message names it."""


def hand_over(record: Record, project: Any, deployer: Any, report: Report = print) -> None:
    """Transfer what the deployer owns and renounce its roles. Raises `PowerKeptError` if anything is left.

    May be run again after an interruption: what is done already is left alone.
    """
    heir = record.bodies[0].timelock
    for key in ("MemberRegistry", "Rulebook"):
        contract = getattr(project, key).at(record.address(key))
        if contract.owner() == deployer.address:
            report(f"{key} now belongs to the {record.bodies[0].name}")
            contract.transferOwnership(heir, {"from": deployer}, silent=True)
    for body in record.bodies:
        timelock = project.BodyTimelock.at(body.timelock)
        if timelock.hasRole(ADMIN, deployer.address):
            report(f"the timelock of the {body.name} has no administrator any more")
            timelock.renounceRole(ADMIN, deployer.address, {"from": deployer}, silent=True)
    kept = powers_of(record, project, deployer.address)
    if kept:
        raise PowerKeptError(f"{deployer.address} still holds: {', '.join(kept)}")


def powers_of(record: Record, project: Any, account: str) -> list[str]:
    """Everything that the account could still do alone."""
    kept = [
        key
        for key in ("MemberRegistry", "Rulebook")
        if getattr(project, key).at(record.address(key)).owner() == account
    ]
    registry = project.MemberRegistry.at(record.address("MemberRegistry"))
    kept += [office for office in ("registrar", "approver") if getattr(registry, office)() == account]
    for body in record.bodies:
        timelock = project.BodyTimelock.at(body.timelock)
        held = [role for role in ROLES if timelock.hasRole(getattr(timelock, role)(), account)]
        kept += [f"{role} of the {body.name}" for role in held]
    return kept


def main() -> None:
    """Hand over the deployment of the active network."""
    network = str(brownie.network.show_active())
    record = read_record(record_path(network))
    hand_over(record, brownie.project.get_loaded_projects()[0], deployer_account(network))
    print(f"handed over. Next: brownie run verify_deployment --network {network}")
