"""The deployment record: what stands where on which chain, since which block, made from what."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.contract import Contract
from scripts.node import Node

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ("development",)
"""Networks whose records are not worth keeping."""


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """One body: its governor and its timelock."""

    id: int
    name: str
    governor: str
    timelock: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record as read back; `entries` is the file as it stands."""

    entries: dict[str, Any]

    @property
    def bodies(self) -> tuple[BodyEntry, ...]:
        """All bodies, by number."""
        return tuple(BodyEntry(**body) for body in self.entries["bodies"])

    def body(self, name: str) -> BodyEntry:
        """The body of that name. Raises `KeyError` if there is none."""
        for body in self.bodies:
            if body.name == name:
                return body
        raise KeyError(name)

    def address(self, key: str) -> str:
        """The address of a contract, such as `Rulebook` or `BodyTimelock:general_assembly`."""
        return str(self.entries["contracts"][key]["address"])

    def contract(self, node: Node, key: str) -> Contract:
        """A handle to one of the contracts."""
        return Contract(node, key.partition(":")[0], self.address(key))

    def governor(self, node: Node, body: str) -> Contract:
        """A handle to the governor of a body."""
        return self.contract(node, f"ConsortiumGovernor:{body}")

    def timelock(self, node: Node, body: str) -> Contract:
        """A handle to the timelock of a body."""
        return self.contract(node, f"BodyTimelock:{body}")


def record_path(network: str) -> Path:
    """Where the record of a network is kept."""
    folder = ROOT / "var" if network in LOCAL else ROOT / "scripts"
    return folder / "deployments" / f"{network}.json"


def read_record(path: Path) -> Record:
    """Read a record. Raises `FileNotFoundError` if nothing was deployed there."""
    return Record(json.loads(path.read_text()))


def write_record(record: Record, path: Path) -> None:
    """Keep a record."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record.entries, indent=2, ensure_ascii=False) + "\n")
