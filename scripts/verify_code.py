"""Every byte of code of a deployment, and of what its factory makes bodies from, compared with our sources.

Expected is what our constructors store when they are run again with what the plan says they were given; nothing of
what the record or the chain says about itself is believed but addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import eth_abi
from eth_utils import keccak, to_checksum_address
from eth_utils.abi import collapse_if_tuple

from scripts.artifacts import artifact
from scripts.bytecode import created_address, libraries_of, linked, moved, pieces
from scripts.checks import Check, check_of
from scripts.node import Node, NodeError
from scripts.plan import Plan
from scripts.record import Record
from scripts.roll import bytes32

MOST_CODE = 24_576
"""Bytes of code a contract may have (EIP-170)."""
CREATOR = "0x" + "5e" * 20
"""Creates every contract once more, in simulation; any account would do."""
TEMPLATES = ("ConsortiumGovernor", "BodyTimelock")
"""What the factory makes bodies from, in the order of its constructor's arguments and of its storage."""
BEFORE_TEMPLATES = 2
"""Arguments of the factory's constructor: registry and rulebook; both are immutable and take no storage."""
SLOTS_OF_TEMPLATE = 2
"""Of the factory's storage: the hash, then the list of pieces."""


def code_checks(node: Node, record: Record, plan: Plan) -> Iterator[Check]:
    """Each contract of the record, then each piece of code that the factory keeps."""
    for key, entry in record.entries["contracts"].items():
        arguments = _arguments(record, plan, key)
        yield check_of(f"{key}: made from", arguments, entry["constructorArguments"])
        yield from _code(node, record, key, record.address(key), arguments)
    for name in TEMPLATES:
        yield from _pieces(node, record, name)


def factory_checks(node: Node, record: Record) -> Iterator[Check]:
    """The factory makes bodies of the very code that was compiled, and of nothing else."""
    registry, factory = record.contract(node, "MemberRegistry"), record.contract(node, "BodyFactory")
    yield check_of("factory", factory.address, registry.read("factory"))
    yield check_of("BodyFactory: registry", registry.address, factory.read("registry"))
    yield check_of("BodyFactory: rulebook", record.address("Rulebook"), factory.read("rulebook"))
    hashes = tuple(keccak(_creation(record, name)) for name in TEMPLATES)
    yield check_of("BodyFactory: templates", hashes, factory.read("templates"))
    for place, name in enumerate(TEMPLATES):
        found = _list_at(node, factory.address, SLOTS_OF_TEMPLATE * place + 1)
        yield check_of(f"BodyFactory: pieces of {name}", _kept(record, name), found)


def _code(node: Node, record: Record, key: str, address: str, arguments: tuple[Any, ...]) -> Iterator[Check]:
    found = bytes.fromhex(node.call("eth_getCode", address, "latest")[2:])
    yield check_of(f"{key}: code as compiled", True, found == _constructed(node, record, key, address, arguments))
    yield check_of(f"{key}: code fits", True, 0 < len(found) <= MOST_CODE)


def _pieces(node: Node, record: Record, name: str) -> Iterator[Check]:
    """A piece of code stands in a `CodeChunk`, whose constructor is given just that piece."""
    kept, expected = _kept(record, name), pieces(_creation(record, name))
    yield check_of(f"pieces of {name}", len(expected), len(kept))
    for number, (address, piece) in enumerate(zip(kept, expected, strict=False), start=1):
        yield from _code(node, record, f"CodeChunk:{name} {number}", address, (piece,))


def _arguments(record: Record, plan: Plan, key: str) -> tuple[Any, ...]:
    """What the plan says the constructor was given."""
    deployer = record.entries["deployer"]
    name, _, body = key.partition(":")
    match name:
        case "MemberRegistry":
            return (deployer, plan.registrar)
        case "Rulebook":
            return (deployer, record.address("Records"))
        case "BodyTimelock":
            return (plan.timelock_delay, deployer)
        case "ConsortiumGovernor":
            return (_setup(record, plan, body),)
        case "BodyFactory":
            return (*_law(record), *(_template(record, template) for template in TEMPLATES))
    return ()


def _setup(record: Record, plan: Plan, name: str) -> tuple[Any, ...]:
    number, timelock = plan.body_id(name), record.address(f"BodyTimelock:{name}")
    return (name, *_law(record), timelock, number, bytes32(plan.bodies[number].default_rule))


def _law(record: Record) -> tuple[str, str]:
    return record.address("MemberRegistry"), record.address("Rulebook")


def _template(record: Record, name: str) -> tuple[bytes, list[str]]:
    return keccak(_creation(record, name)), _kept(record, name)


def _kept(record: Record, name: str) -> list[str]:
    """Where the record says the pieces of that contract's creation code stand."""
    arguments = record.entries["contracts"]["BodyFactory"]["constructorArguments"]
    addresses: list[str] = arguments[BEFORE_TEMPLATES + TEMPLATES.index(name)][1]
    return addresses


def _list_at(node: Node, address: str, slot: int) -> list[str]:
    """The addresses in the list that a contract keeps at that place of its storage."""
    first = int.from_bytes(keccak(slot.to_bytes(32, "big")), "big")
    length = int.from_bytes(_word(node, address, slot), "big")
    return [to_checksum_address(_word(node, address, first + number)[12:]) for number in range(length)]


def _word(node: Node, address: str, slot: int) -> bytes:
    return bytes.fromhex(node.call("eth_getStorageAt", address, hex(slot), "latest")[2:])


def _creation(record: Record, name: str) -> bytes:
    """Creation code of a contract, its libraries those of the record."""
    compiled = artifact(name)
    return linked(compiled, {library: record.address(library) for library in libraries_of(compiled)})


def _constructed(node: Node, record: Record, key: str, address: str, arguments: tuple[Any, ...]) -> bytes | None:
    """The code that our constructor stores at that address; None where it refuses these arguments."""
    name, _, body = key.partition(":")
    abi = artifact(name)["abi"]
    inputs: list[Any] = next((entry["inputs"] for entry in abi if entry["type"] == "constructor"), [])
    code = _creation(record, name) + eth_abi.encode([collapse_if_tuple(part) for part in inputs], arguments)
    here = created_address(CREATOR, int(node.call("eth_getTransactionCount", CREATOR, "latest"), 16))
    try:
        stored = node.call("eth_call", {"from": CREATOR, "data": "0x" + code.hex()}, "latest")
    except NodeError:
        return None
    return moved(bytes.fromhex(stored[2:]), here, address, node.chain_id, _domain(name, body))


def _domain(name: str, body: str) -> str | None:
    """Under which name a contract checks signatures by EIP-712; None if it checks none."""
    return {"ConsortiumGovernor": body, "MemberRegistry": name}.get(name)
