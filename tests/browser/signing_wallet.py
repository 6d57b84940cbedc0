"""The injected wallet, which also signs texts (`personal_sign`), and the steps of signing in that tests share."""

from __future__ import annotations

from eth_account import Account
from eth_account.messages import encode_defunct
from injected_wallet import InjectedWallet, WalletError
from playwright.sync_api import expect


class SigningWallet(InjectedWallet):
    """Keeps the texts that it was asked to sign."""

    texts: list[str]

    def __post_init__(self) -> None:
        super().__post_init__()
        self.texts = []

    def _result(self, method, params):
        if method != "personal_sign":
            return super()._result(method, params)
        if method in self.refuses:
            raise WalletError(4001, "User rejected the request.")
        data, account = params
        assert account == self.address
        self.texts.append(bytes.fromhex(data[2:]).decode())
        signed = Account.sign_message(encode_defunct(hexstr=data), self.key)
        return signed.signature.to_0x_hex()


def who(page):
    """The line that says who is signed in."""
    return page.locator("[data-who]")


def say(page):
    """The line that says what is going on."""
    return page.locator("[data-say]")


def sign_in(page, name):
    """Sign in on a page that has the strip, and see it said for whom."""
    page.get_by_role("button", name="Sign in with the wallet").click()
    expect(who(page)).to_contain_text(f"You are signed in for {name}. The session ends ")
