"""What the mirror survives, in earnest: kill -9, forks, faults of every kind, databases lost; figures as JSON lines.

The same tests as in `make test`, many more times over, with another seed if wanted: `python -m scripts.bench_chaos 8`.
How often each thing is done stands in `tests/mirror/sizes.py`; the figures of one run are kept in `docs/survival.md`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.figures import line
from scripts.toolchain import ROOT, VAR, environment, free_port

TESTS = [f"tests/mirror/test_{each}.py" for each in ("chaos", "kills", "lies", "restarts", "election", "watching")]


def main() -> None:
    """Run all and print the figures; exit with 1 if anything was lost or doubled, or a goal missed."""
    seed = sys.argv[1] if len(sys.argv) > 1 else "7"
    with TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        figures.touch()
        wanted = {"ZBOR_CHAOS_SIZE": "large", "ZBOR_CHAOS_SEED": seed, "ZBOR_CHAOS_FIGURES": str(figures)}
        env = {**environment(VAR / "home" / "chaos", free_port()), **wanted}
        begun = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", *TESTS]
        ended = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=sys.stderr)
        told = figures.read_text()
    equal = ended.returncode == 0
    whole = line("nothing lost, nothing doubled", time.monotonic() - begun, "s", ok=equal) | {"seed": seed}
    print(told + json.dumps(whole))
    sys.exit(not (equal and all(json.loads(each)["ok"] for each in told.splitlines())))


if __name__ == "__main__":
    main()
