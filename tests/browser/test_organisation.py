"""The affairs of one's own organisation: its people, and its account on chain."""

from __future__ import annotations

import pytest
from eth_account import Account
from playwright.sync_api import expect
from signing_wallet import SigningWallet, say, sign_in, who

from scripts.roll import sample_key

MINE, OTHER = "SI-NOORDUNG", "GR-SCIFY"
MOVING = "RO-ADV"


@pytest.fixture
def wallet_with(demo):
    return lambda code: SigningWallet(demo.node, "0x" + sample_key(code).hex())


@pytest.fixture
def visit(demo, open_context):
    def go(code, *wallets, **options):
        context = open_context(**options)
        for each in wallets:
            each.enter(context)
        page = context.new_page()
        page.goto(f"{demo.url}/organisation?organisation={code}")
        return page

    return go


@pytest.fixture
def name_of(api):
    return lambda code: api(f"/v1/members/{code}")["name"]


def put_on_file(page, name, email, consent=True):
    page.get_by_text("Put somebody on file").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("They have agreed that this is kept").set_checked(consent)
    page.locator("[data-person-form]").get_by_role("button", name="Save").click()


def test_what_is_on_record_is_read_without_javascript(visit, name_of):
    page = visit(MINE, java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_have_text(name_of(MINE))
    expect(page.get_by_text("Call the coordinator's office.")).to_be_attached()
    assert "/v1/calendar.ics?language=en&member=SI-NOORDUNG" in page.content().replace("&amp;", "&")


def test_people_are_put_on_file_corrected_ended_and_erased(visit, wallet_with, name_of):
    page = visit(MINE, wallet_with(MINE))
    sign_in(page, name_of(MINE))
    put_on_file(page, "Nadja Novak", "not an address")
    expect(page.locator("#person-email-error")).to_have_text("Not an e-mail address.")
    page.get_by_label("E-mail address").fill("nadja@noordung.example")
    page.locator("[data-person-form]").get_by_role("button", name="Save").click()
    expect(say(page)).to_have_text("Nadja Novak is on file.")
    person = page.locator(".person", has_text="Nadja Novak")
    expect(person).to_contain_text("nadja@noordung.example")
    person.get_by_role("button", name="Correct").click()
    page.get_by_label("Name").fill("Nadja Kos")
    page.locator("[data-person-form]").get_by_role("button", name="Save").click()
    expect(say(page)).to_have_text("Corrected.")
    person = page.locator(".person", has_text="Nadja Kos")
    person.get_by_role("button", name="No longer acts for us").click()
    expect(say(page)).to_have_text("Nadja Kos does not act for your organisation any more.")
    person.get_by_role("button", name="Erase").click()
    person.get_by_role("button", name="Yes, erase for good").click()
    expect(say(page)).to_contain_text("Erased.")
    expect(page.locator("[data-people]")).not_to_contain_text("Nadja")


def test_without_consent_nothing_is_kept(visit, wallet_with, name_of):
    page = visit(MINE, wallet_with(MINE))
    sign_in(page, name_of(MINE))
    put_on_file(page, "Bojan Kos", "bojan@noordung.example", consent=False)
    expect(page.locator("#person-consent-error")).to_contain_text("They must have agreed")
    expect(page.locator("[data-people]")).not_to_contain_text("Bojan")


def test_people_of_another_organisation_are_neither_shown_nor_to_be_had(visit, demo, wallet_with, name_of):
    page = visit(MINE, wallet_with(MINE))
    sign_in(page, name_of(MINE))
    put_on_file(page, "Zofka Novak", "zofka@noordung.example")
    expect(say(page)).to_have_text("Zofka Novak is on file.")
    stranger = visit(OTHER, wallet_with(OTHER))
    sign_in(stranger, name_of(OTHER))
    stranger.goto(f"{demo.url}/organisation?organisation={MINE}")
    expect(who(stranger)).to_contain_text(name_of(OTHER))
    expect(stranger.locator("[data-own]").first).to_be_hidden()
    assert "Zofka" not in stranger.content()
    listed = stranger.evaluate("fetch('/v1/representatives').then((answer) => answer.json())")
    assert listed["items"] == []


def test_who_signs_in_for_another_organisation_is_led_to_their_own(visit, demo, wallet_with, name_of):
    page = visit(MINE, wallet_with(OTHER))
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(page).to_have_url(f"{demo.url}/organisation?organisation={OTHER}")
    expect(page.get_by_role("heading", level=1)).to_have_text(name_of(OTHER))


def test_an_organisation_moves_to_another_account_by_itself(visit, demo, api, wallet_with, name_of):
    fresh = Account.create()
    page = visit(MOVING, wallet_with(MOVING))
    sign_in(page, name_of(MOVING))
    page.get_by_text("Move to another account").click()
    for wrong, told in (
        ("0x12", "Not an address."),
        (
            fresh.address[:-1] + ("0" if fresh.address[-1] != "0" else "1"),
            "A letter or digit of this address is wrong.",
        ),
        (api(f"/v1/members/{OTHER}")["wallet"], "This account belongs to an organisation already."),
        (api(f"/v1/members/{MOVING}")["wallet"], "That is the account you have."),
    ):
        page.get_by_label("New account").fill(wrong)
        page.get_by_role("button", name="Check").click()
        expect(page.locator("#new-wallet-error")).to_contain_text(told)
    page.get_by_label("New account").fill(fresh.address)
    page.get_by_role("button", name="Check").click()
    expect(page.locator("[data-part=rotate-review]")).to_contain_text(fresh.address)
    page.get_by_role("button", name="Move to this account").click()
    expect(say(page)).to_contain_text("has moved to its new account.")
    expect(who(page)).to_have_text("You are not signed in.")
    assert api(f"/v1/members/{MOVING}")["wallet"] == fresh.address
    registry = demo.record.contract(demo.node, "MemberRegistry")
    assert registry.read("walletOf", api(f"/v1/members/{MOVING}")["id"]) == fresh.address


def test_nobody_moves_an_organisation_with_another_s_wallet(visit, wallet_with, name_of):
    wallet = wallet_with(OTHER)
    page = visit(MINE, wallet)
    page.get_by_text("Move to another account").click()
    page.get_by_label("New account").fill(Account.create().address)
    page.get_by_role("button", name="Check").click()
    expect(say(page)).to_have_text(f"The wallet holds an account that is not the one of {name_of(MINE)}.")
    assert "eth_sendTransaction" not in wallet.asked


def test_a_service_that_lies_about_the_account_moves_nobody(visit, api, wallet_with, name_of):
    """Whose account it is, the registry is asked through the wallet."""
    stranger, owner = wallet_with(OTHER), wallet_with(MINE)
    for wallet, told in (
        (stranger, "The wallet holds an account that is not the one of"),
        (owner, "From the next block"),
    ):
        page = visit(MINE, wallet)
        lie = {"wallet": (stranger if wallet is stranger else Account.create()).address}
        page.route("**/v1/members/*", lambda route, lie=lie: route.fulfill(json=lie))
        page.get_by_text("Move to another account").click()
        page.get_by_label("New account").fill(Account.create().address)
        page.get_by_role("button", name="Check").click()
        expect(page.locator("[data-say], [data-part=rotate-review]").filter(has_text=told)).to_be_visible()
        assert "eth_sendTransaction" not in wallet.asked
    assert api(f"/v1/members/{MINE}")["wallet"] == owner.address
