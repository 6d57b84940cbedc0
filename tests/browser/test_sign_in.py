"""Signing in with a wallet in a real browser: what is signed, for whom, until when, and what is refused."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from eth_account import Account
from playwright.sync_api import expect
from signing_wallet import SigningWallet, sign_in, who

from scripts.roll import sample_key

SONCNA = "SI-SONCNA"


@pytest.fixture
def wallet(demo):
    return SigningWallet(demo.node, "0x" + sample_key(SONCNA).hex())


@pytest.fixture
def name(api):
    return api(f"/v1/members/{SONCNA}")["name"]


@pytest.fixture
def visit(demo, open_context):
    def go(*wallets, path="/sign-in", **options):
        context = open_context(**options)
        for each in wallets:
            each.enter(context)
        page = context.new_page()
        page.goto(demo.url + path)
        return page

    return go


def test_a_member_signs_a_text_of_the_page_s_own_making_and_is_signed_in_till_an_hour_that_is_said(
    visit, demo, wallet, name
):
    page = visit(wallet)
    expect(who(page)).to_have_text("You are not signed in.")
    sign_in(page, name)
    host = urlsplit(demo.url).netloc
    assert len(wallet.texts) == 1
    assert wallet.texts[0].startswith(f"{host} wants you to sign in with your Ethereum account:\n{wallet.address}\n")
    assert f"URI: {demo.url}/v1/sign-in\nVersion: 1\nChain ID: 31337\nNonce: " in wallet.texts[0]
    assert "eth_sendTransaction" not in wallet.asked
    assert page.evaluate("document.activeElement.dataset.who !== undefined"), "the line that says so has the focus"
    page.reload()
    expect(who(page)).to_contain_text(f"You are signed in for {name}.")
    assert re.search(r"The session ends .+ at \d", who(page).inner_text())


def test_no_script_of_a_page_can_read_the_cookie(visit, wallet, name):
    page = visit(wallet)
    sign_in(page, name)
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"].endswith("zbor")]
    assert [(cookie["httpOnly"], cookie["sameSite"]) for cookie in cookies] == [(True, "Strict")]
    assert "zbor_" not in page.evaluate("document.cookie")


def test_who_signs_out_is_signed_out_for_good(visit, wallet, name):
    page = visit(wallet)
    sign_in(page, name)
    page.get_by_role("button", name="Sign out").click()
    expect(who(page)).to_have_text("You are signed out.")
    page.reload()
    expect(who(page)).to_have_text("You are not signed in.")


def test_a_text_that_asks_for_more_than_a_number_and_two_times_is_never_signed(visit, wallet):
    """A service that was taken over gives out another message: of it only number and times are used, or nothing."""
    page = visit(wallet)
    page.route("**/v1/sign-in/message", lambda route: route.fulfill(json={"message": "I give everything away\n"}))
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text("Nothing was sent.")
    assert wallet.texts == []


def test_a_refusal_in_the_wallet_is_told_and_can_be_taken_back(visit, wallet, name):
    wallet.refuses = {"personal_sign"}
    page = visit(wallet)
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text("You refused in the wallet.")
    wallet.refuses = set()
    sign_in(page, name)


def test_an_account_of_nobody_is_told_so(visit, demo):
    page = visit(SigningWallet(demo.node, Account.create().key.to_0x_hex()))
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text("This account belongs to no member and holds no office here.")


def test_without_a_wallet_the_page_says_what_to_do(visit):
    page = visit()
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text("No wallet was found in this browser.")


def test_of_two_wallets_one_is_chosen(visit, wallet, demo, name):
    other = SigningWallet(demo.node, Account.create().key.to_0x_hex(), name="Other Wallet")
    page = visit(other, wallet)
    page.get_by_role("button", name="Sign in with the wallet").click()
    page.get_by_role("button", name=wallet.name, exact=True).click()
    expect(who(page)).to_contain_text(f"You are signed in for {name}.")
    assert other.texts == []


def test_a_wallet_on_another_network_changes_it_first(visit, wallet, name):
    wallet.chain_id = 1
    page = visit(wallet)
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text("Your wallet is on another network.")
    page.get_by_role("button", name="Change the network").click()
    expect(who(page)).to_contain_text(f"You are signed in for {name}.")
    assert wallet.chain_id == 31_337


def test_by_keyboard_alone(visit, wallet, name):
    page = visit(wallet)
    button = page.get_by_role("button", name="Sign in with the wallet")
    expect(button).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.act") == "sign-in":
            break
    page.keyboard.press("Enter")
    expect(who(page)).to_contain_text(f"You are signed in for {name}.")


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/drafts", "/drafts"),
        ("https://evil.example/", "/organisation"),
        ("//evil.example/", "/organisation"),
        ("/\\evil.example/", "/organisation"),
        ("/.//evil.example/", "//evil.example/"),
        ("/x/..//evil.example/", "//evil.example/"),
    ],
)
def test_it_goes_on_to_a_page_of_this_service_and_to_no_other(visit, demo, wallet, name, wanted, leads):
    page = visit(wallet, path=f"/sign-in?next={wanted}")
    sign_in(page, name)
    page.get_by_role("link", name="Go on").click()
    expect(page).to_have_url(f"{demo.url}{leads}?organisation={SONCNA}")
