"""Where the pages are, in the order in which they are offered. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from backend.portal.labels import noop


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    address: str
    label: str
    """Marked for translation."""

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this entry."""
        return path == self.address or (self.address != "/" and path.startswith(f"{self.address}/"))


MAIN: Final = (
    Place("/", noop("Home")),
    Place("/proposals", noop("Proposals")),
    Place("/decisions", noop("Decisions")),
    Place("/members", noop("Members")),
    Place("/bodies", noop("Bodies")),
    Place("/organisation", noop("My organisation")),
)
MORE: Final = (
    (
        noop("On record"),
        (
            Place("/mandates", noop("Mandates")),
            Place("/minutes", noop("Minutes of the meetings")),
            Place("/participation", noop("Participation")),
        ),
    ),
    (
        noop("For members"),
        (
            Place("/propose", noop("Put a proposal")),
            Place("/receipts", noop("Receipts")),
            Place("/desk", noop("Coordinator's desk")),
        ),
    ),
    (
        noop("About these pages"),
        (
            Place("/how-it-works", noop("How it works")),
            Place("/verify", noop("Verify it yourself")),
            Place("/status", noop("Status")),
        ),
    ),
)
"""What stands at the foot of every page, by headings."""
