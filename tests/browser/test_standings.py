"""Wallets that lost their vote are told who has it now."""

from __future__ import annotations

import pytest
from ballot_paper import connect, status_of
from eth_account import Account
from injected_wallet import InjectedWallet
from playwright.sync_api import expect

from backend.domain.members import MemberClass
from scripts.admit_member import admission, record_accession
from scripts.propose import Call, find_filing
from scripts.queue_and_execute import execute
from scripts.roll import Organisation, sample_key
from scripts.wallet import Wallet

LOST = "GR-PARADEIGMA"
"""Of the sample: its first wallet was lost and replaced."""
LATE = "RO-EXEMPLU"
"""Of the sample: will not keep to the agreement."""
DAY = 86_400


def test_a_wallet_that_was_replaced_names_the_one_that_votes_now(visit, demo, open_motion):
    lost = InjectedWallet(demo.node, "0x" + sample_key(LOST, 1).hex())
    now = InjectedWallet(demo.node, "0x" + sample_key(LOST, 2).hex())
    page = visit(open_motion, lost)
    connect(page, lost)
    expect(status_of(page)).to_contain_text("Your organisation has moved on to another account")
    expect(status_of(page)).to_contain_text(now.address)
    assert page.locator("#vote form:visible").count() == 0


@pytest.fixture
def in_default(later):
    """A member that was given notice of a breach, has not remedied it, and was declared a defaulting party."""
    registry = later.contract("MemberRegistry")
    member, _ = registry.read("memberOf", later.wallet(LATE).address)
    for act, *more in (("notifyBreach", 30 * DAY), ("declareDefault",)):
        decision = later.put("", call=Call(registry.address, registry.data(act, member, *more)))
        later.adopt(decision)
        later.carry_out(decision)
        later.wait(31 * DAY)
    return InjectedWallet(later.node, "0x" + later.key(LATE).hex())


def test_a_member_in_default_is_told_that_its_vote_rests_and_until_when(act_on, later, in_default):
    assert later.api(f"/members/{LATE}")["status"] == "defaulting"
    page = page_of_a_letter(act_on, later, in_default)
    expect(status_of(page)).to_contain_text("Your organisation was declared a defaulting party.")
    expect(status_of(page)).to_contain_text("until the assembly decides otherwise")
    expect_no_ballot(page, in_default)


def page_of_a_letter(act_on, later, wallet):
    letter = later.put("service_catalogue")
    later.open(letter)
    page = act_on(f"/proposals/{letter['id']}", wallet)
    connect(page, wallet)
    return page


def expect_no_ballot(page, wallet):
    assert page.locator("#vote form:visible").count() == 0
    assert {"eth_sendTransaction", "eth_signTypedData_v4"}.isdisjoint(wallet.asked)


def test_a_member_that_came_after_the_vote_had_opened_is_told_so_and_votes_on_the_next(act_on, office_of, later):
    account = Account.create()
    newcomer = Organisation("SI-POZNA", "Pozna zadruga", "SI", None, account.address)
    registry = later.contract("MemberRegistry")
    admitted = later.put("", call=admission(registry, newcomer, MemberClass.PARTNER))
    later.adopt(admitted)
    sender, governor = later.queue(admitted)
    before = later.put("service_catalogue")
    later.open(before)
    later.wait(DAY)
    execute(sender, governor, find_filing(governor, int(admitted["id"])))
    record_accession(Wallet(later.node, office_of("registrar").key), registry, account.address, b"signed")
    later.settle()
    wallet = InjectedWallet(later.node, account.key.to_0x_hex())
    page = act_on(f"/proposals/{before['id']}", wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("Your organisation had no vote yet when this vote opened (")
    expect(status_of(page)).to_contain_text("It can vote on proposals that open later.")
    expect_no_ballot(page, wallet)
    next_one = page_of_a_letter(act_on, later, wallet)
    expect(status_of(next_one)).to_contain_text("You vote for Pozna zadruga.")
