"""The voting panel as a member handles it."""

from __future__ import annotations

from playwright.sync_api import expect

COUNTED = 60_000
"""Milliseconds within which a ballot that was handed in must be counted."""


def status_of(page):
    return page.locator("#vote [data-say]")


def connect(page, wallet):
    page.get_by_role("button", name=wallet.name).click()


def mark(page, choice):
    """Mark a choice; the review stands beneath it at once."""
    page.locator("form[data-part=ballot]").get_by_role("radio", name=choice, exact=True).check()
    expect(page.locator("[data-piece=review]")).to_be_visible()


def sign(page):
    page.locator("[data-act=sign]").click()


def pay(page):
    page.locator("[data-act=send]").click()


def expect_counted(page, choice, name):
    expect(status_of(page)).to_have_text(f"Your ballot is counted: {choice}, for {name}.", timeout=COUNTED)
