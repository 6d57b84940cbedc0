"""Prints what acts cost on chain, beside OpenZeppelin's governor, token and timelock measured in the same run.

One JSON object a line: `figure`, `value`, `unit`, `reference` (what OpenZeppelin's costs, null where it has no such
act), `ratio` (value by reference), `goal` (the most it may be), `bound` (what the goal is made of) and `ok`. The gas is
that of whole transactions. What was measured is kept in `tests/forge/snapshots/`, and `make check` fails when the
contracts no longer cost just that.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.check_contracts import SIZE_LIMIT
from scripts.figures import at_most
from scripts.toolchain import ROOT, VAR, environment

SNAPSHOTS = ROOT / "tests" / "forge" / "snapshots"
MEASURE = ["forge", "test", "--isolate", "--match-contract", "GasTest"]


BALLOT = "transaction 21,000, proposal and registry read cold 8,900, member's byte 5,000, event 2,400"
FILING = "transaction 21,000, two new slots 44,200, number 5,000, two events 11,000, registry and rulebook 9,400"
CODE_SIZE = "EIP-170 allows 24,576; the rest is kept for a repair in a hurry"


@dataclass(frozen=True, slots=True)
class Figure:
    """One act of ours, OpenZeppelin's nearest, the most gas ours may take, and what that is made of."""

    ours: str
    theirs: str
    goal: int
    bound: str


# A member's byte shares a word with 31 others, so most ballots change a word that is not zero.
FIGURES = [
    Figure("vote_next", "vote_next", 44_000, f"{BALLOT}; the rest is calldata and code"),
    Figure("vote_first", "vote_first", 62_000, f"{BALLOT}; a new word costs 17,100 more"),
    Figure("vote_in_first_word", "vote_next", 44_000, f"{BALLOT}; one word less to read"),
    Figure("vote_with_reason", "vote_with_reason", 47_000, f"{BALLOT}; 66 characters of calldata and event, 2,600"),
    Figure("vote_by_signature", "vote_by_signature", 60_000, f"{BALLOT}; signature 5,000, library 2,600, digest"),
    Figure(
        "batch_each", "signed_ballot_with_reason", 26_000, "a fiftieth of 21,000; calldata, signature, registry, event"
    ),
    Figure("propose", "propose", 115_000, f"{FILING}, calldata 4,000; 66 characters of description"),
    Figure("propose_with_suffix", "propose", 116_000, f"{FILING}, calldata 4,700; 118 characters, proposer named"),
    Figure(
        "admission_each",
        "admission_each",
        85_000,
        "two new slots 44,200, event with the name, calldata; a thirtieth of 21,000",
    ),
    Figure(
        "queue_and_execute", "queue_and_execute", 225_000, "two transactions 42,000, timelock's new slot 22,100, count"
    ),
]


def main() -> None:
    """Measure and print; exit with 1 if a goal is missed."""
    env = environment(VAR / "home" / "bench")
    subprocess.run([*MEASURE, "--gas-snapshot-emit=true"], cwd=ROOT, env=env, check=True, stdout=sys.stderr)
    lines = [*gas_lines(read("zbor"), read("openzeppelin")), *size_lines(VAR / "forge" / "out")]
    for each in lines:
        print(json.dumps(each))
    sys.exit(not all(each["ok"] for each in lines))


def read(group: str) -> dict[str, int]:
    """Gas by act, as forge wrote it down."""
    kept = json.loads((SNAPSHOTS / f"{group}.json").read_text())
    return {name: int(value) for name, value in kept.items()}


def gas_lines(ours: dict[str, int], theirs: dict[str, int]) -> list[dict[str, object]]:
    """A line for each figure; `KeyError` if one was not measured."""
    return [
        at_most(figure.ours, ours[figure.ours], "gas", figure.goal, theirs[figure.theirs]) | {"bound": figure.bound}
        for figure in FIGURES
    ]


def size_lines(artifacts: Path) -> list[dict[str, object]]:
    """A line for each contract that is deployed, as forge built it: bytes of code."""
    lines = []
    for name in sorted(path.stem for path in (ROOT / "contracts").glob("*.sol")):
        code = json.loads((artifacts / f"{name}.sol" / f"{name}.json").read_text())["deployedBytecode"]["object"]
        lines.append(
            at_most(f"size_of_{name}", len(code.removeprefix("0x")) // 2, "bytes", SIZE_LIMIT, None)
            | {"bound": CODE_SIZE}
        )
    return lines


if __name__ == "__main__":
    main()
