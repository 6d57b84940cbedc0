"""The port to whatever keeps the bytes of documents."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Protocol

MOST_BYTES = 8 * 1024 * 1024
"""Size of one stored document."""


class Kind(StrEnum):
    """What is kept."""

    TEXT = "texts"
    """Public: proposal texts and attachments, named by CID."""
    REASON = "reasons"
    """Erasable: reasons of ballots with their salts, named by commitment."""


class Keeper(Protocol):
    """Keeps bytes under names that were checked before; what it hands out is checked after."""

    def read(self, kind: Kind, name: str) -> bytes | None:
        """Fetch the bytes; None where there are none of that name."""

    def read_all(self, kind: Kind, names: Collection[str]) -> dict[str, bytes]:
        """Fetch the bytes of many names at once; those that are not there are left out."""

    def write(self, kind: Kind, name: str, data: bytes) -> None:
        """Keep the bytes, in place of any that are there under that name."""

    def erase(self, kind: Kind, name: str) -> bool:
        """Erase the bytes for good; False where there were none."""
