"""Three hundred members, most of them partners: what is written for each, and what is counted over all."""

from brownie import chain
from consortium import AGREEMENT, DELAY, PARTNER, admission, deploy_body, mine_at
from reverts import refused

BATCH = 30
BLOCK_GAS = 30_000_000


def test_three_hundred_members_are_founded_at_the_cost_of_thirty_each_time(consortium):
    for first in range(11, 301, BATCH):
        numbers = range(first, min(first + BATCH, 301))
        tx = consortium.registry.found([admission(number, PARTNER) for number in numbers], AGREEMENT)
        assert tx.gas_used <= len(numbers) * 85_000 + 25_000
    founded = chain[-1].timestamp
    mine_at(founded + 1)
    assert consortium.registry.memberCount() == 300
    assert [consortium.registry.entitledAt(body, founded) for body in range(3)] == [298, 3, 300]


def test_body_made_for_three_hundred_members_gives_each_its_vote_within_a_block(project, consortium):
    for first in range(11, 301, 100):
        numbers = range(first, min(first + 100, 301))
        consortium.registry.found([admission(number, PARTNER) for number in numbers], AGREEMENT)
    deploy_body(project, consortium.deployer, consortium.registry, consortium.rulebook, "general_assembly", DELAY)
    created = chain[-1]
    mine_at(created.timestamp + 1)
    assert created.gasUsed < BLOCK_GAS / 2
    assert consortium.registry.entitledAt(3, created.timestamp) == 298
    assert consortium.registry.member(300)[4] == 0b1101
    with refused("MemberRegistryUnknownMember", 301):
        consortium.registry.member(301)
