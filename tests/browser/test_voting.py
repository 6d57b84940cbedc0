"""Members vote with a wallet in a real browser, against a real chain, indexer and API."""

from __future__ import annotations

import pytest
from eth_account import Account
from injected_wallet import InjectedWallet
from playwright.sync_api import expect

FOR_ON_CHAIN, ABSTAIN_ON_CHAIN = 2, 3


@pytest.fixture
def visit(demo, open_context):
    """Open a proposal's page in a browser that has these wallets."""

    def go(proposal, *wallets, language="en", **options):
        context = open_context(**options)
        for wallet in wallets:
            wallet.enter(context)
        page = context.new_page()
        page.goto(f"{demo.url}/proposals/{proposal['id']}?lang={language}")
        return page

    return go


def status_of(page):
    return page.locator("#vote [data-say]")


def connect(page, wallet):
    page.get_by_role("button", name=wallet.name).click()


def fill_in(page, choice, review="Review the ballot"):
    page.get_by_role("radio", name=choice, exact=True).check()
    page.get_by_role("button", name=review).click()


def test_a_member_votes_and_page_api_and_chain_agree(visit, newcomer, open_motion, ballot_of, choice_on_chain):
    key, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    assert page.locator("input[name=choice]:checked").count() == 0
    fill_in(page, "For")
    expect(page.locator("[data-part=review]")).to_contain_text(key.name)
    expect(page.locator("[data-part=review]")).to_contain_text(wallet.address)
    assert "eth_sendTransaction" not in wallet.asked
    page.get_by_role("button", name="Send the ballot").click()
    expect(status_of(page)).to_have_text(f"Your ballot is counted: For, for {key.name}.")
    expect(page.locator("#ballots tbody")).to_contain_text(key.name)
    counted = ballot_of(open_motion, key.code)
    assert counted["choice"] == "for"
    assert counted["wallet"] == wallet.address
    assert counted["transaction_hash"] == page.locator("[data-part=receipt] [data-fact=transaction]").inner_text()
    assert choice_on_chain(open_motion, wallet) == FOR_ON_CHAIN


def test_a_refusal_in_the_wallet_sends_nothing_and_can_be_taken_back(
    visit, newcomer, open_motion, ballot_of, choice_on_chain
):
    key, wallet = newcomer
    wallet.refuses = {"eth_sendTransaction"}
    page = visit(open_motion, wallet)
    connect(page, wallet)
    fill_in(page, "Abstain")
    page.get_by_role("button", name="Send the ballot").click()
    expect(status_of(page)).to_contain_text("You refused in the wallet. Nothing was sent.")
    assert choice_on_chain(open_motion, wallet) == 0
    wallet.refuses = set()
    page.get_by_role("button", name="Send the ballot").click()
    expect(status_of(page)).to_contain_text("Your ballot is counted: Abstain")
    assert choice_on_chain(open_motion, wallet) == ABSTAIN_ON_CHAIN
    assert ballot_of(open_motion, key.code)["choice"] == "abstain"


def test_a_wallet_on_an_unknown_network_learns_it_with_one_button(visit, newcomer, open_motion):
    key, wallet = newcomer
    wallet.chain_id, wallet.known_chains = 1, {1}
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("Your wallet is on another network.")
    expect(page.locator("form[data-part=ballot]")).to_be_hidden()
    page.get_by_role("button", name="Change the network").click()
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    assert "wallet_addEthereumChain" in wallet.asked


def test_of_two_wallets_each_is_offered_and_the_last_one_is_remembered(visit, newcomer, wallet_of, open_motion):
    key, wallet = newcomer
    other = wallet_of("IT-EURICSE", name="Other Wallet", icon="https://tracker.example/icon.png")
    page = visit(open_motion, wallet, other)
    buttons = page.locator("[data-wallets] button")
    expect(buttons).to_have_text([wallet.name, other.name])
    assert buttons.nth(0).locator("img").get_attribute("src").startswith("data:image/")
    assert buttons.nth(1).locator("img").count() == 0
    connect(page, wallet)
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    page.reload()
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    assert page.evaluate("document.activeElement === document.body"), "a page that opens takes nobody's place"
    assert other.asked == []


def test_a_locked_wallet_and_a_waiting_window_are_told_apart(visit, newcomer, open_motion):
    key, wallet = newcomer
    wallet.locked = True
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("The wallet is locked")
    wallet.locked, wallet.window_waiting = False, True
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("already has a window waiting")
    wallet.window_waiting = False
    connect(page, wallet)
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")


def test_an_account_of_nobody_is_told_so(visit, demo, open_motion):
    stranger = InjectedWallet(demo.node, Account.create().key.to_0x_hex())
    page = visit(open_motion, stranger)
    connect(page, stranger)
    expect(status_of(page)).to_contain_text("This account belongs to no member")
    expect(page.locator("form[data-part=ballot]")).to_be_hidden()


