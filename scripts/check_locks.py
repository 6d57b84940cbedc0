"""Holds the lock files to what `pyproject.toml` and `package.json` ask for, without asking any package index.

A lock file names every package with its version and hashes, and no download address: where packages come from is the
business of the machine that installs them. `--renew` locks again, which does need the index.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent

# What each lock file covers, as arguments of `uv pip compile`. The others stand apart: not every machine needs them.
LOCKS: dict[str, list[str]] = {
    "requirements.lock": ["pyproject.toml", "--extra=chain", "--extra=dev", "--extra=docs"],
    "requirements-installer.lock": ["--group=installer"],
    "requirements-node.lock": ["--group=node"],
    "requirements-proofs.lock": ["--group=proofs"],
    "requirements-api.lock": ["--group=api"],
}
_COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-header"]
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]*\])?==(?P<version>[^\s;]+).*\\$")


def main() -> None:
    """Print every fault of the lock files; exit with 1 if there is one."""
    parser = argparse.ArgumentParser(description="Hold the lock files to what the project asks for.")
    parser.add_argument("--renew", action="store_true", help="lock again; keeps versions that still fit")
    if parser.parse_args().renew:
        renew(ROOT)
    faults = [*python_faults(ROOT), *node_faults(ROOT), *addresses(ROOT)]
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


def renew(root: Path) -> None:
    """Write all lock files anew; needs the package indexes."""
    for name, sources in LOCKS.items():
        subprocess.run([*_COMPILE, "--python-version=3.11", *sources, "-o", name], cwd=root, check=True)
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=root, check=True)


def python_faults(root: Path) -> list[str]:
    """Where the Python lock files and `pyproject.toml` differ, one sentence each."""
    asked = _asked(root)
    return [fault for name, wanted in asked.items() for fault in _faults_of_lock(root / name, wanted)]


def _asked(root: Path) -> dict[str, list[Requirement]]:
    """The direct requirements that each lock file has to hold."""
    settings = tomllib.loads((root / "pyproject.toml").read_text())
    project, groups = settings["project"], settings["dependency-groups"]
    extras = project["optional-dependencies"]
    asked = {
        "requirements.lock": [*project["dependencies"], *(line for lines in extras.values() for line in lines)],
        "requirements-installer.lock": groups["installer"],
        "requirements-node.lock": groups["node"],
        "requirements-proofs.lock": groups["proofs"],
        "requirements-api.lock": groups["api"],
    }
    return {name: [Requirement(line) for line in lines] for name, lines in asked.items()}


def _faults_of_lock(path: Path, wanted: list[Requirement]) -> list[str]:
    pins, direct = _read_lock(path)
    faults = []
    for requirement in wanted:
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            faults.append(f"{path.name}: pyproject.toml asks for {requirement}, locked is {version}")
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    faults.extend(f"{path.name}: {name} is locked, but nothing asks for it" for name in sorted(direct - names))
    return faults


def _read_lock(path: Path) -> tuple[dict[str, str], set[str]]:
    """Versions by package, and the packages that the project itself asked for."""
    pins: dict[str, str] = {}
    direct: set[str] = set()
    name = ""
    for line in path.read_text().splitlines():
        if match := _PIN.match(line):
            name = canonicalize_name(match["name"])
            pins[name] = match["version"]
        elif "(pyproject.toml" in line:
            direct.add(name)
    return pins, direct


def node_faults(root: Path) -> list[str]:
    """Where `package-lock.json` and `package.json` differ, one sentence each."""
    wanted = json.loads((root / "package.json").read_text())
    packages = json.loads((root / "package-lock.json").read_text())["packages"]
    faults = []
    for group in ("dependencies", "devDependencies", "optionalDependencies"):
        if wanted.get(group, {}) != packages[""].get(group, {}):
            faults.append(f"package-lock.json: `{group}` are not those of package.json")
        for name, version in wanted.get(group, {}).items():
            locked = packages.get(f"node_modules/{name}", {})
            if locked.get("version") != version or "integrity" not in locked:
                faults.append(f"package-lock.json: package.json asks for {name} {version}, locked is {locked}")
    return faults


def addresses(root: Path) -> list[str]:
    """Download addresses in lock files and npm's settings, which tie the project to one index."""
    faults = []
    for name in [*LOCKS, "package-lock.json", ".npmrc"]:
        for number, line in enumerate((root / name).read_text().splitlines(), 1):
            if re.search(r'--(extra-)?index-url|"resolved"|registry\s*=|@ ?https?:|^https?:', line):
                faults.append(f"{name}:{number}: carries a download address: {line.strip()}")
    return faults


if __name__ == "__main__":
    main()
