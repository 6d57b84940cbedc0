"""Prints what acts cost on chain, beside OpenZeppelin's governor, token and timelock measured in the same run.

One JSON object a line: `figure`, `value`, `unit`, `reference` (what OpenZeppelin's costs, null where it has no such
act), `ratio` (value by reference), `goal` (the most it may be) and `ok`. The gas is that of whole transactions. What
was measured is kept in `tests/forge/snapshots/`, and `make check` fails when the contracts no longer cost just that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.check_contracts import SIZE_LIMIT
from scripts.toolchain import ROOT, VAR, environment

SNAPSHOTS = ROOT / "tests" / "forge" / "snapshots"
LEFT_OF_AN_INLINED_LIBRARY = 100
MEASURE = ["forge", "test", "--isolate", "--match-contract", "GasTest"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One act of ours, OpenZeppelin's nearest, and the most gas ours may take."""

    ours: str
    theirs: str
    goal: int


# A member's byte shares a word with 31 others, so most ballots change a word that is not zero: 2,900 for the slot and
# 2,100 to read it cold, beside 21,000 for the transaction and some 3,000 for the event. The rest is asking the registry
# who votes. A proposal freezes its kind and rule in one fresh word, a batch shares the 21,000 of one transaction.
FIGURES = [
    Figure("vote_next", "vote_next", 44_000),
    Figure("vote_first", "vote_first", 62_000),
    Figure("vote_in_first_word", "vote_next", 44_000),
    Figure("vote_with_reason", "vote_with_reason", 47_000),
    Figure("vote_by_signature", "vote_by_signature", 60_000),
    Figure("batch_each", "signed_ballot_with_reason", 26_000),
    Figure("propose", "propose", 115_000),
    Figure("admission_each", "admission_each", 85_000),
    Figure("queue_and_execute", "queue_and_execute", 225_000),
]


def main() -> None:
    """Measure and print; exit with 1 if a goal is missed."""
    env = environment(VAR / "home" / "bench")
    subprocess.run([*MEASURE, "--gas-snapshot-emit=true"], cwd=ROOT, env=env, check=True, stdout=sys.stderr)
    lines = [*gas_lines(read("zbor"), read("openzeppelin")), *size_lines(VAR / "forge" / "out")]
    for line in lines:
        print(json.dumps(line))
    sys.exit(not all(line["ok"] for line in lines))


def read(group: str) -> dict[str, int]:
    """Gas by act, as forge wrote it down."""
    kept = json.loads((SNAPSHOTS / f"{group}.json").read_text())
    return {name: int(value) for name, value in kept.items()}


def gas_lines(ours: dict[str, int], theirs: dict[str, int]) -> list[dict[str, object]]:
    """A line for each figure; `KeyError` if one was not measured."""
    return [line(figure.ours, ours[figure.ours], "gas", figure.goal, theirs[figure.theirs]) for figure in FIGURES]


def size_lines(artifacts: Path) -> list[dict[str, object]]:
    """A line for each contract that is deployed, as forge built it: bytes of code."""
    lines = []
    for name in sorted(path.stem for path in (ROOT / "contracts").glob("*.sol")):
        code = json.loads((artifacts / f"{name}.sol" / f"{name}.json").read_text())["deployedBytecode"]["object"]
        lines.append(line(f"size_of_{name}", len(code.removeprefix("0x")) // 2, "bytes", SIZE_LIMIT, None))
    return lines


def line(figure: str, value: int, unit: str, goal: int, reference: int | None) -> dict[str, object]:
    """One figure as it is printed."""
    ratio = round(value / reference, 3) if reference else None
    return {
        "figure": figure,
        "value": value,
        "unit": unit,
        "reference": reference,
        "ratio": ratio,
        "goal": goal,
        "ok": value <= goal,
    }


if __name__ == "__main__":
    main()
