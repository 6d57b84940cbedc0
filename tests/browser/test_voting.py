"""Members vote with a wallet in a real browser, against a real chain, indexer and API."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from ballot_paper import COUNTED, connect, expect_counted, mark, pay, sign, status_of
from eth_account import Account
from injected_wallet import InjectedWallet
from playwright.sync_api import expect

FOR_ON_CHAIN, ABSTAIN_ON_CHAIN = 2, 3


def test_a_member_votes_free_and_page_api_and_chain_agree(
    visit, newcomer, demo, api, open_motion, ballot_of, choice_on_chain
):
    key, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_have_text(f"You vote for {key.name}.")
    assert page.locator("input[name=choice]:checked").count() == 0
    mark(page, "For")
    review = page.locator("[data-piece=review]")
    for fact in (key.name, wallet.address, "costs nothing"):
        expect(review).to_contain_text(fact)
    assert wallet.confirmed == 0
    sign(page)
    expect_counted(page, "For", key.name)
    expect(page.locator("#ballots tbody")).to_contain_text(key.name)
    counted = ballot_of(open_motion, key.code)
    assert (counted["choice"], counted["wallet"]) == ("for", wallet.address)
    assert counted["transaction_hash"] == page.locator("[data-part=way] [data-fact=transaction]").text_content()
    sender = demo.node.call("eth_getTransactionByHash", counted["transaction_hash"])["from"]
    assert sender == api("/v1/relay")["address"].lower()
    assert "eth_sendTransaction" not in wallet.asked
    assert choice_on_chain(open_motion, wallet) == FOR_ON_CHAIN


def test_a_member_pays_the_fee_itself(visit, newcomer, demo, open_motion, ballot_of, choice_on_chain):
    key, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    mark(page, "For")
    pay(page)
    expect_counted(page, "For", key.name)
    transaction = demo.node.call("eth_getTransactionByHash", ballot_of(open_motion, key.code)["transaction_hash"])
    assert transaction["from"] == wallet.address.lower()
    assert wallet.signed == []
    assert choice_on_chain(open_motion, wallet) == FOR_ON_CHAIN


@pytest.mark.parametrize(("method", "act"), [("eth_signTypedData_v4", sign), ("eth_sendTransaction", pay)])
def test_a_refusal_in_the_wallet_sends_nothing_and_can_be_taken_back(
    visit, newcomer, open_motion, ballot_of, choice_on_chain, method, act
):
    key, wallet = newcomer
    wallet.refuses = {method}
    page = visit(open_motion, wallet)
    connect(page, wallet)
    mark(page, "Abstain")
    act(page)
    expect(status_of(page)).to_contain_text("You refused in the wallet. Nothing was sent.")
    assert choice_on_chain(open_motion, wallet) == 0
    wallet.refuses = set()
    act(page)
    expect_counted(page, "Abstain", key.name)
    assert choice_on_chain(open_motion, wallet) == ABSTAIN_ON_CHAIN
    assert ballot_of(open_motion, key.code)["choice"] == "abstain"


def test_a_wallet_on_an_unknown_network_learns_it_with_one_button(visit, voter, open_motion):
    key, wallet = voter
    wallet.chain_id, wallet.known_chains = 1, {1}
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("Your wallet is on another network.")
    expect(page.locator("form[data-part=ballot]")).to_be_hidden()
    page.get_by_role("button", name="Change the network").click()
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    assert "wallet_addEthereumChain" in wallet.asked


def test_of_two_wallets_each_is_offered_and_the_last_one_is_remembered(visit, voter, wallet_of, open_motion):
    key, wallet = voter
    other = wallet_of("IT-EURICSE", name="Other Wallet", icon="https://tracker.example/icon.png")
    page = visit(open_motion, wallet, other)
    buttons = page.locator("[data-wallets] button")
    expect(buttons).to_have_text([wallet.name, other.name])
    assert buttons.nth(0).locator("img").get_attribute("src").startswith("data:image/")
    assert buttons.nth(1).locator("img").count() == 0
    connect(page, wallet)
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    page.reload()
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    assert page.evaluate("document.activeElement === document.body"), "a page that opens takes nobody's place"
    assert other.asked == []


def test_a_locked_wallet_and_a_waiting_window_are_told_apart(visit, voter, open_motion):
    key, wallet = voter
    wallet.locked = True
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("The wallet is locked")
    wallet.locked, wallet.window_waiting = False, True
    connect(page, wallet)
    expect(status_of(page)).to_contain_text("already has a window waiting")
    wallet.window_waiting = False
    connect(page, wallet)
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")


def test_an_account_of_nobody_is_told_so(visit, demo, open_motion):
    stranger = InjectedWallet(demo.node, Account.create().key.to_0x_hex())
    page = visit(open_motion, stranger)
    connect(page, stranger)
    expect(status_of(page)).to_contain_text("This account belongs to no member")
    expect(page.locator("form[data-part=ballot]")).to_be_hidden()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("DE-VILSTAL", "Your organisation has no vote in this body."),
        ("SI-PRIMER", "is no longer a member of the consortium and cannot vote."),
    ],
)
def test_an_associate_and_an_excluded_member_have_no_vote_in_the_assembly(
    visit, wallet_of, open_motion, code, sentence
):
    wallet = wallet_of(code)
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text(sentence)


def test_who_has_voted_sees_what_and_when_before_changing_it(visit, api, wallet_of, open_motion):
    ballot = api(f"/v1/proposals/{open_motion['id']}/ballots")["items"][0]
    wallet = wallet_of(ballot["member"]["code"])
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text(f"Its ballot so far: {ballot['choice'].capitalize()}, ")
    expect(status_of(page)).to_contain_text("A new ballot takes its place.")
    page.get_by_role("link", name="Receipt of the ballot that stands").click()
    expect(page.locator(".receipt")).to_contain_text(ballot["transaction_hash"])


def test_a_member_changes_its_ballot_and_the_last_one_counts(visit, voter, open_motion, ballot_of, choice_on_chain):
    key, wallet = voter
    page = visit(open_motion, wallet)
    connect(page, wallet)
    for choice, act in (("Against", sign), ("For", pay), ("Abstain", sign)):
        mark(page, choice)
        expect(status_of(page)).to_contain_text("You can change it until the deadline")
        act(page)
        expect_counted(page, choice, key.name)
        expect(page.get_by_role("link", name="Receipt of the ballot that stands")).to_be_hidden()
        page.get_by_role("button", name="Change this ballot").click()
        expect(status_of(page)).to_contain_text(f"Its ballot so far: {choice}")
        assert page.locator("input[name=choice]:checked").count() == 0
    assert ballot_of(open_motion, key.code)["choice"] == "abstain"
    assert choice_on_chain(open_motion, wallet) == ABSTAIN_ON_CHAIN


def test_whose_wallet_is_known_reads_for_that_organisation_from_then_on(visit, demo, voter, open_motion):
    key, wallet = voter
    page = visit(open_motion, wallet)
    expect(page.locator(".here-name")).to_have_count(0)
    connect(page, wallet)
    mark(page, "For")
    sign(page)
    expect_counted(page, "For", key.name)
    expect(page.locator("#own")).to_contain_text("Your vote: For")
    page.goto(demo.url)
    expect(page.locator(".here-name")).to_have_text(key.name)


def test_a_vote_needs_no_mouse(visit, voter, open_motion, choice_on_chain):
    key, wallet = voter
    page = visit(open_motion, wallet)
    expect(page.locator("[data-wallets] button")).to_be_visible()
    press_until(page, "document.activeElement.matches('[data-wallets] button')", "Tab")
    page.keyboard.press("Enter")
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    assert page.evaluate("document.activeElement.matches('[data-say]')")
    press_until(page, "document.activeElement.matches('input[name=choice]')", "Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-piece=review]")).to_be_visible()
    press_until(page, "document.activeElement.matches('[data-act=sign]')", "Tab")
    page.keyboard.press("Enter")
    expect_counted(page, "For", key.name)
    assert page.evaluate("document.activeElement.matches('[data-say]')")
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
    mark(page, "Proti")
    sign(page)
    counted = f"Vaša glasovnica šteje. Izbira: Proti. Članica: {key.name}."
    expect(status_of(page)).to_have_text(counted, timeout=COUNTED)
    assert ballot_of(open_motion, key.code)["choice"] == "against"


def test_another_account_in_the_wallet_is_checked_at_once(visit, voter, wallet_of, open_motion):
    key, wallet = voter
    page = visit(open_motion, wallet)
    connect(page, wallet)
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    wallet.key = wallet_of("DE-VILSTAL").key
    page.evaluate(f"window['{wallet.door}_emit']('accountsChanged', [])")
    expect(status_of(page)).to_contain_text("Your organisation has no vote in this body.")
    expect(page.locator("form[data-part=ballot]")).to_be_hidden()


def test_an_interest_declared_elsewhere_is_noticed_before_anything_is_sent(visit, newcomer, demo, open_motion):
    _, wallet = newcomer
    page = visit(open_motion, wallet)
    connect(page, wallet)
    mark(page, "Against")
    governor = demo.record.governor(demo.node, open_motion["body"])
    wallet.answer(
        "eth_sendTransaction",
        [{"to": governor.address, "value": "0x0", "data": governor.data("recuse", int(open_motion["id"]))}],
    )
    wallet.asked.clear()
    sign(page)
    expect(status_of(page)).to_contain_text("Your organisation takes no part in this vote.")
    assert wallet.confirmed == 0


def test_without_a_wallet_the_page_says_how_to_get_one(visit, open_motion):
    page = visit(open_motion, viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True)
    expect(page.locator("[data-part=no-wallet]")).to_be_visible()
    expect(page.locator("[data-part=no-wallet]")).to_contain_text("No wallet was found in this browser.")
    assert page.locator("#vote button:visible").count() == 0
    addresses = [link.get_attribute("href") for link in page.get_by_role("link", name="Open in").all()]
    assert all(f"/proposals/{open_motion['id']}" in unquote(address) for address in addresses)
    assert len(addresses) > 0
    page.get_by_text("The wallet is on another device").click()
    code = page.get_by_role("img", name="QR code with the address of this page")
    expect(code).to_be_visible()
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_on_a_computer_without_a_wallet_a_code_for_the_phone_is_offered_and_no_app_that_only_a_phone_has(
    visit, open_motion
):
    page = visit(open_motion)
    expect(page.get_by_text("The wallet is on another device")).to_be_visible()
    expect(page.locator(".on-phone")).to_be_hidden()


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("rejected", "Voting is over. The majority the rule asks for was not reached."),
        ("pending", "Voting has not opened yet."),
        ("withdrawn", "The proposer withdrew the proposal."),
    ],
)
def test_where_nobody_can_vote_a_sentence_stands_in_place_of_the_vote(visit, voter, first_in, state, sentence):
    _, wallet = voter
    page = visit(first_in(state), wallet)
    expect(page.locator(".page-head")).to_contain_text(sentence)
    assert page.locator("#vote").count() == 0
    assert wallet.asked == []
