"""The first page: what needs a reader's vote and until when, what else is open, and what was decided lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.own_marks import own_marks, waiting_for
from backend.portal.visit import Visit, visit
from backend.portal.votes_held import votes_held
from backend.queries.mandates import list_mandates
from backend.queries.members import find_member, list_members
from backend.queries.mirror import Mirror
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.rules import list_rules
from backend.queries.views import MandateView, MemberRef, ProposalSummary
from backend.settings import Settings

GONE: Final = ("excluded", "left")
MOST_OPEN: Final = 50
LATELY: Final = 6
SOON: Final = 3


@dataclass(frozen=True, slots=True)
class HomePages:
    """The first page of one consortium's portal."""

    mirror: Mirror
    settings: Settings

    def home(self, request: Request) -> HTMLResponse:
        """What waits for the organisation that is reading; for a reader of none, all that is open, and the choice."""
        with visit(self.mirror, self.settings, request) as visited:
            here = visited.frame.here
            waiting = waiting_for(visited, here.code) if here else ()
            opened = _listed(visited, ("open",), MOST_OPEN)
            coming = _listed(visited, ("pending",), SOON)
            over = votes_held(visited, LATELY)
            reading = visited.reading
            rules = list_rules(reading.session, reading.consortium)
            return visited.frame.render(
                "home.html",
                waiting=waiting,
                others=[summary for summary in opened if summary.id not in {each.id for each in waiting}],
                coming=coming,
                over=over,
                own=own_marks(visited, (*opened, *over), waiting),
                rules={rule.id: rule for rule in rules},
                held=_held(visited, here) if here else (),
                standing=_standing(visited, here) if here else "active",
                organisations=_organisations(visited),
            )


def _listed(visited: Visit, states: tuple[str, ...], most: int) -> tuple[ProposalSummary, ...]:
    reading, asked = visited.reading, ProposalFilter(states=states)
    return list_proposals(reading.session, reading.consortium, reading.now, asked, limit=most).items


def _held(visited: Visit, here: MemberRef) -> tuple[tuple[MemberRef, int], ...]:
    """Members whose ballots the organisation may cast, each with how many votes wait for it there."""
    reading = visited.reading
    mandates = list_mandates(reading.session, reading.consortium, reading.now, in_force=True, member=here.code)
    return tuple(
        (mandate.principal, _covered(mandate, waiting_for(visited, mandate.principal.code)))
        for mandate in mandates
        if mandate.holder.id == here.id
    )


def _covered(mandate: MandateView, waiting: tuple[ProposalSummary, ...]) -> int:
    return sum(summary.body == mandate.body and mandate.proposal_id in (None, summary.id) for summary in waiting)


def _standing(visited: Visit, here: MemberRef) -> str:
    reading = visited.reading
    return find_member(reading.session, reading.consortium, str(here.id), reading.now).status


def _organisations(visited: Visit) -> list[MemberRef]:
    reading = visited.reading
    members = list_members(reading.session, reading.consortium, reading.now)
    present = (member for member in members if member.status not in GONE)
    named = [MemberRef(member.id, member.code, member.name, member.country) for member in present]
    return sorted(named, key=lambda member: member.name.casefold())
