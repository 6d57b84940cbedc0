"""Asks contracts what they say themselves, many questions at once and all of them about one block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from eth_utils.abi import collapse_if_tuple, function_abi_to_4byte_selector
from faster_eth_abi import decode, encode
from faster_eth_abi.exceptions import DecodingError

from backend.chain.addresses import checksummed
from backend.chain.event_decoders.spelling import hexadecimal, name, text
from backend.chain.interfaces import elements, load_abis
from backend.chain.node import NodeRefusedError
from backend.domain.values import Address, Hash32

SHORT_TEXTS = frozenset({"name", "country"})
"""Outputs of fixed length that hold a text; all others are hashes."""

REVERTED = 3
"""The number by which nodes say that a contract refused."""

Answer = dict[str, Any]
"""Outputs by name; structs are answers again, and an only output without a name has that of its function."""


class Caller(Protocol):
    """The part of a node that answers for contracts. Raises `NodeUnavailableError` when there is no answer at all."""

    def call_all(self, calls: Sequence[tuple[Address, str]], block_hash: Hash32) -> list[bytes | NodeRefusedError]:
        """Answers to calls (address, data) as of the end of that block, in their order."""


@dataclass(frozen=True, slots=True)
class View:
    """One question to one contract."""

    contract: str
    """Name of its interface."""
    address: Address
    function: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A question that was not answered."""

    problem: str
    refused_by_contract: bool
    """The contract itself says no, or is none of ours; otherwise only the node did not answer."""


def ask(node: Caller, views: Sequence[View], block_hash: Hash32) -> list[Answer | NoAnswer]:
    """Ask all of them as of one block.

    Raises:
        NodeUnavailableError: the node does not answer.
    """
    answers = node.call_all([(view.address, _data(view)) for view in views], block_hash)
    return [_read(view, answer) for view, answer in zip(views, answers, strict=True)]


@cache
def _functions(contract: str) -> dict[str, Any]:
    return {function["name"]: function for function in elements(load_abis()[contract], "function")}


def _data(view: View) -> str:
    function = _functions(view.contract)[view.function]
    kinds = [collapse_if_tuple(argument) for argument in function["inputs"]]
    return hexadecimal(function_abi_to_4byte_selector(function) + encode(kinds, view.arguments))


def _read(view: View, answer: bytes | NodeRefusedError) -> Answer | NoAnswer:
    if isinstance(answer, NodeRefusedError):
        return NoAnswer(answer.problem, answer.number == REVERTED or "revert" in answer.problem.lower())
    outputs = _functions(view.contract)[view.function]["outputs"]
    try:
        values = decode([collapse_if_tuple(output).replace("string", "bytes") for output in outputs], answer)
    except (DecodingError, ValueError):
        return NoAnswer(f"{len(answer)} bytes that are no answer to {view.function}", refused_by_contract=True)
    named = zip(outputs, values, strict=True)
    return {output["name"] or view.function: _spelled(output, output["type"], value) for output, value in named}


def _spelled(output: Any, kind: str, value: Any) -> Any:  # noqa: ANN401  # whatever the interface says
    if kind.endswith("[]"):
        return [_spelled(output, kind.removesuffix("[]"), each) for each in value]
    if kind == "tuple":
        parts = zip(output["components"], value, strict=True)
        return {part["name"]: _spelled(part, part["type"], inner) for part, inner in parts}
    if kind == "address":
        return checksummed(value)
    if isinstance(value, bytes):
        return _spelled_bytes(output["name"], kind, value)
    return value


def _spelled_bytes(called: str, kind: str, value: bytes) -> str:
    if kind == "string":
        return text(value)
    return name(value) if called in SHORT_TEXTS else hexadecimal(value)
