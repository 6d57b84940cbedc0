"""What is on record beside the votes themselves: mandates and minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.visit import visit
from backend.queries.headings import texts_by_proposal
from backend.queries.interventions import Wanted, list_all_minutes, list_all_objections
from backend.queries.mandates import list_mandates
from backend.queries.mirror import Mirror
from backend.settings import Settings

PER_PAGE: Final = 50
MOST_OBJECTIONS: Final = 500


@dataclass(frozen=True, slots=True)
class RecordPages:
    """Lists of acts of one consortium's portal."""

    mirror: Mirror
    settings: Settings

    def mandates(self, request: Request) -> HTMLResponse:
        """Who may cast whose ballots now, and who could until lately."""
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            given = list_mandates(reading.session, reading.consortium, reading.now)
            return visited.frame.render(
                "mandates.html",
                in_force=[mandate for mandate in given if mandate.in_force],
                over=[mandate for mandate in given if not mandate.in_force],
            )

    def minutes(self, request: Request, cursor: str = "") -> HTMLResponse:
        """Every version of every minutes, newest first, with the objections to them.

        Raises:
            InvalidCursorError: the cursor is not one this list gave out.
        """
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            found = list_all_minutes(reading.session, reading.consortium, Wanted(limit=PER_PAGE, cursor=cursor or None))
            objections = list_all_objections(reading.session, reading.consortium, Wanted(limit=MOST_OBJECTIONS))
            ids = [version.proposal.id for version in found.items]
            return visited.frame.render(
                "minutes.html",
                found=found,
                objections=objections.items,
                texts=texts_by_proposal(reading.session, reading.consortium, ids),
            )
