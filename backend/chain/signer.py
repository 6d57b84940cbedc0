"""A key that signs transactions. It is read once and never shown, logged or handed on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_account.types import TransactionDictType
from eth_typing import HexStr

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hash32, hexadecimal
from backend.domain.values import Address, Hash32

KEY = re.compile(r"(0x)?(?!0{64})(?!f{8})[0-9a-f]{64}", re.IGNORECASE)
"""A key that begins with 32 set bits is beyond the curve's order, or one in four thousand millions."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a transaction offers for each unit of gas, in wei (EIP-1559)."""

    most: int
    """Base fee and tip together."""
    tip: int


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a contract that sends no coins."""

    chain_id: int
    nonce: int
    to: Address
    data: str
    gas: int
    price: Price


@dataclass(frozen=True, slots=True)
class SignedCall:
    """A transaction ready to be sent."""

    hash: Hash32
    raw: str


class Signer:
    """One account's key."""

    def __init__(self, key: str) -> None:
        """Take the key as 0x and 64 hexadecimal digits.

        Raises:
            ValueError: it is none; the message does not repeat it.
        """
        if not KEY.fullmatch(key):
            raise ValueError("must be 32 bytes as hexadecimal digits, not all zero and not beyond the curve's order")
        self._account: LocalAccount = Account.from_key(key)

    def __repr__(self) -> str:
        return f"Signer({self.address})"

    @property
    def address(self) -> Address:
        """Where the account is known on chain."""
        return checksummed(self._account.address)

    def sign(self, call: Call) -> SignedCall:
        """Sign a call; the same call gives the same bytes."""
        fields: TransactionDictType = {
            "type": 2,
            "chainId": call.chain_id,
            "nonce": call.nonce,
            "to": HexStr(call.to),
            "value": 0,
            "data": HexStr(call.data),
            "gas": call.gas,
            "maxFeePerGas": call.price.most,
            "maxPriorityFeePerGas": call.price.tip,
        }
        signed = self._account.sign_transaction(fields)
        return SignedCall(hash32(bytes(signed.hash)), hexadecimal(bytes(signed.raw_transaction)))
