"""The project's own tools, and the environment in which they find each other.

Nothing outside the checkout is read or written: node tools come from `node_modules/`, Python tools from `.venv/`, the
Solidity compiler from `scripts/solc/`, and whatever a tool wants to keep in the user's home goes to a folder below
`var/`. Standard library only, so that set-up can use it before anything is installed.

Run any tool that way: `python scripts/toolchain.py brownie compile`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
NODE_MODULES = ROOT / "node_modules"
VAR = ROOT / "var"

_LOOPBACK = "127.0.0.1"
# The name `development` is the only one that Brownie deploys to without a base fee, see docs/run-by-hand.md.
_BROWNIE_NETWORKS = """\
live: []
development:
  - name: Local chain of this checkout
    id: development
    cmd: anvil
    host: http://{host}
    timeout: 120
    cmd_settings:
      port: {port}
      gas_limit: 30000000
      accounts: 10
      base_fee: 0
"""


def environment(home: Path, port: int = 8545) -> dict[str, str]:
    """Environment variables for every tool of the project, on top of those of this process.

    `home` is what the tools take for the user's home folder; it is created, and Brownie's network `development` in it
    points to a chain on loopback at `port`. Two runs at the same time need two homes and two ports, because Brownie
    attaches itself to whatever chain already listens there.
    """
    brownie = home.resolve() / ".brownie"
    brownie.mkdir(parents=True, exist_ok=True)
    (brownie / "network-config.yaml").write_text(_BROWNIE_NETWORKS.format(host=_LOOPBACK, port=port))
    folders = [NODE_MODULES / ".bin", VENV / "bin"]
    return {
        **os.environ,
        "PATH": os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)]),
        "HOME": str(home.resolve()),
        "VIRTUAL_ENV": str(VENV),
        "SOLCX_BINARY_PATH": str(ROOT / "scripts" / "solc"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        # Where images forbid Python to keep what it compiled, each of our many programs would compile all of it again.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(VAR / "bytecode"),
        # Brownie's own module warns of the way Brownie itself calls it.
        "PYTHONWARNINGS": "ignore:rpc.:FutureWarning",
    }


def free_port() -> int:
    """A TCP port on loopback that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def port_in_use(port: int) -> bool:
    """Whether something already listens on loopback at `port`."""
    with socket.socket() as probe:
        return probe.connect_ex((_LOOPBACK, port)) == 0


def compile_contracts(env: dict[str, str]) -> bool:
    """Compile `contracts/` into `build/`; returns whether anything had to be compiled.

    Nothing is done when sources, compiler and settings are those of the last successful build. Raises
    `subprocess.CalledProcessError` with the compiler's own message on stderr when the contracts do not compile.
    """
    stamp = ROOT / "build" / "sources.sha256"
    digest = _digest_of_sources()
    if stamp.is_file() and stamp.read_text() == digest:
        return False
    stamp.unlink(missing_ok=True)
    # `--all`: Brownie does not see that a file without a contract changed, and would keep what was built with the old.
    subprocess.run(["brownie", "compile", "--all"], cwd=ROOT, env=env, check=True)
    stamp.write_text(digest)
    return True


def _digest_of_sources() -> str:
    """SHA-256 over the names and contents of all that decides what the build looks like."""
    settings = [ROOT / "brownie-config.yaml", ROOT / "package-lock.json"]
    digest = hashlib.sha256()
    for path in [*settings, *sorted((ROOT / "contracts").rglob("*.sol"))]:
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def main() -> NoReturn:
    """Replace this process by the given command, run with the project's tools."""
    parser = argparse.ArgumentParser(description="Run a command with the project's own tools.")
    parser.add_argument("--home", type=Path, default=VAR / "home", help="home folder of the tools (default: var/home)")
    parser.add_argument("--port", type=int, default=None, help="port of the local chain (default: a free one)")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="for example: brownie compile; or: compile")
    arguments = parser.parse_args()
    if not arguments.command:
        parser.error("name the command to run")
    env = environment(arguments.home, arguments.port or free_port())
    if arguments.command == ["compile"]:
        compile_contracts(env)
        sys.exit()
    os.execvpe(arguments.command[0], arguments.command, env)


if __name__ == "__main__":
    main()
