"""What was decided and holds: decisions in force, and those that do not bind yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.own_marks import own_marks
from backend.portal.visit import Visit, visit
from backend.queries.bodies import list_bodies
from backend.queries.mirror import Mirror
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.views import Page, ProposalSummary
from backend.settings import Settings

IN_FORCE: Final = ("binding", "queued", "executed")
WAITING: Final = ("adopted", "awaiting_approval")
PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class DecisionPages:
    """The register of decisions of one consortium's portal."""

    mirror: Mirror
    settings: Settings

    def decisions(self, request: Request, body: str = "", cursor: str = "") -> HTMLResponse:
        """Decisions by their register numbers, newest first, with the day from which they bind.

        Raises:
            InvalidFilterError: no such body.
            InvalidCursorError: the cursor is not one this list gave out.
        """
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            found = _listed(visited, IN_FORCE, body, cursor)
            waiting = _listed(visited, WAITING, body, "")
            return visited.frame.render(
                "decisions.html",
                found=found,
                waiting=waiting,
                own=own_marks(visited, (*found.items, *waiting.items)),
                body=body,
                bodies=list_bodies(reading.session, reading.consortium, reading.now),
            )


def _listed(visited: Visit, states: tuple[str, ...], body: str, cursor: str) -> Page[ProposalSummary]:
    reading = visited.reading
    asked = ProposalFilter(states=states, bodies=(body,) if body else ())
    return list_proposals(
        reading.session,
        reading.consortium,
        reading.now,
        asked,
        limit=PER_PAGE,
        cursor=cursor or None,
        sort="-closes_at",
    )
