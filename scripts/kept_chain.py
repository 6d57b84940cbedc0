"""The kept state of a local chain, made fit to go on from.

Anvil makes a first block at every start, by default of the present second, and keeps those of all starts under the
number 0. Which of them it takes for the chain's own is then left to chance, and a mirror that begins anew may find that
block 1 does not follow block 0.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def first_second(state: Path) -> int:
    """The second of the chain's own first block, the earliest of number 0; the others are taken out of the file.

    With this second anvil makes the same block again. Raises `ValueError` where the file holds no such block.
    """
    kept = json.loads(state.read_bytes())
    first = [block for block in kept["blocks"] if _number(block, "number") == 0]
    second = min(_number(block, "timestamp") for block in first)
    foreign = [block for block in first if _number(block, "timestamp") != second]
    if foreign:
        kept["blocks"] = [block for block in kept["blocks"] if block not in foreign]
        whole = state.with_suffix(".whole")
        whole.write_text(json.dumps(kept))
        whole.replace(state)
    return second


def _number(block: dict[str, Any], name: str) -> int:
    return int(block["header"][name], 16)
