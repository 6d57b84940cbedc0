"""Ballots cast for organisations that gave their mandate, each with a choice of its own."""

from __future__ import annotations

import pytest
from ballot_paper import COUNTED, connect, expect_counted, mark, sign, status_of
from playwright.sync_api import expect

from scripts.mandate import grant_mandate, revoke_mandate
from scripts.wallet import Wallet

DAY = 86_400


@pytest.fixture
def trusted(demo, open_motion, wait_for_mandates, voter):
    """Let members give their mandate to the holder, who comes with its wallet; taken back at the end."""
    registry = demo.record.contract(demo.node, "MemberRegistry")
    body = demo.record.body(open_motion["body"]).id
    holder, wallet = voter
    givers = []

    def by(*principals):
        number, _ = registry.read("memberOf", wallet.address)
        for principal in principals:
            givers.append(Wallet(demo.node, principal.private_key))
            grant_mandate(givers[-1], registry, number, body, demo.node.block_time + DAY)
        wait_for_mandates(holder.code, len(principals))
        return holder, wallet

    yield by
    for giver in givers:
        revoke_mandate(giver, registry, body)


@pytest.fixture
def wait_for_mandates(api, demo):
    """The page must know of the mandates before it is opened."""

    def wait(code, number):
        while api(f"/v1/mandates?in_force=true&member={code}")["total"] < number:
            demo.node.call("evm_mine")

    return wait


def paper_of(page, principal):
    return page.locator(f"form[data-name='{principal.name}']")


def cast_for(page, principal, choice):
    paper = paper_of(page, principal)
    paper.get_by_role("radio", name=choice, exact=True).check()
    paper.get_by_role("button", name=f"Cast the ballot of {principal.name}").click()


def test_the_holder_casts_another_choice_for_the_organisation_that_trusts_it(
    visit, trusted, newcomer, another_voter, open_motion, ballot_of
):
    principal, second = newcomer[0], another_voter[0]
    holder, wallet = trusted(principal, second)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    mark(page, "For")
    review = page.locator("[data-piece=review]")
    for each in (principal, second):
        expect(review).to_contain_text(each.name)
    sign(page)
    expect_counted(page, "For", holder.name)
    assert page.locator(f"form[data-name='{principal.name}'] input:checked").count() == 0
    cast_for(page, principal, "Against")
    expect_counted(page, "Against", principal.name)
    cast = ballot_of(open_motion, principal.code)
    assert (cast["choice"], cast["cast_by"]["code"]) == ("against", holder.code)
    assert ballot_of(open_motion, holder.code)["choice"] == "for"
    page.locator(f"form[data-name='{principal.name}']").get_by_role("link", name="Open the receipt").click()
    expect(page.locator(".receipt")).to_contain_text("cast by mandate by")


def test_more_mandates_than_the_rule_allows_are_refused_before_the_wallet_opens(
    visit, trusted, newcomer, another_voter, open_motion
):
    principal, second = newcomer[0], another_voter[0]
    _, wallet = trusted(principal, second)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    cast_for(page, principal, "For")
    expect_counted(page, "For", principal.name)
    agreed = wallet.confirmed
    cast_for(page, second, "For")
    expect(status_of(page)).to_contain_text("as many ballots of others here as the rule allows")
    assert wallet.confirmed == agreed


def test_an_organisation_that_voted_itself_is_not_overridden(visit, trusted, another_voter, open_motion, ballot_of):
    principal, own = another_voter
    _, wallet = trusted(principal)
    page = visit(open_motion, own)
    connect(page, own)
    mark(page, "Abstain")
    sign(page)
    expect_counted(page, "Abstain", principal.name)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    cast_for(page, principal, "For")
    expect(status_of(page)).to_contain_text("its own ballot stands", timeout=COUNTED)
    assert ballot_of(open_motion, principal.code)["choice"] == "abstain"


def test_another_account_by_the_time_of_the_click_is_noticed_before_anything_is_sent(
    visit, trusted, newcomer, another_voter, wallet_of, open_motion, ballot_of
):
    principal, other = newcomer[0], another_voter[0]
    holder, wallet = trusted(principal)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(paper_of(page, principal)).to_be_visible()
    wallet.key = wallet_of(other.code).key
    cast_for(page, principal, "For")
    expect(status_of(page)).to_contain_text(other.name)
    expect(page.locator("[data-piece=mandates]")).to_be_hidden()
    expect(page.locator("[data-piece=review]")).to_be_hidden()
    assert "eth_sendTransaction" not in wallet.asked
    assert ballot_of(open_motion, principal.code) is None
    wallet.key = wallet_of(holder.code).key


def test_another_network_by_the_time_of_the_click_is_noticed_before_anything_is_sent(
    visit, trusted, newcomer, open_motion
):
    principal = newcomer[0]
    _, wallet = trusted(principal)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(paper_of(page, principal)).to_be_visible()
    wallet.chain_id = 1
    cast_for(page, principal, "For")
    expect(status_of(page)).to_contain_text("Your wallet is on another network.")
    assert "eth_sendTransaction" not in wallet.asked
    page.get_by_role("button", name="Change the network").click()
    cast_for(page, principal, "For")
    expect_counted(page, "For", principal.name)


def test_a_wallet_locked_by_the_time_of_the_click_is_told_so(visit, trusted, newcomer, open_motion):
    principal = newcomer[0]
    _, wallet = trusted(principal)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(paper_of(page, principal)).to_be_visible()
    wallet.locked = True
    cast_for(page, principal, "For")
    expect(status_of(page)).to_contain_text("The wallet is locked")
    assert "eth_sendTransaction" not in wallet.asked
    wallet.locked = False
    connect(page, wallet)
    cast_for(page, principal, "For")
    expect_counted(page, "For", principal.name)


def test_who_holds_no_mandate_sees_none(visit, trusted, another_voter, open_motion):
    principal, wallet = another_voter
    trusted(principal)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    mark(page, "For")
    expect(page.locator("[data-piece=mandates]")).to_be_hidden()
    expect(page.locator("[data-piece=held]").first).to_be_hidden()
