"""Texts of proposals that were read and checked already, for as long as their files stay as they were.

Reading, hashing and parsing fifty texts costs more than finding the fifty proposals.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from backend.documents.proposal_text import ProposalDocument

MOST_BYTES = 32 * 1024 * 1024
"""Of documents in canonical form; those used longest ago make room."""

Mark = tuple[int, int, int]
"""Of a file: its number on the disk, its size and the nanosecond of its last change."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One text, and the mark its file had when it was read."""

    mark: Mark | None
    document: ProposalDocument
    size: int


class KeptTexts:
    """Texts by CID, for all threads of a process."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._texts: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, cid: str) -> Kept | None:
        """Find a text that was read before."""
        with self._lock:
            kept = self._texts.get(cid)
            if kept is not None:
                self._texts.move_to_end(cid)
            return kept

    def keep(self, cid: str, mark: Mark | None, document: ProposalDocument, size: int) -> None:
        """Keep a text that was just read and checked."""
        with self._lock:
            before = self._texts.pop(cid, None)
            self._bytes += size - (before.size if before else 0)
            self._texts[cid] = Kept(mark, document, size)
            while self._bytes > self._most_bytes:
                self._bytes -= self._texts.popitem(last=False)[1].size
