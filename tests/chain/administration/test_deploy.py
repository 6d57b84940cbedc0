import io

from brownie import accounts
from rich.console import Console

from scripts.deploy import plan_table
from scripts.plan import agreement_hash
from scripts.record import read_record, write_record
from scripts.roll import bytes32


def test_the_record_says_what_stands_where_and_what_it_was_made_from(deployed, plan, node):
    contracts = deployed.entries["contracts"]
    assert deployed.entries["chainId"] == node.chain_id
    assert [body.name for body in deployed.bodies] == [body.name for body in plan.bodies]
    assert contracts["Rulebook"]["constructorArguments"] == [accounts[0].address, contracts["Records"]["address"]]
    assert all(entry["block"] >= deployed.entries["block"] for entry in contracts.values())


def test_a_record_reads_back_as_it_was_written(deployed, tmp_path):
    write_record(deployed, tmp_path / "here" / "record.json")
    assert read_record(tmp_path / "here" / "record.json") == deployed


def test_the_founders_signed_the_agreement_of_the_plan(deployed, plan, node):
    documents = {
        log["documentHash"].hex() for log in deployed.contract(node, "MemberRegistry").logged("AccessionRecorded")
    }
    assert documents == {agreement_hash(plan)[2:]}


def test_seats_are_held_by_those_whom_the_plan_names(deployed, plan, roll, node):
    registry = deployed.contract(node, "MemberRegistry")
    board = plan.bodies[1]
    holders = {log["memberId"] for log in registry.logged("SeatGranted") if log["bodyId"] == plan.body_id(board.name)}
    assert holders == {registry.read("memberOf", roll[code].wallet)[0] for code in board.seats}


def test_the_law_is_written_down_as_planned(deployed, plan, node):
    rulebook = deployed.contract(node, "Rulebook")
    assert {rulebook.read("kindIdOf", bytes32(kind.name)) for kind in plan.kinds} == set(range(1, len(plan.kinds) + 1))


def test_the_plan_is_shown_before_anything_is_done(plan, roll):
    shown = io.StringIO()
    Console(file=shown, width=200).print(plan_table(plan, "development", roll))
    assert all(name in shown.getvalue() for name in (*plan.rules, "executive_board", "MemberRegistry.admit"))


def test_the_factory_makes_bodies_that_obey_their_governor_alone(deployed, project):
    registry = project.MemberRegistry.at(deployed.address("MemberRegistry"))
    factory = project.BodyFactory.at(deployed.address("BodyFactory"))
    key, rule = "0x" + bytes32("jury").hex(), "0x" + bytes32("EB_2_3").hex()
    factory.createBody(("Jury", key, 3_600, rule, 0), {"from": accounts[0]})
    number = len(deployed.bodies)
    _, governor, timelock, classes = registry.body(number)
    made = project.ConsortiumGovernor.at(governor)
    assert (made.bodyId(), made.name(), made.timelock(), classes) == (number, "Jury", timelock, 0)
    roles = project.BodyTimelock.at(timelock)
    held = {
        account
        for account in (governor, factory.address, accounts[0].address)
        if roles.hasRole("0x" + "00" * 32, account)
    }
    assert not held
    assert roles.hasRole(roles.PROPOSER_ROLE(), governor)


def test_offices_and_chairs_are_filled_as_planned(deployed, plan, roll, node):
    registry = deployed.contract(node, "MemberRegistry")
    chairs = [registry.read("chairOf", plan.body_id(body.name)) for body in plan.bodies]
    assert chairs == [registry.read("memberOf", roll[b.chair].wallet)[0] if b.chair else 0 for b in plan.bodies]
    assert (registry.read("approver"), registry.read("daoURI")) == (plan.approver, plan.dao_uri)
