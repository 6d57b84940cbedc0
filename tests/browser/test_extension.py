"""One vote with a wallet that is a real extension: its own process, its own window, MetaMask's own provider."""

from __future__ import annotations

import shutil
from contextlib import suppress

import pytest
from ballot_paper import expect_counted, mark, sign, status_of
from extension_wallet import build_extension
from playwright.sync_api import Error, expect


@pytest.fixture
def extended(browser, demo, voter, tmp_path):
    """A browser into which the extension is loaded, with a voter's account in it."""
    key, _ = voter
    folder = build_extension(
        tmp_path / "extension", key=key.private_key, node=demo.node.url, chain_id=demo.node.chain_id
    )
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=shutil.which("chromium"),
        headless=False,
        locale="en-GB",
        args=[
            "--headless=new",
            "--no-sandbox",
            f"--load-extension={folder}",
            f"--disable-extensions-except={folder}",
        ],
    )
    yield key, context
    context.close()


def answer(context, page, click, button):
    """Do what opens the wallet's window, and press a button there, which closes it."""
    with context.expect_page() as opened:
        click()
    window = opened.value
    # The window may be gone before the press is acknowledged, which is told as an error: that it closes is the proof.
    with window.expect_event("close"), suppress(Error):
        window.get_by_role("button", name=button).click()
    page.bring_to_front()


def test_a_member_votes_with_a_wallet_that_is_an_extension(extended, demo, open_motion, ballot_of):
    key, context = extended
    page = context.new_page()
    page.goto(f"{demo.url}/proposals/{open_motion['id']}?lang=en")
    wallet = page.get_by_role("button", name="Extension Wallet")
    answer(context, page, wallet.click, "Reject")
    expect(status_of(page)).to_contain_text("You refused in the wallet.")
    answer(context, page, wallet.click, "Confirm")
    expect(status_of(page)).to_contain_text(f"You vote for {key.name}.")
    mark(page, "Abstain")
    answer(context, page, lambda: sign(page), "Reject")
    expect(status_of(page)).to_contain_text("Nothing was sent.")
    answer(context, page, lambda: sign(page), "Confirm")
    expect_counted(page, "Abstain", key.name)
    assert ballot_of(open_motion, key.code)["choice"] == "abstain"
