"""Write the ABIs of the deployed contracts where the backend reads them, from what Brownie has compiled.

The backend is installed without a compiler, so the files are kept in the repository; a test holds them equal to the
build. Run `brownie compile` first, then `python scripts/export_abi.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "contracts"
TARGET = ROOT / "backend" / "chain" / "abi"

DEPLOYED = (
    "MemberRegistry",
    "Rulebook",
    "Records",
    "Acts",
    "ConsortiumGovernor",
    "BodyTimelock",
    "BodyFactory",
    "Lens",
)
"""What a deployment puts on chain."""


def exported(contract: str, build: Path = BUILD) -> str:
    """Read one contract's ABI as the text that is kept: an entry a line, in a stable order.

    Raises `FileNotFoundError` if the contract has not been compiled.
    """
    abi = json.loads((build / f"{contract}.json").read_text(encoding="utf-8"))["abi"]
    entries = sorted(json.dumps(entry, sort_keys=True, separators=(",", ":")) for entry in abi)
    return "[\n" + ",\n".join(entries) + "\n]\n"


def export(build: Path = BUILD, target: Path = TARGET) -> list[Path]:
    """Write all ABIs and return the files written."""
    target.mkdir(parents=True, exist_ok=True)
    written = [target / f"{contract}.json" for contract in DEPLOYED]
    for file in written:
        file.write_text(exported(file.stem, build), encoding="utf-8")
    return written


def main() -> None:
    """Export and say what was written."""
    for file in export():
        print(file.relative_to(ROOT))


if __name__ == "__main__":
    main()
