import dataclasses

import pytest
from brownie import accounts, chain
from eth_utils import keccak

from scripts import verify_code, verify_deployment
from scripts.bytecode import domain_separator
from scripts.contract import selector
from scripts.deploy import WITHOUT_TERM
from scripts.hand_over import hand_over
from scripts.plan import rule_tuple
from scripts.record import Record
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
    assert {"rule GA_2_3", "number of rules", "general_assembly: notice and period by default"} <= found


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


def test_a_factory_recorded_as_made_from_other_templates_is_reported(handed_over, plan, roll, node):
    factory = handed_over.entries["contracts"]["BodyFactory"]
    registry, rulebook, (_, kept), timelock = factory["constructorArguments"]
    arguments = [registry, rulebook, ["0x" + "11" * 32, kept], timelock]
    contracts = {**handed_over.entries["contracts"], "BodyFactory": {**factory, "constructorArguments": arguments}}
    record = Record({**handed_over.entries, "contracts": contracts})
    assert differences(node, record, plan, roll) == {"BodyFactory: made from"}


def first_piece(record, name):
    arguments = record.entries["contracts"]["BodyFactory"]["constructorArguments"]
    return arguments[2 + verify_code.TEMPLATES.index(name)][1][0]


@pytest.mark.parametrize("name", verify_code.TEMPLATES)
@pytest.mark.parametrize("place", [0, 1, -1], ids=["stop", "first", "last"])
def test_one_other_byte_in_a_piece_that_the_factory_keeps_is_reported(handed_over, plan, roll, node, name, place):
    address = first_piece(handed_over, name)
    code = bytearray(bytes_of(node, address))
    code[place] ^= 1
    put(node, address, bytes(code))
    assert f"CodeChunk:{name} 1: code as compiled" in differences(node, handed_over, plan, roll)


@pytest.mark.parametrize("name", verify_code.TEMPLATES)
def test_a_factory_that_keeps_another_piece_than_recorded_is_reported(handed_over, plan, roll, node, name):
    factory = handed_over.address("BodyFactory")
    slot = verify_code.SLOTS_OF_TEMPLATE * verify_code.TEMPLATES.index(name) + 1
    place = "0x" + keccak(slot.to_bytes(32, "big")).hex()
    assert node.call("eth_getStorageAt", factory, place, "latest")[26:] == first_piece(handed_over, name)[2:].lower()
    node.call("anvil_setStorageAt", factory, place, "0x" + "ce".rjust(64, "0"))
    assert differences(node, handed_over, plan, roll) == {f"BodyFactory: pieces of {name}"}


@pytest.mark.parametrize("part", ["registry", "rulebook"])
def test_a_factory_for_another_roll_or_law_is_reported(handed_over, plan, roll, node, part):
    factory = handed_over.contract(node, "BodyFactory")
    value = bytes.fromhex(factory.read(part)[2:])
    put(node, factory.address, bytes_of(node, factory.address).replace(value, b"\xce" * 20))
    assert differences(node, handed_over, plan, roll) == {"BodyFactory: code as compiled"}


def test_one_byte_of_a_library_is_reported(handed_over, plan, roll, node):
    address = handed_over.address("Acts")
    code = bytes_of(node, address)
    put(node, address, code[:-1] + bytes([code[-1] ^ 1]))
    assert "Acts: code as compiled" in differences(node, handed_over, plan, roll)


def test_a_registry_that_signs_as_another_is_reported(handed_over, plan, roll, node):
    address = handed_over.address("MemberRegistry")
    signs_in = domain_separator("MemberRegistry", node.chain_id, address)
    code = bytes_of(node, address)
    assert signs_in in code
    put(node, address, code.replace(signs_in, domain_separator("MemberRegistry", node.chain_id, "0x" + "ce" * 20)))
    assert differences(node, handed_over, plan, roll) == {"MemberRegistry: code as compiled"}


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
    registry.grantSeat(1, member_id, WITHOUT_TERM, {"from": accounts[0]})
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
