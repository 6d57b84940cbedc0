"""Mandates by transaction: given by the member itself, for a body or one proposal, until a second."""

import pytest
from brownie import chain
from consortium import DAY, LEFT, at, mine_at, wallet_of
from reverts import refused

PRINCIPAL, HOLDER, ASSEMBLY, BOARD = 5, 6, 0, 1


@pytest.fixture
def registry(consortium):
    return consortium.registry


@pytest.fixture
def principal(consortium):
    return consortium.wallet(PRINCIPAL)


@pytest.fixture
def until():
    return chain[-1].timestamp + 10 * DAY


def test_mandate_for_a_body_covers_every_proposal_of_it_and_no_other_body(registry, principal, until):
    tx = registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": principal})
    assert tuple(tx.events["MandateGranted"].values()) == (PRINCIPAL, HOLDER, ASSEMBLY, 0, until)
    assert [registry.holderOf(PRINCIPAL, ASSEMBLY, proposal) for proposal in (1, 2**192 - 1)] == [HOLDER, HOLDER]
    assert registry.holderOf(PRINCIPAL, BOARD, 1) == 0
    assert tuple(registry.mandateOf(PRINCIPAL, ASSEMBLY)) == (HOLDER, 0, until)


def test_mandate_for_one_proposal_covers_no_other(registry, principal, until):
    registry.grantMandate(HOLDER, ASSEMBLY, 2**192 - 1, until, {"from": principal})
    assert [registry.holderOf(PRINCIPAL, ASSEMBLY, proposal) for proposal in (2**192 - 1, 2**192 - 2, 0)] == [
        HOLDER,
        0,
        0,
    ]


def test_mandate_holds_in_its_last_second_and_not_after(registry, principal, until):
    registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": principal})
    mine_at(until)
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == HOLDER
    mine_at(until + 1)
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == 0


def test_later_mandate_replaces_the_earlier_one(registry, principal, until):
    registry.grantMandate(HOLDER, ASSEMBLY, 7, until, {"from": principal})
    registry.grantMandate(1, ASSEMBLY, 0, until - DAY, {"from": principal})
    assert tuple(registry.mandateOf(PRINCIPAL, ASSEMBLY)) == (1, 0, until - DAY)


def test_mandate_is_taken_back(registry, principal, until):
    registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": principal})
    tx = registry.revokeMandate(ASSEMBLY, {"from": principal})
    assert tuple(tx.events["MandateRevoked"].values()) == (PRINCIPAL, ASSEMBLY)
    assert tuple(registry.mandateOf(PRINCIPAL, ASSEMBLY)) == (0, 0, 0)
    with refused("MemberRegistryNoMandate", PRINCIPAL, ASSEMBLY):
        registry.revokeMandate(ASSEMBLY, {"from": principal})


def test_holder_cannot_pass_the_mandate_on_nor_give_itself_one(registry, consortium, principal, until):
    registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": principal})
    registry.grantMandate(7, ASSEMBLY, 0, until, {"from": consortium.wallet(HOLDER)})
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == HOLDER
    with refused("MemberRegistryInvalidMandate", HOLDER, HOLDER, until):
        registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": consortium.wallet(HOLDER)})


def test_mandate_that_is_over_already_is_refused(registry, principal, until):
    at(until + 1)
    with refused("MemberRegistryInvalidMandate", PRINCIPAL, HOLDER, until):
        registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": principal})
    at(until + 2)
    registry.grantMandate(HOLDER, ASSEMBLY, 0, until + 2, {"from": principal})


def test_proposal_that_cannot_exist_is_refused_rather_than_cut_to_another(registry, principal, until):
    with refused("MemberRegistryInvalidMandate", PRINCIPAL, HOLDER, until):
        registry.grantMandate(HOLDER, ASSEMBLY, 2**192, until, {"from": principal})


def test_holder_is_a_member_and_the_body_exists(registry, principal, until):
    for holder in (0, 99):
        with refused("MemberRegistryUnknownMember", holder):
            registry.grantMandate(holder, ASSEMBLY, 0, until, {"from": principal})
    with refused("MemberRegistryUnknownBody", 3):
        registry.grantMandate(HOLDER, 3, 0, until, {"from": principal})


def test_who_has_left_neither_gives_nor_gets_a_mandate(registry, consortium, principal, until):
    registry.recordExit(7)
    with refused("MemberRegistryUnexpectedStatus", 7, LEFT):
        registry.grantMandate(7, ASSEMBLY, 0, until, {"from": principal})
    with refused("MemberRegistryUnexpectedStatus", 7, LEFT):
        registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": consortium.wallet(7)})


def test_only_the_wallet_of_today_speaks_for_the_member(registry, principal, until, stranger):
    registry.rotateWallet(wallet_of(50), {"from": principal})
    for act, arguments in (
        (registry.grantMandate, (HOLDER, ASSEMBLY, 0, until)),
        (registry.revokeMandate, (ASSEMBLY,)),
    ):
        with refused("MemberRegistryWalletRevoked", principal, PRINCIPAL):
            act(*arguments, {"from": principal})
        with refused("MemberRegistryUnknownWallet", stranger):
            act(*arguments, {"from": stranger})


def test_mandate_survives_the_principals_change_of_wallet(registry, principal, until):
    registry.grantMandate(HOLDER, ASSEMBLY, 0, until, {"from": principal})
    registry.rotateWallet(wallet_of(50), {"from": principal})
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == HOLDER
    registry.revokeMandate(ASSEMBLY, {"from": wallet_of(50)})
    assert registry.holderOf(PRINCIPAL, ASSEMBLY, 1) == 0
