"""Members: what they are to the consortium and where they stand. Pure."""

from __future__ import annotations

from enum import IntEnum


class MemberClass(IntEnum):
    """What a member is to the consortium; the numbers are the contract's."""

    FOUNDING = 1
    PARTNER = 2
    ASSOCIATE = 3
    """Consulted, not counted."""

    @property
    def label(self) -> str:
        """The class as the API and the sample data spell it."""
        return self.name.lower()


class MemberStatus(IntEnum):
    """Where a member stands; the numbers are the contract's."""

    ADMITTED = 1
    """By decision; the accession document is not recorded yet."""
    ACTIVE = 2
    IN_BREACH = 3
    """Notified, the remedy period runs; still votes."""
    DEFAULTING = 4
    EXCLUDED = 5
    LEFT = 6

    @property
    def label(self) -> str:
        """The status as the API and the sample data spell it."""
        return self.name.lower()

    @property
    def votes(self) -> bool:
        """Whether a member that stands here may vote (a defaulting party keeps its membership and loses its vote)."""
        return self in (MemberStatus.ACTIVE, MemberStatus.IN_BREACH)


GONE = (MemberStatus.EXCLUDED, MemberStatus.LEFT)
"""Where those stand that are members no more."""
GONE_LABELS = tuple(status.label for status in GONE)
"""The same, as views spell them."""
