"""Whether the code at an address is what our sources compile to. Pure.

Immutable values and the addresses of linked libraries are not known to the compiler: it leaves zeros or a placeholder
there, and only there may the chain differ.
"""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"__.{38}")
"""Stands for the twenty bytes of a library's address."""
HOLE = re.compile(rb"\x00{20,}")


def same_code(compiled: str, on_chain: str) -> bool:
    """Compare two runtime codes, hexadecimal with or without 0x."""
    expected = bytes.fromhex(PLACEHOLDER.sub("00" * 20, compiled.removeprefix("0x")))
    found = bytes.fromhex(on_chain.removeprefix("0x"))
    if not found or len(expected) != len(found):
        return False
    position = 0
    for hole in HOLE.finditer(expected):
        if expected[position : hole.start()] != found[position : hole.start()]:
            return False
        position = hole.end()
    return expected[position:] == found[position:]


def libraries_of(compiled: str) -> list[str]:
    """Names of the libraries that the code still has to be linked with."""
    return sorted({placeholder.strip("_") for placeholder in PLACEHOLDER.findall(compiled)})


def linked(compiled: str, addresses: dict[str, str]) -> bytes:
    """The code with its libraries in place. Raises `KeyError` for a library without an address."""

    def address_of(placeholder: re.Match[str]) -> str:
        return addresses[placeholder.group().strip("_")].removeprefix("0x")

    return bytes.fromhex(PLACEHOLDER.sub(address_of, compiled.removeprefix("0x")))
