"""Ways from a phone's browser into the browser of a wallet's app, by the addresses these apps listen to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class WalletApp:
    """A wallet's app, and the address that opens a page in it."""

    name: str
    address: str


def wallet_apps(page: str) -> tuple[WalletApp, ...]:
    """Addresses that open a page in the apps of wallets that can do so.

    Args:
        page: address of the page, with its scheme.
    """
    without_scheme = page.partition("://")[2]
    return (
        WalletApp("MetaMask", f"https://metamask.app.link/dapp/{without_scheme}"),
        WalletApp("Trust Wallet", f"https://link.trustwallet.com/open_url?coin_id=60&url={quote(page, safe='')}"),
    )
