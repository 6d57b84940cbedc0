"""Wallets that lost their vote are told who has it now."""

from __future__ import annotations

from ballot_paper import connect, status_of
from injected_wallet import InjectedWallet
from playwright.sync_api import expect

from scripts.roll import sample_key

LOST = "GR-PARADEIGMA"
"""Of the sample: its first wallet was lost and replaced."""


def test_a_wallet_that_was_replaced_names_the_one_that_votes_now(visit, demo, open_motion):
    lost = InjectedWallet(demo.node, "0x" + sample_key(LOST, 1).hex())
    now = InjectedWallet(demo.node, "0x" + sample_key(LOST, 2).hex())
    page = visit(open_motion, lost)
    connect(page, lost)
    expect(status_of(page)).to_contain_text("Your organisation has moved on to another account")
    expect(status_of(page)).to_contain_text(now.address)
    assert page.locator("#vote form:visible").count() == 0
