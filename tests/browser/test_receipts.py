"""Receipts: kept, printed, found again, and checked against the chain."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import subprocess

import pytest
from playwright.sync_api import expect


@pytest.fixture
def ballot(api, open_motion):
    """A ballot that counts on the open motion."""
    return api(f"/v1/proposals/{open_motion['id']}/ballots")["items"][0]


@pytest.fixture
def receipt_page(demo, open_context, ballot):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/receipts/{ballot['transaction_hash']}?member={ballot['member']['id']}&lang=en")
    return page


def test_a_receipt_says_all_that_is_needed_to_find_the_ballot_again(receipt_page, ballot, open_motion, api):
    receipt = api(f"/v1/proposals/{open_motion['id']}/ballots/{ballot['member']['id']}/receipt")["items"][0]
    shown = receipt_page.locator(".receipt")
    expect(shown).to_have_count(1)
    facts = [ballot["member"]["name"], open_motion["reference"], receipt["governor"], receipt["wallet"]]
    for fact in [*facts, receipt["transaction_hash"], receipt["block_hash"], str(receipt["block_number"])]:
        expect(shown).to_contain_text(fact)
    expect(shown.get_by_role("heading", level=2)).to_contain_text(ballot["choice"].capitalize())


def test_the_commands_on_a_receipt_run_and_confirm_it(receipt_page, ballot, demo):
    """As they stand on the page, without a shell of ours in between."""
    commands = receipt_page.locator(".receipt pre").all_inner_texts()
    said = subprocess.run(shlex.split(commands[0]), capture_output=True, check=True, timeout=60)
    found = json.loads(said.stdout)["result"]
    assert found["transactionHash"] == ballot["transaction_hash"]
    wallet = ballot["wallet"].removeprefix("0x").lower()
    assert any(topic.endswith(wallet) for log in found["logs"] for topic in log["topics"])
    fetch = shlex.split(commands[1].partition("|")[0])
    text = subprocess.run(fetch, capture_output=True, check=True, timeout=60).stdout
    expect(receipt_page.locator("[data-fact=text-hash]")).to_have_text(f"0x{hashlib.sha256(text).hexdigest()}")


def test_a_receipt_is_found_by_organisation_and_by_proposal(demo, open_context, ballot, open_motion):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/receipts?lang=en")
    page.get_by_label("Organisation", exact=True).select_option(ballot["member"]["code"])
    page.get_by_role("button", name="Show the receipts").click()
    row = page.get_by_role("listitem").filter(has_text=open_motion["reference"])
    row.get_by_role("link", name="Open the receipt").click()
    expect(page.locator(".receipt")).to_contain_text(ballot["transaction_hash"])
    page.goto(f"{demo.url}/receipts/{open_motion['id']}/{ballot['member']['code']}?lang=en")
    expect(page.locator(".receipt").first).to_contain_text(ballot["transaction_hash"])


def test_a_receipt_prints_without_what_is_only_for_the_screen(receipt_page):
    receipt_page.emulate_media(media="print")
    expect(receipt_page.locator(".masthead nav").first).to_be_hidden()
    expect(receipt_page.locator(".receipt pre").first).to_be_visible()
    assert receipt_page.pdf().startswith(b"%PDF")


def test_a_receipt_that_is_none_is_answered_with_a_page_that_says_so(demo, open_context):
    page = open_context().new_page()
    for address, status in (("0x" + "ab" * 32, 404), ("0x12", 422), ("1/SI-NOBODY", 404)):
        answer = page.goto(f"{demo.url}/receipts/{address}")
        assert answer.status in (status, 400)
        expect(page.locator("main")).to_contain_text(re.compile("nothing at this address|not understood"))
