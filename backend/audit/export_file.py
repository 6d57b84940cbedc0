"""The export as a file that stands alone: which contracts it is about, then every record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.chain.contracts import Deployment
from backend.database.base import table_of
from backend.errors import ZborError
from backend.indexer.export import export
from backend.indexer.rebuild import PROJECTED

FORMAT = 1
"""Moves when a reader of an older export would misread a new one."""


class UnreadableExportError(ZborError):
    """The file is no export, or of a release that this one does not know."""

    code = "EXPORT_UNREADABLE"

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be read as an export: {problem}. Write one with: python -m backend export")


class _FirstLine(msgspec.Struct, frozen=True, tag_field="table", tag="deployment"):
    format: int
    deployment: Deployment


class _BlockLine(msgspec.Struct, frozen=True, tag_field="table", tag="block"):
    number: int
    hash: str
    time: int


def lines_of(session: Session, consortium_id: int, deployment: Deployment) -> Iterator[str]:
    """Write the deployment, and then one line of JSON for each record."""
    yield first_line(deployment)
    yield from export(session, consortium_id)


def count_of(session: Session, consortium_id: int) -> int:
    """How many lines `lines_of` has, of a mirror that stands at a block."""
    tables = map(table_of, PROJECTED)
    counts = (select(func.count()).select_from(table).where(table.c.consortium_id == consortium_id) for table in tables)
    return len(("deployment", "consortium", "block")) + sum(session.scalar(count) or 0 for count in counts)


def first_line(deployment: Deployment) -> str:
    """Say which contracts on which chain the export is about; bodies are found on the chain."""
    contracts = {
        name: {"address": contract.address, "block": contract.block} for name, contract in deployment.contracts.items()
    }
    said = {
        "network": deployment.network,
        "chainId": deployment.chain_id,
        "block": deployment.block,
        "contracts": contracts,
    }
    line = {"table": "deployment", "format": FORMAT, "deployment": said}
    return json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"


def read_lines(path: Path) -> list[str]:
    """Read all lines of an export.

    Raises:
        UnreadableExportError: there is no such file, or it is no text.
    """
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            return file.readlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableExportError(path, str(error)) from error


def deployment_of(path: Path, lines: list[str]) -> Deployment:
    """Read which contracts an export says it is about.

    Raises:
        UnreadableExportError: its first line does not say it.
    """
    try:
        first = msgspec.json.decode(lines[0] if lines else "", type=_FirstLine)
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnreadableExportError(path, f"its first line names no deployment ({error})") from error
    if first.format != FORMAT:
        raise UnreadableExportError(path, f"it has format {first.format}, this release reads {FORMAT}")
    return first.deployment


def block_of(path: Path, lines: list[str]) -> int:
    """Read the number of the block that an export speaks of.

    Raises:
        UnreadableExportError: no line says it.
    """
    for line in lines[1:3]:
        try:
            return msgspec.json.decode(line, type=_BlockLine).number
        except msgspec.MsgspecError:
            continue
    raise UnreadableExportError(path, "it names no block")
