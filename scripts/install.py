"""Sets the checkout up: Python packages into `.venv/`, node packages into `node_modules/`, nothing anywhere else.

Runs on the machine's own Python with the standard library alone, as often as one likes: a stamp in each folder holds
the digest of the lock files it was made from, and a folder whose stamp still fits is left alone. What cannot be done is
said in one line, with what to do about it. `--browser` also looks for the browser that the tests drive.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
LOG = ROOT / "var" / "log" / "setup.log"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
# Platforms for which package-lock.json carries anvil and forge themselves; elsewhere npm picks the right package.
LOCKED_PLATFORM = ("Linux", "x86_64")

# What the installers print when the cause lies outside the project, and what helps.
CAUSES: list[tuple[str, str]] = [
    (r"No space left on device|ENOSPC|Errno 28", "The disk is full: free about 2 GB and run it again."),
    (r"EACCES|Permission denied|Errno 13|Read-only file system", "A folder is not writable by this user: see the log."),
    (
        r"do not match the hashes|Hash mismatch|EINTEGRITY|IncompleteRead|unexpected end of file",
        "A download arrived broken: run it again; if it repeats, clear the caches of pip, uv and npm.",
    ),
    (r"ensurepip", "This Python lacks its `venv` part: on Debian `apt-get install python3-venv`."),
    (
        r"ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN|timed out|dns error|Connection (refused|reset)|No matching dist",
        "The package index does not answer, or has nothing for this machine: check the network, then run it again.",
    ),
]


class SetupError(Exception):
    """The checkout cannot be set up; the message says why and what to do, in one line."""


def install() -> None:
    """Bring `.venv/` and `node_modules/` in line with the lock files.

    Raises `SetupError` when a tool is missing, a download fails or the disk is full.
    """
    ensure_python()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("")
    install_python_packages()
    install_node_packages()


def ensure_python() -> None:
    """Go on under a newer Python of this machine when this one is too old; `SetupError` when there is none."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for name in ("python3.13", "python3.12", "python3.11"):
        if may_run([name, "-c", "import venv"]):
            os.execvp(name, [name, *sys.argv])
    raise SetupError(
        f"Python {platform.python_version()} is too old: Zbor needs 3.11 or newer. "
        "Install one, or name it: `make setup PYTHON=/path/to/python3.12`."
    )


def install_python_packages() -> None:
    """Make `.venv/` anew from the hashed lock file, unless it was made from the very same one."""
    lock = ROOT / "requirements.lock"
    # The path counts, because the programs in a virtual environment carry it.
    stamp = digest(platform.python_version(), str(VENV), lock.read_text())
    if is_stamped(VENV, stamp) and PYTHON.exists():
        return
    started = announce("Python packages into .venv/")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes"]
    run([*pip, "-r", str(ROOT / "requirements-installer.lock")])
    try:
        run([str(VENV / "bin" / "uv"), "pip", "install", "--python", str(PYTHON), "--require-hashes", "-r", str(lock)])
    except SetupError:
        # pip is slower than uv, but knows the mirrors and certificates that this machine has set up for it.
        run([*pip, "-r", str(lock)])
    write_stamp(VENV, stamp)
    done(started)


def install_node_packages() -> None:
    """Make `node_modules/` anew from its lock file, unless it was made from the very same one."""
    locks = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    stamp = digest(platform.platform(), str(NODE_MODULES), *(path.read_text() for path in locks))
    if is_stamped(NODE_MODULES, stamp) and has_node():
        return
    ensure_node()
    started = announce("Compiler, local chain and browser parts into node_modules/")
    npm = ["npm", "--no-progress", "--include=dev", "--include=optional"]
    run([*npm, "ci"])
    if (platform.system(), platform.machine()) != LOCKED_PLATFORM:
        version = json.loads(locks[0].read_text())["optionalDependencies"]["@foundry-rs/anvil-linux-amd64"]
        run([*npm, "install", "--no-save", f"@foundry-rs/anvil@{version}", f"@foundry-rs/forge@{version}"])
    write_stamp(NODE_MODULES, stamp)
    done(started)


