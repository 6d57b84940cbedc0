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