@pytest.mark.parametrize("code", ["DE-VILSTAL", "SI-PRIMER"])
def test_an_associate_and_an_excluded_member_have_no_vote_in_the_assembly(visit, wallet_of, open_motion, code):
    wallet = wallet_of(code)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("Your organisation has no vote in this body.")


def test_who_has_voted_sees_what_and_when_before_changing_it(visit, api, wallet_of, open_motion):
    ballot = api(f"/v1/proposals/{open_motion['id']}/ballots")["items"][0]
    wallet = wallet_of(ballot["member"]["code"])
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text(f"Its ballot so far: {ballot['choice'].capitalize()}, ")
    expect(status_of(page)).to_contain_text("A new ballot takes its place.")


def test_a_member_changes_its_ballot_and_the_last_one_counts(visit, newcomer, open_motion, ballot_of, choice_on_chain):
    key, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    for choice in ("Against", "Abstain"):
        fill_in(page, choice)
        expect(status_of(page)).to_contain_text("You can change it until the deadline")
        page.get_by_role("button", name="Send the ballot").click()
        expect(status_of(page)).to_have_text(f"Your ballot is counted: {choice}, for {key.name}.")
        page.reload()
        expect(status_of(page)).to_contain_text(f"Its ballot so far: {choice}")
    assert ballot_of(open_motion, key.code)["choice"] == "abstain"
    assert choice_on_chain(open_motion, wallet) == ABSTAIN_ON_CHAIN


def test_a_vote_needs_no_mouse(visit, newcomer, open_motion, choice_on_chain):
    key, wallet = newcomer
    page = visit(open_motion, wallet)
    expect(page.locator("[data-wallets] button")).to_be_visible()
    press_until(page, "document.activeElement.matches('[data-wallets] button')", "Tab")
    page.keyboard.press("Enter")
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    assert page.evaluate("document.activeElement.matches('[data-say]')")
    press_until(page, "document.activeElement.matches('input[name=choice]')", "Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=review]")).to_be_visible()
    press_until(page, "document.activeElement.matches('[data-act=send]')", "Tab")
    page.keyboard.press("Enter")
    expect(status_of(page)).to_contain_text("Your ballot is counted")
    assert choice_on_chain(open_motion, wallet) == FOR_ON_CHAIN


def press_until(page, condition, key, most=80):
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    raise AssertionError(f"{key} never led to {condition}")


def test_a_slovene_member_votes_in_slovene(visit, newcomer, open_motion, ballot_of):
    key, wallet = newcomer
    page = visit(open_motion, wallet, language="sl")
    connect(page, wallet)
    expect(status_of(page)).to_have_text(f"Glasujete v imenu članice: {key.name}.")
    fill_in(page, "Proti", review="Preglej glasovnico")
    page.get_by_role("button", name="Pošlji glasovnico").click()
    expect(status_of(page)).to_have_text(f"Vaša glasovnica šteje. Izbira: Proti. Članica: {key.name}.")
    assert ballot_of(open_motion, key.code)["choice"] == "against"


def test_another_account_in_the_wallet_is_checked_at_once(visit, newcomer, wallet_of, open_motion):
    key, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    wallet.key = wallet_of("DE-VILSTAL").key
    page.evaluate(f"window['{wallet.door}_emit']('accountsChanged', [])")
    expect(status_of(page)).to_contain_text("Your organisation has no vote in this body.")
    expect(page.locator("form[data-part=ballot]")).to_be_hidden()


def test_an_interest_declared_elsewhere_is_noticed_before_anything_is_sent(visit, newcomer, demo, open_motion):
    _, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    page.get_by_role("radio", name="Against", exact=True).check()
    governor = demo.record.governor(demo.node, open_motion["body"])
    wallet.answer(
        "eth_sendTransaction",
        [{"to": governor.address, "value": "0x0", "data": governor.data("recuse", int(open_motion["id"]))}],
    )
    wallet.asked.clear()
    page.get_by_role("button", name="Review the ballot").click()
    expect(status_of(page)).to_contain_text("Your organisation takes no part in this vote.")
    assert "eth_sendTransaction" not in wallet.asked


def test_without_a_wallet_the_page_says_how_to_get_one(visit, open_motion):
    page = visit(open_motion)
    expect(page.locator("[data-part=no-wallet]")).to_contain_text("No wallet was found in this browser.")
    assert page.locator("#vote button:visible").count() == 0


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("rejected", "Voting is over. The majority the rule asks for was not reached."),
        ("pending", "Voting has not opened yet."),
        ("withdrawn", "The proposer withdrew the proposal."),
    ],
)
def test_where_nobody_can_vote_a_sentence_stands_in_place_of_the_ballot(visit, newcomer, first_in, state, sentence):
    _, wallet = newcomer
    page = visit(first_in(state), wallet)
    expect(page.locator("#vote")).to_contain_text(sentence)
    assert page.locator("#vote form").count() == 0
    assert wallet.asked == []
