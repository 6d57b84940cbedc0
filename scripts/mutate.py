"""Breaks counting and state code on purpose, one small change at a time, and looks whether forge's tests notice.

A change nobody notices is either a test that is missing, or no change at all; the latter are explained in
`docs/proofs.md`, each by the line that is printed here, and anything else makes this fail. Works on a copy below
`var/mutation/`. All of it takes hours: name files to do a part.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.toolchain import NODE_MODULES, ROOT, VAR, environment

COPY = VAR / "mutation"
EXPLAINED = ROOT / "docs" / "proofs.md"

# Where ballots are counted and where it is said where a proposal stands.
FILES = [
    *(f"types/{name}.sol" for name in ("Ballot", "ProposalMeta")),
    *(f"libraries/{name}.sol" for name in ("Judgment", "BallotWords", "Standings", "Counting", "Countries", "Casting")),
    *(f"libraries/{name}.sol" for name in ("Electors", "VotingTime", "EarlyClose", "Mandates", "Recusals", "Vetoes")),
    *(f"libraries/{name}.sol" for name in ("Outcomes", "Proceedings", "FurtherCalls", "SignedBallots")),
    *(f"extensions/Governor{name}.sol" for name in ("Ballots", "Judgment", "BodyTimelock", "BallotSignatures")),
]

# What is looked for, and what is put in its place.
CHANGES = [
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<![<>=-])<(?![<=])", "<="),
    (r"(?<![<>=-])>(?![>=])", ">="),
    (r"==", "!="),
    (r"!=", "=="),
    (r"&&", "||"),
    (r"\|\|", "&&"),
    (r"(?<= )\+(?= )", "-"),
    (r"(?<= )-(?= )", "+"),
    (r"(?<= )\*(?= )", "+"),
    (r"(?<= )&(?= )", "|"),
    (r"(?<= )\|(?= )", "&"),
    (r"<<", ">>"),
    (r">>", "<<"),
    (r"\+\+", "--"),
    (r"\btrue\b", "false"),
    (r"\bfalse\b", "true"),
    (r"(?<=if \()(?=\S)", "!!true || "),
    (r"(?<=if \()(?=\S)", "!true && "),
    (r"(?<![\w.])(\d+)(?![\w.])", r"(\1 + 1)"),
]
_UNTOUCHED = re.compile(r"^\s*(//|import|pragma|error|event|using|library|abstract|contract|type)|mstore|mload|call\(")

# The tests that are tried first, because they compile in seconds; the rest only see what these let pass.
NEAREST = {
    "types/Ballot.sol": "BallotWords",
    "libraries/BallotWords.sol": "BallotWords",
    "libraries/Judgment.sol": "Judgment",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed line of a file below `contracts/`."""

    file: str
    line: int  # from 0
    before: str
    after: str

    def __str__(self) -> str:
        return f"{Path(self.file).name}: `{self.before.strip()}` → `{self.after.strip()}`"


def main() -> None:
    """Try every mutant of the named files; exit with 1 if one survives unexplained."""
    parser = argparse.ArgumentParser(description="Break counting and state code and look whether the tests notice.")
    parser.add_argument("files", nargs="*", default=FILES, help="below contracts/ (default: all of them)")
    env = prepare()
    if not passes(env):
        sys.exit("the tests fail without any change")
    mutants = [mutant for file in parser.parse_args().files for mutant in mutants_of(file)]
    survivors = [mutant for mutant in mutants if survives(mutant, env)]
    explained = EXPLAINED.read_text()
    unexplained = [mutant for mutant in survivors if str(mutant) not in explained]
    print(f"{len(mutants)} mutants, {len(survivors)} survived, {len(unexplained)} of them unexplained")
    sys.exit(bool(unexplained))


def prepare() -> dict[str, str]:
    """Copy what forge needs; returns an environment in which it compiles fast and leaves its caches there."""
    for name in ("contracts", "tests/forge"):
        shutil.rmtree(COPY / name, ignore_errors=True)
        shutil.copytree(ROOT / name, COPY / name)
    shutil.copy(ROOT / "foundry.toml", COPY)
    for name in ("scripts/solc", "node_modules"):
        link = COPY / name
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink():
            link.symlink_to(NODE_MODULES if name == "node_modules" else ROOT / name)
    fast = {"FOUNDRY_OPTIMIZER": "false", "FOUNDRY_FUZZ_RUNS": "256", "FOUNDRY_INVARIANT_RUNS": "2"}
    return {**environment(VAR / "home" / "mutation"), **fast}


def mutants_of(file: str) -> Iterator[Mutant]:
    """Every change of every line of code, one place at a time."""
    for number, line in enumerate((ROOT / "contracts" / file).read_text().splitlines()):
        if _UNTOUCHED.search(line):
            continue
        code = line.split("//")[0]
        for pattern, put in CHANGES:
            for match in re.finditer(pattern, code):
                after = code[: match.start()] + match.expand(put) + code[match.end() :]
                yield Mutant(file, number, code, after)


def survives(mutant: Mutant, env: dict[str, str]) -> bool:
    """Whether all tests still pass with the change; what does not compile does not count."""
    path = COPY / "contracts" / mutant.file
    original = path.read_text()
    lines = original.splitlines()
    lines[mutant.line] = mutant.after
    path.write_text("\n".join(lines) + "\n")
    try:
        survived = passes(env, NEAREST.get(mutant.file, "{Ballots,Proceedings}")) and passes(env)
    finally:
        path.write_text(original)
    print(f"{'SURVIVED' if survived else 'noticed '} {mutant}", flush=True)
    return survived


def passes(env: dict[str, str], files: str = "**/*") -> bool:
    """Whether the copy compiles and all tests of these files pass; the first failure ends it."""
    command = ["forge", "test", "--fail-fast", "--no-match-contract", "GasTest"]
    command += ["--match-path", f"tests/forge/{files}.t.sol"]
    return subprocess.run(command, cwd=COPY, env=env, capture_output=True, timeout=600, check=False).returncode == 0


if __name__ == "__main__":
    main()
