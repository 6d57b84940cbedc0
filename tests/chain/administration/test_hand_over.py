import pytest
from brownie import accounts
from brownie.exceptions import VirtualMachineError

from scripts.hand_over import PowerKeptError, hand_over, powers_of
from scripts.plan import rule_tuple
from scripts.roll import bytes32


def test_before_hand_over_the_deployer_holds_everything(deployed, project):
    kept = powers_of(deployed, project, accounts[0].address)
    assert {"MemberRegistry", "Rulebook", "DEFAULT_ADMIN_ROLE of the general_assembly"} <= set(kept)


def test_after_hand_over_no_local_account_holds_anything_but_the_two_offices_theirs(handed_over, project):
    held = {account.address: powers_of(handed_over, project, account.address) for account in accounts}
    offices = {accounts[1].address: ["registrar"], accounts[2].address: ["approver"]}
    assert {address: powers for address, powers in held.items() if powers} == offices


def test_the_deployer_can_no_longer_change_the_law(handed_over, project, plan):
    rulebook = project.Rulebook.at(handed_over.address("Rulebook"))
    with pytest.raises(VirtualMachineError, match="OwnableUnauthorizedAccount"):
        rulebook.setRule("0x" + bytes32("GA_2_3").hex(), rule_tuple(plan.rules["CONSULT"]), {"from": accounts[0]})


def test_the_deployer_can_no_longer_appoint_an_executor(handed_over, project):
    timelock = project.BodyTimelock.at(handed_over.bodies[0].timelock)
    with pytest.raises(VirtualMachineError, match="AccessControlUnauthorizedAccount"):
        timelock.grantRole(timelock.EXECUTOR_ROLE(), accounts[0], {"from": accounts[0]})


def test_an_interrupted_hand_over_can_be_finished(deployed, project):
    registry = project.MemberRegistry.at(deployed.address("MemberRegistry"))
    registry.transferOwnership(deployed.bodies[0].timelock, {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    hand_over(deployed, project, accounts[0], [].append)
    assert powers_of(deployed, project, accounts[0].address) == []


def test_a_deployer_that_stays_registrar_is_reported(deployed, project):
    registry = project.MemberRegistry.at(deployed.address("MemberRegistry"))
    registry.setRegistrar(accounts[0], {"from": accounts[0]})
    with pytest.raises(PowerKeptError, match="registrar"):
        hand_over(deployed, project, accounts[0], [].append)
