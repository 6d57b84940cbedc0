"""Runs the checks or the tests of the project, with the time each takes; the long ones side by side.

All of them run, even after one has failed; the last lines say which failed, and the exit status is 1 if any did.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scripts.toolchain import ROOT, VAR, compile_contracts, environment, free_port

_PYTHON = sys.executable


@dataclass(frozen=True, slots=True)
class Step:
    """One command, by the name under which it is reported."""

    name: str
    command: list[str]


CHECKS = [
    Step("Python format", ["ruff", "format", "--check", "--quiet"]),
    Step("Python rules", ["ruff", "check", "--quiet"]),
    Step("Python types", ["mypy", "--no-error-summary"]),
    Step("import arrows", [_PYTHON, "-m", "pytest", "-q", "tests/test_layering.py"]),
    Step("Solidity format", ["forge", "fmt", "--check"]),
    Step("Solidity rules", ["solhint", "--disc", "--noPoster", "--max-warnings", "0", "contracts/**/*.sol"]),
    Step("contract sizes and ABIs", [_PYTHON, "-m", "scripts.check_contracts"]),
    Step("gas", ["forge", "test", "--isolate", "--match-contract", "GasTest", "--gas-snapshot-check=true"]),
    Step("lock files", [_PYTHON, "-m", "scripts.check_locks"]),
    Step("documentation", ["mkdocs", "build", "--strict", "--site-dir", "var/site"]),
]

_ON_POSTGRESQL = [
    f"tests/backend/{part}" for part in ("database", "indexer", "queries", "people", "api", "test_main.py")
]

_CHAIN_TESTS = [
    Step("tests on a chain", [_PYTHON, "-m", "pytest", "-q", "tests/chain"]),
    Step("tests in a browser", [_PYTHON, "-m", "pytest", "-q", "tests/browser"]),
    Step("signed ballots", [_PYTHON, "-m", "pytest", "-q", "tests/relay"]),
    Step("fuzz and invariants", ["forge", "test", "--no-match-contract", "GasTest"]),
]
"""Those that use Brownie, if only to found a consortium: two programs at a time must not use it in one checkout.

And the fuzzing, so that both lanes take as long.
"""
_OTHER_TESTS = [
    Step("pure tests", [_PYTHON, "-m", "pytest", "-q"]),
    Step("mirror on PostgreSQL", [_PYTHON, "-m", "pytest", "-q", "--engine=postgresql", *_ON_POSTGRESQL]),
    Step("mirror on real parts", [_PYTHON, "-m", "pytest", "-q", "tests/mirror"]),
    Step("API over HTTP", [_PYTHON, "-m", "pytest", "-q", "tests/served"]),
]
LANES = {"check": [CHECKS], "test": [_CHAIN_TESTS, _OTHER_TESTS]}
"""What can run side by side."""


def main() -> None:
    """Run the named lanes, after compiling the contracts that all of them look at."""
    parser = argparse.ArgumentParser(description="Run the project's checks or tests.")
    parser.add_argument("which", choices=sorted(LANES))
    lanes = LANES[parser.parse_args().which]
    homes = [environment(VAR / "home" / f"checks-{number}", free_port()) for number in range(len(lanes))]
    compile_contracts(homes[0])
    with ThreadPoolExecutor(len(lanes)) as side_by_side:
        failed = [name for names in side_by_side.map(failed_in, lanes, homes) for name in names]
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")
    print(f"all {sum(map(len, lanes))} passed")


def failed_in(lane: list[Step], env: dict[str, str], root: Path = ROOT) -> list[str]:
    """Run the steps of a lane one after another; the names of those that failed."""
    return [step.name for step in lane if not passes(step, env, root)]


def passes(step: Step, env: dict[str, str], root: Path = ROOT) -> bool:
    """Run one step below `root` and show what it said when it is over; whether it ended well."""
    print(f"── {step.name} …", flush=True)
    started = time.monotonic()
    ended = subprocess.run(
        step.command,
        cwd=root,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    verdict = "ok" if ended.returncode == 0 else f"failed with {ended.returncode}"
    # One write, so that the lanes do not mix.
    print(f"── {step.name}\n{ended.stdout}   {step.name}: {verdict}, {time.monotonic() - started:.1f} s", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    main()
