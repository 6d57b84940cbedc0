"""Rights at any past second, whether the checkpoint lies in the member's slot or in its trace."""

from brownie import chain, web3
from consortium import ASSOCIATE, DAY, PARTNER, at, mine_at
from reverts import refused

MEMBER = 5


def rights_then(consortium, second):
    return consortium.registry.standing(consortium.wallet(MEMBER), second)[3]


def test_every_change_of_a_long_history_is_found_again(consortium):
    start = chain[-1].timestamp
    for step in range(1, 8):
        at(start + step * DAY)
        consortium.registry.changeClass(MEMBER, ASSOCIATE if step % 2 else PARTNER)
    mine_at(start + 8 * DAY)
    for step in range(1, 8):
        rights = 0b100 if step % 2 else 0b101
        assert rights_then(consortium, start + step * DAY) == rights
        assert rights_then(consortium, start + step * DAY - 1) == 0b101 - (step % 2 == 0)
        assert consortium.registry.entitledAt(0, start + step * DAY) == 8 - step % 2


def test_before_admission_there_are_no_rights(consortium):
    assert rights_then(consortium, 1) == 0
    assert rights_then(consortium, 0) == 0


def test_last_change_of_a_second_is_what_holds_for_it(project, consortium):
    registry = consortium.registry
    second = chain[-1].timestamp + DAY
    changes = [registry.changeClass.encode_input(MEMBER, new) for new in (ASSOCIATE, PARTNER, ASSOCIATE)]
    send_in_one_block(registry, consortium.deployer, changes, second)
    mine_at(second + 1)
    assert rights_then(consortium, second - 1) == 0b101
    assert rights_then(consortium, second) == 0b100
    assert registry.entitledAt(0, second) == 7


def send_in_one_block(contract, sender, calls, second):
    web3.provider.make_request("evm_setAutomine", [False])
    try:
        for data in calls:
            web3.eth.send_transaction(
                {"from": sender.address, "to": contract.address, "data": data, "gas": 500_000, "gasPrice": 0}
            )
        mine_at(second)
    finally:
        web3.provider.make_request("evm_setAutomine", [True])
    assert web3.eth.get_block_transaction_count("latest") == len(calls)


def test_electorate_of_the_running_second_is_not_answered(consortium):
    now = chain[-1].timestamp
    with refused("MemberRegistryFutureLookup", now, now):
        consortium.registry.entitledAt(0, now)


def test_stranger_stands_for_nobody(consortium, stranger):
    assert tuple(consortium.registry.standing(stranger, 1)) == (0, False, 0, 0, 0)
    assert tuple(consortium.registry.identify(stranger)) == (0, False, 0, 0)
