"""The minutes of a decision: a draft, objections, and corrected minutes that are accepted by silence. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backend.domain.values import Timepoint

OBJECTION_PERIOD = 15 * 86_400
"""Seconds in which an elector may object to corrected minutes (DESCA 6.2.5.2)."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was recorded and objected to so far."""

    version: int = 0
    """How many times minutes were recorded; 1 after the draft."""
    objection_stands: bool = False
    """An elector has objected, and no corrected minutes were recorded since."""
    corrected_at: Timepoint | None = None
    """When the latest corrected minutes were recorded; None while nobody has objected to the draft."""

    @property
    def accepted_at(self) -> Timepoint | None:
        """Last second to object to the corrected minutes; None where there are none to wait for."""
        return None if self.corrected_at is None else Timepoint(self.corrected_at + OBJECTION_PERIOD)

    def recorded(self, at: Timepoint) -> Minutes:
        """Take in minutes recorded in second `at`: a draft, or the answer to an objection."""
        corrected_at = at if self.objection_stands else self.corrected_at
        return Minutes(self.version + 1, objection_stands=False, corrected_at=corrected_at)

    def objected(self) -> Minutes:
        """Take in an objection."""
        return replace(self, objection_stands=True)


NO_MINUTES = Minutes()
