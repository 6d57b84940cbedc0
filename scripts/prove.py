"""Tries to break the contracts in three ways: forge's fuzzer, halmos' solver, slither's patterns.

Halmos and slither live in an environment of their own below `var/tools/`, made from `requirements-proofs.lock`, because
they disturb the versions that Brownie pins. `--only` runs one of the three.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys

from scripts.check import Step, passes
from scripts.toolchain import ROOT, VAR, VENV, environment

TOOLS = VAR / "tools" / "proofs"
LOCK = ROOT / "requirements-proofs.lock"

# Slither cleans forge's folders before it builds: it gets some of its own.
OUT = "var/proofs/out"
FOLDERS = {"FOUNDRY_OUT": OUT, "FOUNDRY_CACHE_PATH": "var/proofs/cache"}
# 33: loops over the 32 bytes of a word have to be followed to their end.
SYMBOLIC = ["halmos", "--match-contract", "^(BallotWords|Judgment)Test$", "--function", "check_", "--loop", "33"]
SYMBOLIC += ["--solver-timeout-assertion", "300s", "--forge-build-out", OUT]
STATIC = ["slither", ".", "--config-file", "slither.config.json", "--foundry-out-directory", OUT]
PROOFS = {
    "fuzz": Step("fuzz and invariants", ["forge", "test", "--no-match-contract", "GasTest"]),
    "symbolic": Step("symbolic proofs", SYMBOLIC),
    "static": Step("static analysis", STATIC),
}


def main() -> None:
    """Run the proofs; exit with 1 if one fails."""
    parser = argparse.ArgumentParser(description="Try to break the contracts.")
    parser.add_argument("--only", choices=sorted(PROOFS), help="one of the three")
    only = parser.parse_args().only
    ensure_tools()
    env = tools_environment()
    failed = [step.name for name, step in PROOFS.items() if only in {None, name} and not passes(step, env)]
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")


def ensure_tools() -> None:
    """Make the environment of halmos and slither anew, unless it was made from the very same lock file."""
    stamp = TOOLS / ".zbor-stamp"
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    uv = str(VENV / "bin" / "uv")
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(TOOLS)], check=True)
    install = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(TOOLS / "bin" / "python")]
    subprocess.run([*install, "-r", str(LOCK)], check=True)
    stamp.write_text(digest)


def tools_environment() -> dict[str, str]:
    """The project's environment with the programs of the tools before its own."""
    env = {**environment(VAR / "home" / "proofs"), **FOLDERS}
    return {**env, "PATH": os.pathsep.join([str(TOOLS / "bin"), env["PATH"]]), "PYTHONPATH": ""}


if __name__ == "__main__":
    main()
