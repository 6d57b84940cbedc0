"""Wallets that can sign, for the members of the story who have to."""

from __future__ import annotations

from eth_account import Account
from eth_account.messages import encode_defunct

from backend.domain import events as e
from backend.domain.values import Address, Hash32, MemberId, Timepoint
from tests.backend import story as s

WITH_KEYS = (1, 3, 5)
"""Members that have moved to a wallet whose key the tests know."""


def key_of(number: int):
    """A key of the tests' own; of a member, or of somebody who is none."""
    return Account.from_key(number.to_bytes(32, "big"))


STRANGER, COORDINATOR, AUDITOR = key_of(90), key_of(91), key_of(92)


def signed(key, text: str) -> str:
    """Sign a text as a wallet does (`personal_sign`)."""
    return "0x" + key.sign_message(encode_defunct(text=text)).signature.hex()


def told_with_keys(told):
    """The story, in which some members have just moved to wallets with keys."""
    told = list(told)
    last = told[-1][0]
    for index, member in enumerate(WITH_KEYS, 1):
        block = last.block_number + index
        place = e.Place(
            block, Hash32(f"0x{block:064x}"), Timepoint(last.block_time), Hash32(f"0x{block:064x}"), 0, s.REGISTRY
        )
        current = Address(key_of(member).address)
        told.append((place, e.WalletRotated(MemberId(member), s.wallet_of(member), current)))
    return told
