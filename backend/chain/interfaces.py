"""The contracts' interfaces as the compiler writes them, one JSON file each in `abi/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).with_name("abi")

Abi = list[Any]


def load_abis() -> dict[str, Abi]:
    """Read all interfaces by name of contract, in the order of names."""
    return {file.stem: json.loads(file.read_bytes()) for file in sorted(FOLDER.glob("*.json"))}


def elements(abi: Abi, kind: Literal["event", "function", "error"]) -> Iterator[Any]:
    """Go through the events, the functions or the errors of an interface."""
    return (element for element in abi if element["type"] == kind)
