"""The way without coins: signed in the wallet, sent by the consortium's relay, followed until it is final."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from ballot_paper import COUNTED, connect, expect_counted, mark, pay, sign, status_of
from playwright.sync_api import expect

WORDS = 'Če bo "da", potem\nzakaj ne? 50 € 😀'
AWAY = "UPDATE main.relays SET seen_at = 0;"
EMPTY = "UPDATE main.relays SET balance = '1', price = '1000';"
DEAR = "UPDATE main.relays SET problem = 'FEES_TOO_HIGH';"
NONE = "DELETE FROM main.relays;"
HANDED_IN = "INSERT INTO main.relay_requests SELECT * FROM source.relay_requests;"


@contextmanager
def slow_network(node):
    """A chain on which nothing comes into a block until somebody mines one."""
    node.call("evm_setAutomine", False)
    try:
        yield
    finally:
        node.call("evm_setAutomine", True)
        node.call("evm_mine")


@pytest.fixture
def open_ballot(visit, voter, open_motion):
    """A voter with its wallet connected, on the page of the open motion."""

    def go(choice="For", **options):
        key, wallet = voter
        page = visit(open_motion, wallet, **options)
        connect(page, wallet)
        mark(page, choice)
        return key, wallet, page

    return go


def write_reason(page, text):
    page.get_by_label("Reason (you need not give one)").fill(text)


@pytest.mark.parametrize("act", [sign, pay])
def test_a_reason_goes_with_the_ballot_and_its_words_are_shown(open_ballot, open_motion, ballot_of, act):
    key, wallet, page = open_ballot()
    write_reason(page, WORDS + "\u202e")
    expect(page.locator("[data-fact=left]")).to_have_text(str(4000 - len(WORDS.encode("utf-16-le")) // 2 - 1))
    act(page)
    expect_counted(page, "For", key.name)
    counted = ballot_of(open_motion, key.code)
    assert counted["reason"] == WORDS
    if act is sign:
        assert wallet.signed[-1]["primaryType"] == "ExtendedBallot"
        assert wallet.signed[-1]["message"]["reason"] == counted["reason_commitment"]
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('zbor.way'))") == []


def test_what_is_signed_is_the_governors_own_ballot_and_names_this_proposal(open_ballot, open_motion, demo):
    key, wallet, page = open_ballot("Against")
    governor = demo.record.governor(demo.node, open_motion["body"])
    nonce = governor.read("ballotNonce", int(open_motion["id"]), wallet.address)
    sign(page)
    expect_counted(page, "Against", key.name)
    document = wallet.signed[-1]
    assert document["primaryType"] == "Ballot"
    assert document["domain"] == {
        "name": open_motion["body"],
        "version": "1",
        "chainId": 31_337,
        "verifyingContract": governor.address,
    }
    assert document["message"] == {
        "proposalId": open_motion["id"],
        "support": 0,
        "voter": wallet.address,
        "nonce": str(nonce),
    }


def test_a_relayed_ballot_is_followed_through_its_turns_even_when_the_page_is_opened_again(open_ballot, demo):
    with slow_network(demo.node):
        key, wallet, page = open_ballot("Abstain")
        sign(page)
        expect(status_of(page)).to_contain_text("Your ballot was sent.", timeout=COUNTED)
        reached = page.locator("[data-turn][data-reached]")
        expect(reached).to_have_text(["Handed in", "Sent to the network"])
        page.reload()
        expect(status_of(page)).to_contain_text("Your ballot was sent.")
        assert wallet.confirmed == 1
        demo.node.call("evm_mine")
        expect_counted(page, "Abstain", key.name)
    expect(reached).to_have_text(["Handed in", "Sent to the network", "Counted, provisionally"])
    demo.node.batch([("evm_mine", [])] * 3)
    expect(reached).to_have_count(4, timeout=COUNTED)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (AWAY, "the service that sends the ballots does not answer"),
        (EMPTY, "the account that pays the network fee is empty"),
        (DEAR, "the network fee is above the limit"),
    ],
    ids=["away", "empty", "dear"],
)
def test_where_nothing_can_be_sent_free_it_is_said_before_the_wallet_opens(
    portal_of_copy, open_ballot, change, sentence
):
    key, wallet, page = open_ballot(url=portal_of_copy.stands(change))
    expect(page.locator("[data-act=sign]")).to_be_hidden()
    expect(page.locator(".why")).to_contain_text(sentence)
    pay(page)
    expect_counted(page, "For", key.name)
    assert wallet.signed == []


def test_where_no_relay_is_set_up_only_the_paid_way_is_there(portal_of_copy, open_ballot):
    key, _, page = open_ballot(url=portal_of_copy.stands(NONE))
    expect(page.locator("[data-act=sign]")).to_be_hidden()
    expect(page.locator(".why")).to_be_hidden()
    pay(page)
    expect_counted(page, "For", key.name)


def test_a_relay_that_goes_away_meanwhile_takes_nothing_and_the_paid_way_is_offered(portal_of_copy, open_ballot):
    key, wallet, page = open_ballot(url=portal_of_copy.stands())
    expect(page.locator("[data-act=sign]")).to_be_visible()
    portal_of_copy.stands(AWAY)
    sign(page)
    expect(status_of(page)).to_contain_text("the service that sends the ballots does not answer")
    expect(page.locator("[data-act=sign]")).to_be_hidden()
    pay(page)
    expect_counted(page, "For", key.name)
    assert wallet.confirmed == 2


def test_who_has_voted_free_often_enough_today_is_told_before_the_wallet_opens(portal_of_copy, open_ballot):
    key, wallet, page = open_ballot()
    sign(page)
    expect_counted(page, "For", key.name)
    page.goto(page.url.replace(page.evaluate("location.origin"), portal_of_copy.stands(HANDED_IN)))
    connect(page, wallet)
    mark(page, "Against")
    expect(page.locator("[data-act=sign]")).to_be_hidden()
    expect(page.locator(".why")).to_contain_text("as often as one day allows")
    expect(page.locator("[data-act=send]")).to_be_visible()
    assert wallet.confirmed == 1


def test_an_account_without_coins_votes_free_and_is_told_that_it_cannot_pay(open_ballot, voter):
    voter[1].gas_price = 10**18
    key, _, page = open_ballot()
    expect(page.locator("[data-piece=no-fee-money]")).to_contain_text("Voting free needs nothing.")
    expect(page.locator("[data-act=send]")).to_be_hidden()
    sign(page)
    expect_counted(page, "For", key.name)


def test_an_account_without_coins_is_told_before_the_wallet_opens_where_nothing_is_free(
    portal_of_copy, open_ballot, voter
):
    voter[1].gas_price = 10**18
    _, wallet, page = open_ballot(url=portal_of_copy.stands(NONE))
    expect(status_of(page)).to_contain_text("This account holds too little to pay the network fee.")
    assert page.locator("[data-piece=review] button:visible").count() == 0
    assert wallet.confirmed == 0


def test_who_can_vote_neither_free_nor_paid_reads_why_and_is_not_sent_to_pay(portal_of_copy, open_ballot, voter):
    voter[1].gas_price = 10**18
    _, wallet, page = open_ballot(url=portal_of_copy.stands(EMPTY))
    expect(status_of(page)).to_contain_text("the account that pays the network fee is empty. Tell the coordinator.")
    expect(page.locator(".why")).to_be_hidden()
    expect(page.locator("[data-piece=no-fee-money]")).to_be_visible()
    assert page.locator("[data-piece=review] button:visible").count() == 0
    assert wallet.confirmed == 0


def test_a_transaction_that_the_network_drops_is_noticed_and_can_be_sent_again(open_ballot, demo, open_motion, api):
    with slow_network(demo.node):
        key, wallet, page = open_ballot("Abstain")
        pay(page)
        expect(status_of(page)).to_contain_text("Sent. Waiting")
        demo.node.call("anvil_dropTransaction", page.locator("[data-part=way] [data-fact=transaction]").text_content())
        dropped = "The network no longer knows the transaction"
        expect(status_of(page)).to_contain_text(dropped, timeout=COUNTED)
    mark(page, "Against")
    pay(page)
    expect_counted(page, "Against", key.name)
    assert wallet.confirmed == 2


def test_a_transaction_that_is_replaced_is_followed_by_the_ballot_it_brings(open_ballot, demo, ballot_of, open_motion):
    with slow_network(demo.node):
        key, wallet, page = open_ballot("For")
        pay(page)
        expect(status_of(page)).to_contain_text("Sent. Waiting")
        sent = page.locator("[data-part=way] [data-fact=transaction]").text_content()
        wallet.price = 10**9
        replaced_by = wallet.answer("eth_sendTransaction", [wallet.sent[-1]])["result"]
        demo.node.call("evm_mine")
        expect_counted(page, "For", key.name)
    assert sent != replaced_by
    expect(page.locator("[data-part=way] [data-fact=transaction]")).to_have_text(replaced_by)
    assert ballot_of(open_motion, key.code)["transaction_hash"] == replaced_by


def test_a_ballot_that_the_contract_reverts_is_told_with_its_reason(visit, newcomer, demo, open_motion):
    _, wallet = newcomer
    governor = demo.record.governor(demo.node, open_motion["body"])
    wallet.slips_in = {"to": governor.address, "value": "0x0", "data": governor.data("recuse", int(open_motion["id"]))}
    page = visit(open_motion, wallet)
    connect(page, wallet)
    mark(page, "For")
    pay(page)
    expect(status_of(page)).to_contain_text("The contract refused the ballot", timeout=COUNTED)
    expect(status_of(page)).to_contain_text("Your organisation takes no part in this vote.")


def test_the_relay_has_a_key_of_its_own_that_only_its_owner_can_read(demo, api):
    key = demo.folder / "relay.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert api("/v1/relay")["status"] == "ready"
    secret = key.read_text().strip().removeprefix("0x")
    logs = [path for path in demo.folder.rglob("*.log") if secret in path.read_text(errors="replace")]
    assert logs == []
