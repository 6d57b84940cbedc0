from brownie import chain
from consortium import ACTIVE, AGREEMENT, ASSOCIATE, FOUNDING, PARTNER, admission, mine_at
from reverts import refused


def test_founders_vote_at_once_and_their_accession_is_the_agreement(consortium):
    tx = consortium.registry.found([admission(11, FOUNDING), admission(12, ASSOCIATE)], AGREEMENT)
    assert [event["documentHash"] for event in tx.events["AccessionRecorded"]] == [AGREEMENT, AGREEMENT]
    assert [event["current"] for event in tx.events["MemberStatusChanged"]] == [ACTIVE, ACTIVE]
    assert [event["rights"] for event in tx.events["VotingRightsChanged"]] == [0b101, 0b100]


def test_batches_add_up_in_every_electorate(consortium):
    consortium.registry.found([admission(11, FOUNDING), admission(12, PARTNER)], AGREEMENT)
    consortium.registry.found([admission(13, ASSOCIATE)], AGREEMENT)
    now = chain[-1].timestamp
    mine_at(now + 1)
    assert [consortium.registry.entitledAt(body, now) for body in range(3)] == [10, 3, 13]


def test_found_is_refused_without_the_agreement(consortium):
    with refused("MemberRegistryMissingDocument", 11):
        consortium.registry.found([admission(11, FOUNDING)], "0x" + "00" * 32)


def test_found_is_out_of_the_deployers_reach_after_hand_over(governed):
    with refused("OwnableUnauthorizedAccount", governed.deployer):
        governed.registry.found([admission(11, FOUNDING)], AGREEMENT, {"from": governed.deployer})
