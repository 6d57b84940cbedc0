"""A deployed contract by its ABI: encode a call, read a view, name a refusal.

ABIs are those of the service, `backend/chain/abi/<Contract>.json`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import eth_abi
from eth_utils import is_hex_address, to_checksum_address
from eth_utils.abi import (
    abi_to_signature,
    collapse_if_tuple,
    event_signature_to_log_topic,
    function_signature_to_4byte_selector,
)

from backend.domain.refusals import refusal_of_error
from scripts.node import Node, NodeError

ABIS = Path(__file__).resolve().parent.parent / "backend" / "chain" / "abi"
PREFIX = re.compile(r"^(ConsortiumGovernor|MemberRegistry|Rulebook|Governor|Ownable|Timelock|AccessControl)")


class RefusedError(Exception):
    """A contract said no: the error's name and the facts it carries."""

    def __init__(self, error: str, facts: tuple[Any, ...]) -> None:
        super().__init__(f"{error}({', '.join(map(str, facts))})")
        self.error = error
        self.facts = facts

    @property
    def code(self) -> str:
        """The service's code for it, such as NOTICE_TOO_SHORT: the error without its owner."""
        known = refusal_of_error(self.error)
        if known is not None:
            return known.value
        return re.sub(r"(?<!^)(?=[A-Z])", "_", PREFIX.sub("", self.error)).upper()


@cache
def abi(name: str) -> list[Any]:
    """The ABI of one of our contracts."""
    entries: list[Any] = json.loads((ABIS / f"{name}.json").read_text())
    return entries


@cache
def _functions(name: str) -> dict[str, Any]:
    """Entries by name and by full signature; the name alone stands for the overload with fewest parameters."""
    found: dict[str, Any] = {}
    entries = [entry for entry in abi(name) if entry["type"] == "function"]
    for entry in sorted(entries, key=lambda entry: len(entry["inputs"])):
        found.setdefault(entry["name"], entry)
        found[abi_to_signature(entry)] = entry
    return found


@cache
def _errors() -> dict[bytes, tuple[str, list[str]]]:
    errors = {function_signature_to_4byte_selector("Error(string)"): ("Error", ["string"])}
    errors[function_signature_to_4byte_selector("Panic(uint256)")] = ("Panic", ["uint256"])
    for path in sorted(ABIS.glob("*.json")):
        for entry in abi(path.stem):
            if entry["type"] == "error":
                types = [collapse_if_tuple(part) for part in entry["inputs"]]
                errors[function_signature_to_4byte_selector(abi_to_signature(entry))] = (entry["name"], types)
    return errors


def refusal(data: str | None) -> RefusedError:
    """What a reverted call returned, in words."""
    raw = bytes.fromhex((data or "0x").removeprefix("0x"))
    if raw[:4] not in _errors():
        return RefusedError("Reverted", (data or "without a reason",))
    name, types = _errors()[raw[:4]]
    return RefusedError(name, tuple(eth_abi.decode(types, raw[4:])))


def selector(name: str, function: str) -> bytes:
    """The four bytes that call the function of that contract."""
    return bytes(function_signature_to_4byte_selector(abi_to_signature(_functions(name)[function])))


@dataclass(frozen=True, slots=True)
class Contract:
    """One of our contracts at an address. A function is given by name, or by signature where it is overloaded."""

    node: Node
    name: str
    address: str

    def data(self, function: str, *arguments: Any) -> str:
        """The call as 0x-hexadecimal."""
        types = [collapse_if_tuple(part) for part in _functions(self.name)[function]["inputs"]]
        return "0x" + (selector(self.name, function) + eth_abi.encode(types, arguments)).hex()

    def read(self, function: str, *arguments: Any, block: str = "latest") -> Any:
        """Call a view: its one result, or the tuple of all. Raises `RefusedError` if it reverts."""
        call = {"to": self.address, "data": self.data(function, *arguments)}
        try:
            answer = self.node.call("eth_call", call, block)
        except NodeError as error:
            raise refusal(error.data) from error
        outputs = _functions(self.name)[function]["outputs"]
        values = eth_abi.decode([collapse_if_tuple(part) for part in outputs], bytes.fromhex(answer[2:]))
        checked = tuple(map(_checksummed, values))
        return checked[0] if len(checked) == 1 else checked

    def logged(self, event: str, from_block: int = 0) -> list[dict[str, Any]]:
        """Everything the contract ever reported under that event, oldest first: parameters by name."""
        entry = next(entry for entry in abi(self.name) if entry["type"] == "event" and entry["name"] == event)
        topic = "0x" + event_signature_to_log_topic(abi_to_signature(entry)).hex()
        wanted = {"address": self.address, "topics": [topic], "fromBlock": hex(from_block), "toBlock": "latest"}
        return [_parameters(entry, log) for log in self.node.call("eth_getLogs", wanted)]


def _parameters(event: dict[str, Any], log: dict[str, Any]) -> dict[str, Any]:
    in_data = [part for part in event["inputs"] if not part["indexed"]]
    in_topics = [part for part in event["inputs"] if part["indexed"]]
    values = eth_abi.decode([collapse_if_tuple(part) for part in in_data], bytes.fromhex(log["data"][2:]))
    found = dict(zip((part["name"] for part in in_data), values, strict=True))
    for part, topic in zip(in_topics, log["topics"][1:], strict=True):
        found[part["name"]] = eth_abi.decode([part["type"]], bytes.fromhex(topic[2:]))[0]
    return {name: _checksummed(value) for name, value in found.items()}


def _checksummed(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(map(_checksummed, value))
    return to_checksum_address(value) if isinstance(value, str) and is_hex_address(value) else value
