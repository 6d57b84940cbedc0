"""How a person does an act on a page: open its fold, fill in, have it reviewed, send it."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass

from eth_account import Account
from injected_wallet import InjectedWallet, WalletError
from playwright.sync_api import Locator, Page, expect


@dataclass
class SigningWallet(InjectedWallet):
    """A wallet that also signs documents."""

    def _result(self, method, params):
        if method != "eth_signTypedData_v4":
            return super()._result(method, params)
        if method in self.refuses:
            raise WalletError(4001, "User rejected the request.")
        address, document = params
        assert address == self.address
        signed = Account.sign_typed_data(self.key, full_message=json.loads(document))
        return signed.signature.to_0x_hex()


def window_of(page: Page) -> Locator:
    """The window in which an act is reviewed."""
    return page.locator("dialog[data-act-desk]")


def said_in(page: Page) -> Locator:
    """What the window says."""
    return window_of(page).locator("[data-say]")


def unfold(page: Page, title: str, within: str = "main") -> Locator:
    """Open an act by its title; its fold."""
    fold = page.locator(f"{within} details.act").filter(has=page.locator("summary", has_text=title)).first
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    return fold


def review(page: Page, fold: Locator, wallet: InjectedWallet, way: str = "Check and review") -> None:
    """Have an act reviewed; the wallet is chosen where it is asked for."""
    fold.get_by_role("button", name=way).click()
    expect(window_of(page)).to_be_visible()
    chosen = window_of(page).get_by_role("button", name=wallet.name)
    ready = window_of(page).locator("[data-part=review]")
    expect(chosen.or_(ready).first).to_be_visible()
    if chosen.is_visible() and said_in(page).inner_text().startswith("Choose the wallet"):
        chosen.click()


def send(page: Page) -> None:
    """Send what is reviewed."""
    button = window_of(page).get_by_role("button", name="Go on in the wallet")
    expect(button).to_be_visible()
    button.click()


def close(page: Page) -> None:
    """Close the window; after something was sent the page is loaded again, and what was typed into the old one lost."""
    sent = window_of(page).locator("[data-part=transaction]").is_visible()
    with page.expect_navigation() if sent else nullcontext():
        window_of(page).get_by_role("button", name="Close").click()
    expect(window_of(page)).to_be_hidden()


def press_until(page: Page, condition: str, key: str, most: int = 120) -> None:
    """Press a key until a condition holds in the page."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(condition):
            return
    raise AssertionError(f"{key} never led to {condition}")
