"""Measures how much of the contracts forge's tests run through, and fails below 98 % of lines or branches."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scripts.toolchain import ROOT, VAR, environment

LEAST = 0.98
REPORT = VAR / "coverage" / "lcov.info"
# Without its own folders the unoptimised build would push the tests' out.
FOLDERS = {"FOUNDRY_OUT": "var/coverage/out", "FOUNDRY_CACHE_PATH": "var/coverage/cache"}
BRIEF = {"FOUNDRY_FUZZ_RUNS": "64", "FOUNDRY_INVARIANT_RUNS": "2"}


def main() -> None:
    """Print the share of lines and branches, and every line that is not run; exit with 1 below the least share."""
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    env = {**environment(VAR / "home" / "coverage"), **FOLDERS, **BRIEF}
    command = ["forge", "coverage", "--report", "lcov", "--report-file", os.fspath(REPORT)]
    command += ["--no-match-coverage", "tests|node_modules|mocks", "--no-match-contract", "GasTest"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    record = REPORT.read_text()
    for line in missed(record):
        print(f"not run: {line}")
    shares = {what: share(record, key) for what, key in (("lines", "L"), ("branches", "BR"))}
    print(", ".join(f"{share:.2%} of {what}" for what, share in shares.items()))
    sys.exit(min(shares.values()) < LEAST)


def share(record: str, key: str) -> float:
    """Hit by found over all files of an lcov record; `key` is `L` for lines, `BR` for branches."""
    found, hit = (sum(map(int, re.findall(rf"^{key}{which}:(\d+)", record, re.MULTILINE))) for which in "FH")
    return hit / found


def missed(record: str) -> list[str]:
    """`file:line` of everything that is never run."""
    files = [part.splitlines() for part in record.split("end_of_record") if "SF:" in part]
    return [
        f"{Path(name(lines))}:{line.removeprefix('DA:').removesuffix(',0')}"
        for lines in files
        for line in lines
        if line.startswith("DA:") and line.endswith(",0")
    ]


def name(lines: list[str]) -> str:
    """The source file of a record."""
    return next(line.removeprefix("SF:") for line in lines if line.startswith("SF:"))


if __name__ == "__main__":
    main()
