import dataclasses

import pytest
from brownie import accounts, chain

from scripts import verify_deployment
from scripts.hand_over import hand_over
from scripts.plan import rule_tuple
from scripts.roll import bytes32, founders
from scripts.verify_deployment import verify


def differences(node, record, plan, roll):
    return {check.subject for check in verify(node, record, plan, roll) if not check.ok}


def second_passes():
    """Who is entitled can be asked on chain for past seconds only."""
    chain.sleep(2)
    chain.mine()


def test_an_honest_deployment_differs_in_nothing(handed_over, plan, roll, node):
    checks = verify(node, handed_over, plan, roll)
    assert len(checks) > 150
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
    assert {"rule GA_2_3", "number of rules", "general_assembly: notice and period by default"} <= found


def test_an_action_slipped_in_is_reported(deployed, project, plan, roll, node):
    rulebook = project.Rulebook.at(deployed.address("Rulebook"))
    kind_id = rulebook.kindIdOf("0x" + bytes32("work_plan").hex())
    rulebook.listAction(kind_id, deployed.address("MemberRegistry"), "0xf2fde38b", {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    assert {"kind work_plan: actions", "number of actions"} <= differences(node, deployed, plan, roll)


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
    second_passes()
    found = differences(node, deployed, plan, roll)
    assert {"number of members", "number of admissions and accessions", "general_assembly: entitled"} <= found


def test_other_code_at_an_address_is_reported(handed_over, plan, roll, node):
    node.call("anvil_setCode", handed_over.address("Records"), "0x6001600101")
    assert "Records: code as compiled" in differences(node, handed_over, plan, roll)


def bytes_of(node, address):
    return bytes.fromhex(node.call("eth_getCode", address, "latest")[2:])


def put(node, address, code):
    node.call("anvil_setCode", address, "0x" + code.hex())


def test_one_call_of_another_library_is_reported(handed_over, plan, roll, node):
    governor, acts = handed_over.bodies[0].governor, bytes.fromhex(handed_over.address("Acts")[2:])
    code = bytes_of(node, governor)
    assert code.count(acts) > 1
    put(node, governor, code.replace(acts, bytes.fromhex("ce" * 20), 1))
    assert differences(node, handed_over, plan, roll) == {"ConsortiumGovernor:general_assembly: code as compiled"}


@pytest.mark.parametrize("part", ["registry", "rulebook", "timelock"])
def test_an_immutable_value_that_differs_in_one_place_is_reported(handed_over, plan, roll, node, part):
    governor = handed_over.governor(node, "general_assembly")
    value, code = bytes.fromhex(governor.read(part)[2:]), bytes_of(node, governor.address)
    for place in range(code.count(value)):
        start = -1
        for _ in range(place + 1):
            start = code.index(value, start + 1)
        put(node, governor.address, code[:start] + b"\xce" * 20 + code[start + 20 :])
        assert differences(node, handed_over, plan, roll) == {"ConsortiumGovernor:general_assembly: code as compiled"}


def test_code_slipped_into_zeros_is_reported(handed_over, plan, roll, node):
    address = handed_over.bodies[0].governor
    code = bytes_of(node, address)
    start = code.index(bytes(32))
    put(node, address, code[:start] + b"\x5b" * 32 + code[start + 32 :])
    assert differences(node, handed_over, plan, roll) == {"ConsortiumGovernor:general_assembly: code as compiled"}


def test_a_body_under_another_name_or_default_rule_is_reported(handed_over, plan, roll, node):
    board = dataclasses.replace(plan.bodies[1], default_rule="GA_2_3")
    other = dataclasses.replace(plan, bodies=(plan.bodies[0], board, plan.bodies[2]))
    assert differences(node, handed_over, other, roll) == {
        "ConsortiumGovernor:executive_board: made from",
        "ConsortiumGovernor:executive_board: code as compiled",
    }


@pytest.mark.parametrize("change", [{"name": "Another name"}, {"code": "SI-OTHER"}, {"country": "AT"}], ids=str)
def test_a_member_written_down_otherwise_is_reported(handed_over, plan, roll, node, change):
    changed = {**roll, "SI-PIP": dataclasses.replace(roll["SI-PIP"], **change)}
    code = changed["SI-PIP"].code
    assert f"member {code}: as admitted" in differences(node, handed_over, plan, changed)


def test_another_agreement_is_reported(handed_over, plan, roll, node, tmp_path):
    (tmp_path / "agreement.md").write_text("another one")
    other = dataclasses.replace(plan, agreement=tmp_path / "agreement.md")
    found = differences(node, handed_over, other, roll)
    assert found == {f"member {founder.code}: agreement signed" for founder in founders(roll)}


def test_a_right_that_the_plan_does_not_give_is_reported(deployed, project, plan, roll, node):
    registry = project.MemberRegistry.at(deployed.address("MemberRegistry"))
    member_id, _ = registry.memberOf(roll["SI-PIP"].wallet)
    registry.grantSeat(1, member_id, {"from": accounts[0]})
    hand_over(deployed, project, accounts[0], [].append)
    second_passes()
    found = differences(node, deployed, plan, roll)
    assert {"member SI-PIP: rights", "member SI-PIP: seats", "executive_board: entitled"} <= found


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
