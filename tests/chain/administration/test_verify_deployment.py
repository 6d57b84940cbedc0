import dataclasses

import pytest
from brownie import accounts

from scripts import verify_deployment
from scripts.contract import selector
from scripts.hand_over import hand_over
from scripts.plan import rule_tuple
from scripts.record import Record
from scripts.roll import bytes32
from scripts.verify_deployment import verify


def differences(node, record, plan, roll):
    return {check.subject for check in verify(node, record, plan, roll) if not check.ok}


def test_an_honest_deployment_differs_in_nothing(handed_over, plan, roll, node):
    checks = verify(node, handed_over, plan, roll)
    assert len(checks) > 200
    assert [check for check in checks if not check.ok] == []


def test_a_deployment_not_handed_over_is_reported(deployed, plan, roll, node):
    found = differences(node, deployed, plan, roll)
    assert {"MemberRegistry: owner", "Rulebook: owner"} <= found
    assert "general_assembly: DEFAULT_ADMIN_ROLE held by" in found


def test_one_changed_rule_is_reported(deployed, project, plan, roll, node):
    rulebook = project.Rulebook.at(deployed.address("Rulebook"))
    laxer = dataclasses.replace(plan.rules["GA_2_3"], notice=plan.rules["GA_2_3"].notice - 1)
    rulebook.setRule("0x" + bytes32("GA_2_3").hex(), rule_tuple(laxer), {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    found = differences(node, deployed, plan, roll)
    assert {"rule GA_2_3", "number of rules"} <= found


def test_an_action_slipped_in_is_reported(deployed, project, plan, roll, node):
    rulebook = project.Rulebook.at(deployed.address("Rulebook"))
    kind_id = rulebook.kindIdOf("0x" + bytes32("work_plan").hex())
    rulebook.listAction(kind_id, deployed.address("MemberRegistry"), "0xf2fde38b", 0, 0, {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    assert {"kind work_plan: actions", "number of actions"} <= differences(node, deployed, plan, roll)


def test_another_chair_approver_or_factory_is_reported(deployed, project, plan, roll, node):
    registry = project.MemberRegistry.at(deployed.address("MemberRegistry"))
    registry.setChair(1, 2, {"from": accounts[0]})
    registry.setApprover(accounts[5], {"from": accounts[0]})
    registry.setFactory(accounts[6], {"from": accounts[0]})
    registry.setDaoURI("https://elsewhere.example", {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    found = differences(node, deployed, plan, roll)
    assert found == {"executive_board: chair", "approver", "factory", "DAO URI"}


def test_a_factory_of_other_bodies_is_reported(deployed, project, plan, roll, node):
    factory = deployed.entries["contracts"]["BodyFactory"]
    registry, rulebook, _, timelock = factory["constructorArguments"]
    other = accounts[0].deploy(project.BodyFactory, registry, rulebook, timelock, timelock)
    project.MemberRegistry.at(registry).setFactory(other, {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    contracts = {**deployed.entries["contracts"], "BodyFactory": {**factory, "address": other.address}}
    record = Record({**deployed.entries, "contracts": contracts})
    assert "BodyFactory: templates" in differences(node, record, plan, roll)


def test_a_veto_that_would_no_longer_be_barred_is_reported(deployed, project, plan, roll, node):
    rulebook, registry = project.Rulebook.at(deployed.address("Rulebook")), deployed.address("MemberRegistry")
    kind_id, exclude = (
        rulebook.kindIdOf("0x" + bytes32("exclusion").hex()),
        "0x" + selector("MemberRegistry", "exclude").hex(),
    )
    rulebook.unlistAction(registry, exclude, {"from": accounts[0]})
    rulebook.listAction(kind_id, registry, exclude, 0, 0, {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    assert differences(node, deployed, plan, roll) == {f"kind exclusion: party of {registry} {exclude[2:]}"}


def test_a_second_administrator_of_a_timelock_is_reported(deployed, project, plan, roll, node):
    timelock = project.BodyTimelock.at(deployed.bodies[1].timelock)
    timelock.grantRole("0x" + "00" * 32, accounts[5], {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    assert differences(node, deployed, plan, roll) == {"executive_board: DEFAULT_ADMIN_ROLE held by"}


def test_a_member_slipped_in_is_reported(deployed, project, plan, roll, node):
    registry = project.MemberRegistry.at(deployed.address("MemberRegistry"))
    extra = (accounts[7].address, 2, "0x5349", "0x" + bytes32("SI-EXTRA").hex(), "Extra")
    registry.found([extra], "0x" + "11" * 32, {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    assert differences(node, deployed, plan, roll) == {"number of members"}


def test_other_code_at_an_address_is_reported(handed_over, plan, roll, node):
    node.call("anvil_setCode", handed_over.address("Records"), "0x6001600101")
    assert "Records: code as compiled" in differences(node, handed_over, plan, roll)


@pytest.fixture
def record_of_network(monkeypatch, deployed):
    monkeypatch.setattr(verify_deployment, "read_record", lambda path: deployed)


def test_the_script_exits_with_an_error_on_any_difference(record_of_network, deployed):
    with pytest.raises(SystemExit) as ended:
        verify_deployment.main()
    assert ended.value.code == 1


def test_the_script_ends_well_when_nothing_differs(record_of_network, handed_over, capsys):
    verify_deployment.main()
    assert "agree" in capsys.readouterr().out
