"""Breaks counting and state code on purpose, one small change at a time, and looks whether forge's tests notice.

A change nobody notices is either a test that is missing, or no change at all; the latter are explained in
`docs/proofs.md`, each by the line that is printed here, and anything else makes this fail. Works on a copy below
`var/mutation/`, compiled once with all changes in it (`scripts/mutants.py`).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from scripts.mutants import Mutant, Mutation, syntax_trees
from scripts.toolchain import NODE_MODULES, ROOT, VAR, environment

COPY = VAR / "mutation"
EXPLAINED = ROOT / "docs" / "proofs.md"
COMPILER = ROOT / "scripts" / "solc" / "solc-v0.8.37"
MOST_SECONDS = 300

# Where ballots are counted and where it is said where a proposal stands.
FILES = [
    *(f"libraries/{name}.sol" for name in ("Judgment", "BallotWords", "Counting", "Outcomes", "Casting", "Countries")),
    *(f"libraries/{name}.sol" for name in ("EarlyClose", "Vetoes", "Recusals", "Mandates", "Proceedings")),
    *(f"libraries/{name}.sol" for name in ("FurtherCalls", "VotingTime", "Electors", "SignedBallots", "Standings")),
    *(f"types/{name}.sol" for name in ("Ballot", "ProposalMeta")),
    *(f"extensions/Governor{name}.sol" for name in ("Ballots", "Judgment", "BodyTimelock", "BallotSignatures")),
]
# Tried one after another: the search of the invariants takes longest and notices least.
SEARCHES = [
    (["--no-match-contract", "GasTest|Invariants"], {"FOUNDRY_FUZZ_RUNS": "128"}),
    (["--match-contract", "Invariants"], {"FOUNDRY_INVARIANT_RUNS": "4"}),
]


def main() -> None:
    """Try every mutant of the named files; exit with 1 if one survives unexplained."""
    parser = argparse.ArgumentParser(description="Break counting and state code and look whether the tests notice.")
    parser.add_argument("files", nargs="*", default=FILES, help="below contracts/ (default: all of them)")
    mutants = prepare(parser.parse_args().files)
    if not survives(None):
        sys.exit("the tests fail without any change")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        survived = list(pool.map(survives, mutants))
    explained = EXPLAINED.read_text()
    survivors = [mutant for mutant, alive in zip(mutants, survived, strict=True) if alive]
    unexplained = [mutant for mutant in survivors if str(mutant) not in explained]
    report(mutants, survivors)
    for mutant in unexplained:
        print(f"unexplained: {mutant}")
    print(f"{len(mutants)} mutants, {len(survivors)} survived, {len(unexplained)} of them unexplained")
    sys.exit(bool(unexplained))


def prepare(files: list[str]) -> list[Mutant]:
    """Copy what forge needs, put all changes of the files into it, and compile it; returns the changes."""
    for name in ("contracts", "tests/forge"):
        shutil.rmtree(COPY / name, ignore_errors=True)
        shutil.copytree(ROOT / name, COPY / name)
    shutil.copy(ROOT / "foundry.toml", COPY)
    for name, target in (("scripts/solc", COMPILER.parent), ("node_modules", NODE_MODULES)):
        link = COPY / name
        link.parent.mkdir(parents=True, exist_ok=True)
        if not link.is_symlink():
            link.symlink_to(target)
    for path in [*(COPY / "contracts").rglob("*.sol"), *(COPY / "tests").rglob("*.sol")]:
        path.write_text(_readable(path.read_text()))
    mutation = Mutation()
    sources = {f"contracts/{file}": (COPY / "contracts" / file).read_text() for file in files}
    settings = {"remappings": ["@openzeppelin/=node_modules/@openzeppelin/"], "evmVersion": "cancun"}
    trees = syntax_trees(COMPILER, sources, settings)
    for name, text in sources.items():
        (COPY / name).write_bytes(mutation.rewrite(text.encode(), trees[name]))
    subprocess.run(["forge", "build", "--quiet"], cwd=COPY, env=settings_of(None), check=True)
    return mutation.mutants


def _readable(source: str) -> str:
    """No function is pure any more, as the base fee is read, but one: OpenZeppelin's own is pure."""
    viewed = re.sub(r"\bpure\b", "view", source)
    return re.sub(r"(function hashProposal\([^{]*)\bview\b", r"\1pure", viewed)


def survives(mutant: Mutant | None) -> bool:
    """Whether all tests pass with the change; the first failure ends it, and so does taking too long."""
    alive = all(passes(search, {**settings_of(mutant), **fewer}) for search, fewer in SEARCHES)
    if mutant:
        print(f"{'SURVIVED' if alive else 'noticed '} {mutant}", flush=True)
    return alive


def settings_of(mutant: Mutant | None) -> dict[str, str]:
    """An environment in which forge leaves its caches in the copy, with the change switched on."""
    fixed = {"FOUNDRY_OPTIMIZER": "false", "FOUNDRY_FUZZ_SEED": "0x1"}
    fee = {"FOUNDRY_BLOCK_BASE_FEE_PER_GAS": str(mutant.number if mutant else 0)}
    return {**environment(VAR / "home" / "mutation"), **fixed, **fee}


def passes(search: list[str], env: dict[str, str]) -> bool:
    """Whether all tests of the search pass."""
    command = ["forge", "test", "--fail-fast", *search]
    try:
        ended = subprocess.run(command, cwd=COPY, env=env, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def report(mutants: list[Mutant], survivors: list[Mutant]) -> None:
    """A line for each file: how many changes, how many noticed."""
    alive = Counter(mutant.file for mutant in survivors)
    for file, made in Counter(mutant.file for mutant in mutants).items():
        print(f"{file}: {made} mutants, {made - alive[file]} noticed")


if __name__ == "__main__":
    main()