def ensure_node() -> None:
    """Put Node into `.venv/` when the machine has none that is new enough."""
    if has_node():
        return
    started = announce("Node.js into .venv/")
    lock = ROOT / "requirements-node.lock"
    run([str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)])
    if not has_node():
        raise SetupError(f"Node.js {OLDEST_NODE} or newer is missing: install it from nodejs.org and run it again.")
    done(started)


def has_node() -> bool:
    """Whether a Node that is new enough, with its npm, is in `.venv/` or on the machine."""
    path = search_path()
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", answer.stdout)
    return version is not None and int(version[1]) >= OLDEST_NODE


def ensure_browser() -> None:
    """Install Debian's Chromium where it is missing and this user may; else raise `SetupError`."""
    if shutil.which("chromium"):
        return
    administrator = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or not may_run([*administrator, "true"]):
        raise SetupError(
            "The browser tests need Chromium, and this user may not install it: "
            "`sudo apt-get install chromium`, or put a program named `chromium` on the PATH."
        )
    started = announce("Chromium, from the system's packages")
    run([*administrator, "apt-get", "update", "-q"])
    run([*administrator, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "fonts-dejavu-core"])
    done(started)


def may_run(command: list[str]) -> bool:
    """Whether the command exists and ends well without asking anything."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0


def run(command: list[str]) -> None:
    """Run one installer, its output kept in the log; raises `SetupError` with the likely cause when it fails."""
    environment = {**os.environ, **caches(), "PATH": search_path(), "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ended = subprocess.run(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise SetupError(explain(command, str(error))) from error
    output = ended.stdout + ended.stderr
    with LOG.open("a") as log:
        log.write(f"$ {' '.join(command)}\n{output}\n")
    if ended.returncode != 0:
        raise SetupError(explain(command, output))


def caches() -> dict[str, str]:
    """Where installers keep downloads and logs: below `var/`, as everything that is not in a folder of its own."""
    kept = ROOT / "var" / "cache"
    folders = {"PIP_CACHE_DIR": kept / "pip", "UV_CACHE_DIR": kept / "uv", "npm_config_cache": kept / "npm"}
    return {name: str(folder) for name, folder in (folders | {"npm_config_logs_dir": LOG.parent}).items()}


def explain(command: list[str], output: str) -> str:
    """One line on why an installer failed, from what it printed."""
    for pattern, advice in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return f"{advice} (Details: {LOG.relative_to(ROOT)})"
    return f"`{Path(command[0]).name}` failed: see {LOG.relative_to(ROOT)}, and run it again when that is mended."


def search_path() -> str:
    """Where programs are looked for: the checkout's own first, then the machine's."""
    return os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])


def digest(*parts: str) -> str:
    """SHA-256 over the parts, each told from the next."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def is_stamped(folder: Path, stamp: str) -> bool:
    """Whether the folder was finished under this very stamp."""
    path = folder / ".zbor-stamp"
    return path.is_file() and path.read_text() == stamp


def write_stamp(folder: Path, stamp: str) -> None:
    """Mark the folder as finished; the last thing done to it, so that an interrupted run starts over."""
    (folder / ".zbor-stamp").write_text(stamp)


def announce(what: str) -> float:
    """Say what begins; returns when it began."""
    print(f"  setting up: {what} …", end=" ", flush=True)
    return time.monotonic()


def done(started: float) -> None:
    """Say how long it took."""
    print(f"{time.monotonic() - started:.0f} s", flush=True)


def main() -> None:
    """Set up; print one line and exit with 1 when that is not possible."""
    parser = argparse.ArgumentParser(description="Set the checkout up in its own folders.")
    parser.add_argument("--browser", action="store_true", help="look for the browser that the tests drive")
    arguments = parser.parse_args()
    try:
        ensure_browser() if arguments.browser else install()
    except SetupError as error:
        sys.exit(f"\nset-up stopped: {error}")
    except OSError as error:
        sys.exit(f"\nset-up stopped: {explain(['python'], str(error))}")
    except KeyboardInterrupt:
        sys.exit("\nset-up interrupted; run it again to go on.")


if __name__ == "__main__":
    main()
