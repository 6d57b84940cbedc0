"""Tries to break the contracts in three ways: forge's fuzzer, halmos' solver, slither's patterns.

Halmos and slither live in an environment of their own, made from `requirements-proofs.lock`. `--only` runs one of the
three.
"""

from __future__ import annotations

import argparse
import sys

from scripts.check import Step, passes
from scripts.tools_apart import ensure_tools, tools_environment

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
    ensure_tools("proofs")
    env = {**tools_environment("proofs"), **FOLDERS}
    failed = [step.name for name, step in PROOFS.items() if only in {None, name} and not passes(step, env)]
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")


if __name__ == "__main__":
    main()
