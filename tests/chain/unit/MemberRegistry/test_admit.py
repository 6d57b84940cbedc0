import pytest
from consortium import ADMITTED, ASSOCIATE, FOUNDING, PARTNER, admission, bytes32, wallet_of
from reverts import refused


def test_admitted_member_has_no_vote_before_its_accession_is_recorded(consortium):
    registry = consortium.registry
    tx = registry.admit(admission(11, PARTNER), {"from": consortium.deployer})
    assert tx.return_value == 11
    assert tuple(registry.member(11)) == (wallet_of(11), PARTNER, ADMITTED, "0x5349", 0, 0)
    assert dict(tx.events["MemberAdmitted"]) == {
        "memberId": 11,
        "wallet": wallet_of(11),
        "class": PARTNER,
        "country": "0x5349",
        "code": bytes32("ORG-11"),
        "name": "Organisation 11",
    }


def test_admit_is_refused_to_everyone_but_the_owner(consortium):
    for outsider in (consortium.registrar, consortium.wallet(1)):
        with refused("OwnableUnauthorizedAccount", outsider):
            consortium.registry.admit(admission(11, PARTNER), {"from": outsider})


def test_admit_refuses_a_wallet_that_serves_a_member(consortium):
    with refused("MemberRegistryWalletInUse", consortium.wallet(3), 3):
        consortium.registry.admit(admission(3, PARTNER), {"from": consortium.deployer})


def test_admit_refuses_a_wallet_a_member_has_left_behind(consortium):
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(3)})
    with refused("MemberRegistryWalletRevoked", consortium.wallet(3), 3):
        consortium.registry.admit(admission(3, PARTNER), {"from": consortium.deployer})


def test_admit_refuses_the_zero_wallet(consortium):
    zero = "0x" + "00" * 20
    with refused("MemberRegistryInvalidWallet", zero):
        consortium.registry.admit((zero, FOUNDING, "0x5349", bytes32("X"), "X"), {"from": consortium.deployer})


@pytest.mark.parametrize("country", ["0x0000", "0x7369", "0x5300", "0x5B41", "0x4140"])
def test_admit_refuses_what_is_no_country_code(consortium, country):
    wallet = wallet_of(11).address
    with refused("MemberRegistryInvalidAdmission", wallet, ASSOCIATE, bytes.fromhex(country[2:])):
        consortium.registry.admit((wallet, ASSOCIATE, country, bytes32("X"), "X"), {"from": consortium.deployer})


def test_admit_refuses_a_member_without_class(consortium):
    wallet = wallet_of(11).address
    with refused("MemberRegistryInvalidAdmission", wallet, 0, b"SI"):
        consortium.registry.admit((wallet, 0, "0x5349", bytes32("X"), "X"), {"from": consortium.deployer})
