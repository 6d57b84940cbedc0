"""What the compiler has made of each contract, as Brownie keeps it in `build/contracts`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from scripts.record import ROOT

BUILD = ROOT / "build" / "contracts"


@cache
def artifact(name: str) -> dict[str, Any]:
    """ABI, creation code and the places of libraries, to be read only: a megabyte of JSON is parsed once.

    Raises `FileNotFoundError` if it has not been compiled.
    """
    compiled: dict[str, Any] = json.loads((BUILD / f"{name}.json").read_text())
    return compiled
