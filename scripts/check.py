"""Runs the checks or the tests of the project one after another, with the time each takes.

All of them run, even after one has failed; the last lines say which failed, and the exit status is 1 if any did.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
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

_ON_POSTGRESQL = [f"tests/backend/{part}" for part in ("database", "indexer", "queries", "api", "test_main.py")]

TESTS = [
    Step("pure tests", [_PYTHON, "-m", "pytest", "-q"]),
    Step("mirror on PostgreSQL", [_PYTHON, "-m", "pytest", "-q", "--engine=postgresql", *_ON_POSTGRESQL]),
    Step("mirror on real parts", [_PYTHON, "-m", "pytest", "-q", "tests/mirror"]),
    Step("fuzz and invariants", ["forge", "test", "--no-match-contract", "GasTest"]),
    Step("tests on a chain", [_PYTHON, "-m", "pytest", "-q", "tests/chain"]),
    Step("tests in a browser", [_PYTHON, "-m", "pytest", "-q", "tests/browser"]),
]


def main() -> None:
    """Run the named list, after compiling the contracts that both lists look at."""
    parser = argparse.ArgumentParser(description="Run the project's checks or tests.")
    parser.add_argument("which", choices=["check", "test"])
    steps = {"check": CHECKS, "test": TESTS}[parser.parse_args().which]
    env = environment(VAR / "home" / "checks", free_port())
    compile_contracts(env)
    failed = [step.name for step in steps if not passes(step, env)]
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")
    print(f"all {len(steps)} passed")


def passes(step: Step, env: dict[str, str], root: Path = ROOT) -> bool:
    """Run one step below `root`, its output shown as it comes; whether it ended well."""
    print(f"── {step.name}", flush=True)
    started = time.monotonic()
    ended = subprocess.run(step.command, cwd=root, env=env, stdin=subprocess.DEVNULL, check=False)
    verdict = "ok" if ended.returncode == 0 else f"failed with {ended.returncode}"
    print(f"   {step.name}: {verdict}, {time.monotonic() - started:.1f} s", flush=True)
    return ended.returncode == 0


if __name__ == "__main__":
    main()
