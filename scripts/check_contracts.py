"""Looks at what was compiled: no contract outgrows its limit, and the committed ABIs are those of the build."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from scripts.toolchain import ROOT

# EIP-170 refuses code above 24,576 bytes at deployment; the difference is what a repair may need in a hurry.
SIZE_LIMIT = 24_000


def main() -> None:
    """Print the size of every deployable contract and every fault; exit with 1 if there is one."""
    build, committed = ROOT / "build" / "contracts", ROOT / "backend" / "chain" / "abi"
    sizes = runtime_sizes(build)
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"   {size:6,} of {SIZE_LIMIT:,} bytes  {name}")
    faults = [*size_faults(sizes), *abi_faults(build, committed)]
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


def runtime_sizes(build: Path) -> dict[str, int]:
    """Bytes of deployed code by contract of ours; interfaces and abstract contracts have none and are left out."""
    artifacts = [json.loads(path.read_text()) for path in build.glob("*.json")]
    return {
        artifact["contractName"]: len(artifact["deployedBytecode"].removeprefix("0x")) // 2
        for artifact in artifacts
        if artifact["deployedBytecode"] and artifact["sourcePath"].startswith("contracts/")
    }


def size_faults(sizes: dict[str, int]) -> list[str]:
    """The contracts above the limit, one sentence each; having compiled none at all is a fault as well."""
    if not sizes:
        return ["build/contracts holds no deployable contract: compile first"]
    return [
        f"{name} has {size:,} bytes of code, {size - SIZE_LIMIT:,} above the limit"
        for name, size in sizes.items()
        if size > SIZE_LIMIT
    ]


def abi_faults(build: Path, committed: Path) -> list[str]:
    """The committed ABIs that are not those of the build, one sentence each; committing none is a fault as well."""
    abis = sorted(committed.glob("*.json"))
    if not abis:
        return [f"{committed} holds no ABI: export them"]
    return [
        f"{path.name} is not the ABI of the compiled contract: export it again"
        for path in abis
        if not (build / path.name).is_file() or _abi(build / path.name) != _abi(path)
    ]


def _abi(path: Path) -> list[str]:
    """The entries of an ABI, in an order of their own: the compiler's says nothing."""
    content = json.loads(path.read_text())
    entries = content["abi"] if isinstance(content, dict) else content
    return sorted(json.dumps(entry, sort_keys=True) for entry in entries)


if __name__ == "__main__":
    main()
