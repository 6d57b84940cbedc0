"""What somebody who signs in, or acts with their wallet, is told; marked for translation."""

from __future__ import annotations

from typing import Final

from backend.portal.labels import noop
from backend.portal.refusals import WALLET_TURNS
from backend.portal.wording import Wording

_OF_ANY_WALLET: Final = (
    *("browser_wallet", "choose_wallet", "connecting", "pending", "locked", "refused", "wrong_network", "switching"),
    *("network_unknown", "account_changed", "no_fee_money"),
)
SIGNING: Final = {code: WALLET_TURNS[code] for code in _OF_ANY_WALLET} | {
    "no_wallet": noop(
        "No wallet was found in this browser. Open this page in the browser that holds your organisation's wallet."
    ),
    "failed_wallet": noop("Nothing was sent. The wallet says: {detail}"),
    "failed_service": noop("This did not work: {detail} Nothing you typed is lost."),
    "sign_message": noop("Open your wallet: it shows a message. Signing it costs nothing and sends no transaction."),
    "signed_in": noop("You are signed in for {member}. The session ends {until}."),
    "signed_in_as": noop("You are signed in ({role}). The session ends {until}."),
    "signed_out": noop("You are signed out."),
    "not_signed_in": noop("You are not signed in."),
    "session_over": noop("Your session has ended. Sign in again; nothing you typed is lost."),
    "WALLET_UNKNOWN": noop(
        "This account belongs to no member and holds no office here. Choose your organisation's account in the wallet."
    ),
    "SIGNATURE_REFUSED": noop("The signature is not one of this account. Try again."),
    "NONCE_USED": noop("That message was used already. Try again."),
    "SIGN_IN_REFUSED": noop("The service did not take the message: {detail} Try again."),
    "NODE_UNAVAILABLE": noop("Your account is a contract, and no node answers for it at the moment. Try again."),
    "TOO_MANY_REQUESTS": noop("Too many requests. Wait a minute and try again."),
    "FOREIGN_ORIGIN": noop("This page is open under another address than the service's own. Open {origin}."),
    "role_coordinator": noop("coordinator's office"),
    "role_auditor": noop("auditor"),
}


def signing_messages(words: Wording) -> dict[str, str]:
    """Every sentence of signing in, in the reader's language, by its code."""
    return {code: words.gettext(message) for code, message in SIGNING.items()}
