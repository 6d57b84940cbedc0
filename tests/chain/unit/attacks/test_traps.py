"""Mistakes that are easy to make in this way of building it, where no other test names them."""

from brownie import web3
from consortium import adopt, call_of, put, queue, resolution
from eth_abi import encode
from operations import operation_of
from reverts import refused

from scripts.plan import PLANS, read_plan

STEPS = ["MemberRegistry.notifyBreach", "MemberRegistry.declareDefault", "MemberRegistry.exclude"]


def test_trap_breach_default_and_exclusion_are_kinds_of_their_own(consortium):
    """One call belongs to one kind, so each step is a call of its own, and no proposal takes two steps at once."""
    registry = consortium.registry
    steps = [call_of(registry, "notifyBreach", 5, 30 * 86_400), call_of(registry, "declareDefault", 5)]
    with refused("RulebookPartyNotAlone", 2):
        consortium.rulebook.classify(0, [registry] * 2, [data for _, data in steps])
    plan = read_plan(PLANS / "development.toml")
    carriers = [[kind.name for kind in plan.kinds if step in kind.actions] for step in STEPS]
    assert [len(names) for names in carriers] == [1, 1, 1]
    assert len({name for (name,) in carriers}) == len(STEPS)


def test_trap_salt_is_of_the_governor_and_the_whole_number_of_the_proposal(consortium, stranger):
    question = adopt(
        consortium, put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    )
    tx = queue(question, stranger)
    salt = web3.keccak(encode(["address", "uint256"], [question.governor.address, question.id]))
    assert str(tx.events["CallSalt"]["salt"]) == "0x" + salt.hex()
    assert bytes.fromhex(str(tx.events["CallSalt"]["id"])[2:]) == operation_of(consortium, question)
