"""Messages of Sign-In with Ethereum (EIP-4361): written, read strictly, checked. Pure; time is an argument.

The grammar is read line by line, in time that grows with the length of the text alone. What is checked is the text that
was signed, never a text made again from what was read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from eth_utils.address import is_checksum_address

from backend.people import uris
from backend.people.refusals import SignInRefusedError

MOST_CHARACTERS = 4096
SKEW = 60
"""Seconds by which the clock of a wallet may be ahead of ours."""
OLDEST = 600
"""Seconds after which a message is too old to sign in with, whatever it says itself."""
STATEMENT = (
    "Sign in to read and hand in what belongs to your organisation. This costs nothing and sends no transaction."
)

STATEMENT_WORDS = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;= ]++"
"""What a statement may be made of."""
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+\-][0-9]{2}:[0-9]{2})"
_MESSAGE = re.compile(
    rf"(?:(?P<scheme>{uris.SCHEME})://)?(?! )(?P<domain>{uris.AUTHORITY})"
    r" wants you to sign in with your Ethereum account:\n"
    r"(?P<address>0x[0-9A-Fa-f]{40})\n"
    r"\n"
    rf"(?:(?P<statement>{STATEMENT_WORDS})\n)?"
    r"\n"
    rf"URI: (?P<uri>{uris.URI})\n"
    r"Version: (?P<version>1)\n"
    r"Chain ID: (?P<chain_id>[0-9]{1,20})\n"
    r"Nonce: (?P<nonce>[A-Za-z0-9]{8,64})\n"
    rf"Issued At: (?P<issued_at>{_TIME})"
    rf"(?:\nExpiration Time: (?P<expires_at>{_TIME}))?"
    rf"(?:\nNot Before: (?P<not_before>{_TIME}))?"
    rf"(?:\nRequest ID: (?P<request_id>(?:{uris.CHARACTER})*+))?"
    rf"(?:\nResources:(?P<resources>(?:\n- {uris.URI})*))?"
)


@dataclass(frozen=True, slots=True)
class SignInMessage:
    """What somebody signs to show who they are. Times are seconds since the epoch."""

    domain: str
    """Host, and port where it is not the usual one, of the service that asks."""
    address: str
    """The wallet, with its checksum."""
    uri: str
    chain_id: int
    nonce: str
    issued_at: float
    expires_at: float | None = None
    not_before: float | None = None
    scheme: str | None = None


def write_message(origin: str, wallet: str, chain_id: int, nonce: str, now: int, expires_at: int) -> str:
    """Write the message that a wallet is to sign for the service at `origin`."""
    return (
        f"{urlsplit(origin).netloc} wants you to sign in with your Ethereum account:\n{wallet}\n\n{STATEMENT}\n\n"
        f"URI: {origin}/v1/sign-in\nVersion: 1\nChain ID: {chain_id}\nNonce: {nonce}\n"
        f"Issued At: {_written(now)}\nExpiration Time: {_written(expires_at)}"
    )


def read_message(text: str) -> SignInMessage:
    """Read a message.

    Raises:
        SignInRefusedError: it does not keep to the grammar, or the address lacks its checksum.
    """
    found = _MESSAGE.fullmatch(text) if len(text) <= MOST_CHARACTERS else None
    if found is None or not all(uris.whole(found[part] or "") for part in ("domain", "uri", "resources")):
        raise SignInRefusedError("message", "does not keep to EIP-4361; sign the one that this service gives out")
    if not is_checksum_address(found["address"]):
        raise SignInRefusedError("address", "must be spelt with its checksum (ERC-55)")
    return SignInMessage(
        domain=found["domain"],
        address=found["address"],
        uri=found["uri"],
        chain_id=int(found["chain_id"]),
        nonce=found["nonce"],
        issued_at=_second(found["issued_at"], "issued_at"),
        expires_at=_second_or_none(found["expires_at"], "expiration_time"),
        not_before=_second_or_none(found["not_before"], "not_before"),
        scheme=found["scheme"],
    )


def check_message(message: SignInMessage, origin: str, chain_id: int, now: float) -> None:
    """See that the message was meant for this service, this chain and this hour.

    Raises:
        SignInRefusedError: it was not; the message says in what.
    """
    here, there = urlsplit(origin), urlsplit(message.uri)
    if message.domain.lower() != here.netloc:
        raise SignInRefusedError("domain", f"is not {here.netloc}; a page of somebody else may have asked you to sign")
    if message.scheme not in (None, here.scheme):
        raise SignInRefusedError("scheme", f"is not {here.scheme}")
    if (there.scheme.lower(), there.netloc.lower()) != (here.scheme, here.netloc):
        raise SignInRefusedError("uri", f"does not begin with {origin}")
    if message.chain_id != chain_id:
        raise SignInRefusedError("chain_id", f"is not {chain_id}")
    _check_time(message, now)


def _check_time(message: SignInMessage, now: float) -> None:
    if message.issued_at > now + SKEW:
        raise SignInRefusedError("issued_at", "lies in the future; see that your clock is right")
    if message.issued_at <= now - OLDEST:
        raise SignInRefusedError("issued_at", "is too long ago; ask for a new message and sign that")
    if message.expires_at is not None and message.expires_at <= now:
        raise SignInRefusedError("expiration_time", "is over; ask for a new message and sign that")
    if message.not_before is not None and message.not_before > now:
        raise SignInRefusedError("not_before", "is still to come")


def _written(second: int) -> str:
    return datetime.fromtimestamp(second, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _second(written: str, part: str) -> float:
    try:
        return datetime.fromisoformat(written).timestamp()
    except (ValueError, OverflowError) as error:
        raise SignInRefusedError(part, "is no time of the calendar") from error


def _second_or_none(written: str | None, part: str) -> float | None:
    return None if written is None else _second(written, part)
