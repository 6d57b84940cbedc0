"""Tools that disturb the versions Brownie pins: each set in an environment of its own below `var/tools/`.

A set is named like its lock file: `requirements-proofs.lock` is made into `var/tools/proofs/`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from scripts.toolchain import ROOT, VAR, VENV, environment


def folder_of(tools: str) -> Path:
    """Where the environment of these tools is."""
    return VAR / "tools" / tools


def ensure_tools(tools: str) -> Path:
    """Make the environment anew, unless it was made from the very same lock file; returns the folder of its programs.

    Raises `subprocess.CalledProcessError` if a package cannot be had.
    """
    folder = folder_of(tools)
    lock = ROOT / f"requirements-{tools}.lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = folder / ".zbor-stamp"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # two lanes of tests may want the same tools
        if not stamp.is_file() or stamp.read_text() != digest:
            _make(folder, lock)
            stamp.write_text(digest)
    return folder / "bin"


def _make(folder: Path, lock: Path) -> None:
    uv = str(VENV / "bin" / "uv")
    subprocess.run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], check=True)
    install = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", str(folder / "bin" / "python")]
    subprocess.run([*install, "-r", str(lock)], check=True)


def tools_environment(tools: str) -> dict[str, str]:
    """The project's environment with the programs of the tools before its own."""
    env = environment(VAR / "home" / tools)
    programs = str(folder_of(tools) / "bin")
    return {**env, "PATH": os.pathsep.join([programs, env["PATH"]]), "PYTHONPATH": ""}
