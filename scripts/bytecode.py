"""The code that our sources put at an address, byte for byte: linked, constructed, and at that very address. Pure.

What the compiler leaves open is filled with what must be there, never skipped: libraries by the compiler's own
offsets; immutable values by running the constructor elsewhere (`eth_call` without a receiver returns the code that
would be stored); and the few that follow from the address (a library's own, the cached domain of EIP-712) by those of
the right address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import eth_abi
import rlp  # type: ignore[import-untyped]
from eth_utils import keccak, to_canonical_address, to_checksum_address

DOMAIN_TYPE = "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
DOMAIN_VERSION = "1"
PIECE = 24_000
"""Bytes of creation code that one `CodeChunk` keeps; a contract may have 24,576."""


class UnlinkedError(Exception):
    """The artifact and its list of libraries do not fit together; the message says where."""


def libraries_of(artifact: Mapping[str, Any]) -> list[str]:
    """Names of the libraries that the code has to be linked with."""
    return sorted({name for names in artifact.get("linkReferences", {}).values() for name in names})


def linked(artifact: Mapping[str, Any], libraries: Mapping[str, str]) -> bytes:
    """Creation code of an artifact with the libraries' addresses where the compiler says they belong.

    Raises `UnlinkedError` if an offset holds no placeholder, or a placeholder is left; `KeyError` for a library without
    an address.
    """
    code = artifact["bytecode"].removeprefix("0x")
    for names in artifact.get("linkReferences", {}).values():
        for name, places in names.items():
            for place in places:
                code = _filled(code, 2 * place["start"], to_canonical_address(libraries[name]).hex())
    if "_" in code:
        raise UnlinkedError(f"a library is missing at byte {code.index('_') // 2}")
    return bytes.fromhex(code)


def pieces(code: bytes) -> list[bytes]:
    """Creation code as a factory keeps it: cut so that each piece fits into a contract."""
    return [code[start : start + PIECE] for start in range(0, len(code), PIECE)]


def _filled(code: str, start: int, address: str) -> str:
    end = start + len(address)
    if not (code[start:end].startswith("__") and len(code[start:end]) == len(address)):
        raise UnlinkedError(f"no placeholder at byte {start // 2}")
    return code[:start] + address + code[end:]


def created_address(creator: str, nonce: int) -> str:
    """Where a contract comes to stand that this account creates in its transaction of that number."""
    return to_checksum_address(keccak(rlp.encode([to_canonical_address(creator), nonce]))[12:])


def moved(code: bytes, here: str, there: str, chain_id: int, name: str | None = None) -> bytes:
    """The code that a constructor stores `there`, from what it stored `here`; `name` is that of an EIP-712 domain."""
    if name is not None:
        code = code.replace(domain_separator(name, chain_id, here), domain_separator(name, chain_id, there))
    return code.replace(to_canonical_address(here), to_canonical_address(there))


def domain_separator(name: str, chain_id: int, contract: str) -> bytes:
    """What a contract of that name signs in, by EIP-712."""
    texts = (keccak(text=DOMAIN_TYPE), keccak(text=name), keccak(text=DOMAIN_VERSION))
    return bytes(keccak(eth_abi.encode(["bytes32"] * 3 + ["uint256", "address"], [*texts, chain_id, contract])))
