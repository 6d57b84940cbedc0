"""Signatures of texts: by a wallet's key (EIP-191), or as a contract that is a wallet accepts them (EIP-1271)."""

from __future__ import annotations

import re

from eth_account import Account
from eth_account.messages import defunct_hash_message, encode_defunct
from eth_keys.exceptions import BadSignature
from eth_utils.exceptions import ValidationError
from faster_eth_abi import encode

from backend.chain.node import Node, NodeRefusedError
from backend.domain.values import Address

MOST_BYTES = 4096
"""Of a signature; a wallet of many owners strings theirs together."""
_OF_KEY = 65
_HEX = re.compile(r"0x(?:[0-9a-fA-F]{2}){0,4096}")
_ACCEPTED = bytes.fromhex("1626ba7e")
"""What `isValidSignature(bytes32,bytes)` answers where it accepts; also its selector."""


def signature_bytes(text: str) -> bytes | None:
    """Read a signature from its hexadecimal form; None where it is none."""
    return bytes.fromhex(text.removeprefix("0x")) if _HEX.fullmatch(text) else None


def signer_of(text: str, signature: bytes) -> Address | None:
    """Recover whose key signed a text; None where the bytes are no signature of a key.

    Any 65 bytes in range belong to somebody: compare the answer with who it must be.
    """
    if len(signature) != _OF_KEY:
        return None
    try:
        return Address(Account.recover_message(encode_defunct(text=text), signature=signature))
    except (BadSignature, ValidationError, ValueError):
        return None


def accepted_by_contract(node: Node, wallet: Address, text: str, signature: bytes) -> bool:
    """Ask the contract at an address, as of the newest block, whether the text is signed for it.

    Raises:
        NodeUnavailableError: the node does not answer.
    """
    question = encode(["bytes32", "bytes"], [bytes(defunct_hash_message(text=text)), signature])
    answer = node.call_all([(wallet, "0x" + (_ACCEPTED + question).hex())], node.head().hash)[0]
    return not isinstance(answer, NodeRefusedError) and answer == _ACCEPTED.ljust(32, b"\0")
