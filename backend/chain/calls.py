"""Names what a call does: which contract, which function, which arguments. For people; nothing is decided by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from eth_utils.abi import abi_to_signature, collapse_if_tuple, function_abi_to_4byte_selector
from faster_eth_abi import decode
from faster_eth_abi.exceptions import DecodingError

from backend.chain.addresses import checksummed
from backend.chain.contracts import Deployment
from backend.chain.event_decoders.spelling import hexadecimal, text
from backend.chain.interfaces import elements, load_abis

NAMES = frozenset({"name", "code", "ruleName"})
"""Arguments of 32 bytes that hold a short text; all others are hashes."""
AT_MOST = 2
"""How many times longer than a call its arguments may be when they are spelled out: no honest number is longer."""
PRINTABLE = re.compile(rb"[ -~]+")


@dataclass(frozen=True, slots=True)
class _Function:
    signature: str
    inputs: list[dict[str, Any]]

    def arguments(self, data: bytes) -> tuple[tuple[str, str], ...]:
        kinds = [collapse_if_tuple(argument).replace("string", "bytes") for argument in self.inputs]
        values = decode(kinds, data)
        pairs = zip(self.inputs, values, strict=True)
        return tuple(named for argument, value in pairs for named in _named(argument["name"], argument, value))


class CallBook:
    """Knows the functions of all our contracts and the addresses of one deployment."""

    def __init__(self, deployment: Deployment) -> None:
        self._names: dict[str, str] = {each.address: name for name, each in deployment.contracts.items()}
        for body in deployment.bodies:
            self._names.setdefault(body.governor, f"ConsortiumGovernor:{body.name}")
            self._names.setdefault(body.timelock, f"BodyTimelock:{body.name}")
        self._functions = {
            hexadecimal(function_abi_to_4byte_selector(function)): _Function(
                abi_to_signature(function),
                function["inputs"],
            )
            for abi in load_abis().values()
            for function in elements(abi, "function")
        }

    def contract_name(self, address: str) -> str:
        """Name the contract at an address; the address again where it is not one of ours."""
        return self._names.get(address, address)

    def signature(self, selector: str) -> str:
        """Name the function of a selector, such as `resolve(uint16,bytes32)`; the selector again if not known."""
        known = self._functions.get(selector.lower())
        return selector if known is None else known.signature

    def arguments(self, calldata: str) -> tuple[tuple[str, str], ...]:
        """Name and spell the arguments of a call; empty where the function is not known or the data do not fit it."""
        known = self._functions.get(calldata[:10].lower())
        if known is None:
            return ()
        try:
            found = known.arguments(bytes.fromhex(calldata[10:]))
        except (DecodingError, ValueError):
            return ()
        # Offsets may lead to the same bytes again and again; written out, a short call would fill many pages.
        return found if sum(len(value) for _, value in found) <= AT_MOST * len(calldata) else ()


def _named(path: str, argument: dict[str, Any], value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # whatever the call carries
    if argument["type"] != "tuple":
        short = argument["type"] == "bytes32" and argument["name"] in NAMES
        yield path, _short_text(value) if short else _spelled(argument["type"], value)
        return
    for part, inner in zip(argument["components"], value, strict=True):
        yield from _named(f"{path}.{part['name']}", part, inner)


def _short_text(value: bytes) -> str:
    """The text, if that is all there is; bytes that do not print, or could pass for others, stay hexadecimal."""
    found = value.rstrip(b"\0")
    return found.decode() if PRINTABLE.fullmatch(found) else hexadecimal(value)


def _spelled(kind: str, value: Any) -> str:  # noqa: ANN401  # whatever the call carries
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_spelled(kind.partition("[")[0], each) for each in value) + "]"
    if isinstance(value, bytes):
        return text(value) if kind == "string" else hexadecimal(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return checksummed(value) if kind == "address" else str(value)
