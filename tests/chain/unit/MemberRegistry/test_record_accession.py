import pytest
from brownie import chain
from consortium import ACTIVE, AGREEMENT, PARTNER, admission, mine_at
from reverts import refused


@pytest.fixture
def newcomer(consortium):
    consortium.registry.admit(admission(11, PARTNER), {"from": consortium.deployer})
    return 11


def test_accession_gives_the_vote_from_that_second_on(consortium, newcomer):
    tx = consortium.registry.recordAccession(newcomer, AGREEMENT, {"from": consortium.registrar})
    second = chain[-1].timestamp
    mine_at(second + 1)
    assert tx.events["VotingRightsChanged"]["rights"] == 0b101
    assert consortium.registry.member(newcomer)[2] == ACTIVE
    assert consortium.registry.entitledAt(0, second - 1) == 8
    assert consortium.registry.entitledAt(0, second) == 9


def test_registrar_can_record_an_accession_once_only(consortium, newcomer):
    consortium.registry.recordAccession(newcomer, AGREEMENT, {"from": consortium.registrar})
    with refused("MemberRegistryUnexpectedStatus", newcomer, ACTIVE):
        consortium.registry.recordAccession(newcomer, AGREEMENT, {"from": consortium.registrar})


def test_accession_is_refused_to_everyone_else(consortium, newcomer):
    with refused("MemberRegistryUnauthorized", consortium.wallet(1)):
        consortium.registry.recordAccession(newcomer, AGREEMENT, {"from": consortium.wallet(1)})


def test_accession_is_refused_without_a_document(consortium, newcomer):
    with refused("MemberRegistryMissingDocument", newcomer):
        consortium.registry.recordAccession(newcomer, "0x" + "00" * 32, {"from": consortium.registrar})


@pytest.mark.parametrize("member_id", [0, 12, 65_535])
def test_accession_is_refused_for_someone_not_on_the_roll(consortium, newcomer, member_id):
    with refused("MemberRegistryUnknownMember", member_id):
        consortium.registry.recordAccession(member_id, AGREEMENT, {"from": consortium.registrar})
