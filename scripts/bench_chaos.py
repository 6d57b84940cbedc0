"""What the mirror survives, in earnest: 200 times kill -9, 100 forks, many faults; figures as JSON lines.

The same tests as in `make test`, many more times over, with another seed if wanted: `python -m scripts.bench_chaos 8`.
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

TESTS = ["tests/mirror/test_chaos.py", "tests/mirror/test_watching.py", "tests/mirror/test_election.py"]


def main() -> None:
    """Run all and print the figures; exit with 1 if anything was lost or doubled."""
    seed = sys.argv[1] if len(sys.argv) > 1 else "7"
    with TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        figures.touch()
        wanted = {"ZBOR_CHAOS_SIZE": "large", "ZBOR_CHAOS_SEED": seed, "ZBOR_CHAOS_FIGURES": str(figures)}
        env = {**environment(VAR / "home" / "chaos", free_port()), **wanted}
        begun = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", *TESTS]
        ended = subprocess.run(command, cwd=ROOT, env=env, check=False, stdout=sys.stderr)
        print(figures.read_text(), end="")
    equal = ended.returncode == 0
    print(json.dumps(line("chaos", time.monotonic() - begun, "s", ok=equal) | {"seed": seed}))
    sys.exit(not equal)


if __name__ == "__main__":
    main()
