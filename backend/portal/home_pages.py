"""The first page: what needs a reader's vote and until when, what else is open, and what was decided lately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.domain.members import GONE_LABELS
from backend.portal.own_marks import own_marks
from backend.portal.visit import Visit, visit
from backend.portal.votes_held import votes_held
from backend.queries.awaited import Awaited, awaited_of
from backend.queries.mandates import list_mandates
from backend.queries.mirror import Mirror
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.roll import Enrolled, read_roll
from backend.queries.rules import list_rules
from backend.queries.views import MandateView, MemberRef, ProposalSummary
from backend.settings import Settings

MOST_UNDECIDED: Final = 200
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
            here, reading = visited.frame.here, visited.reading
            undecided = _undecided(visited)
            opened = [summary for summary in undecided if summary.state == "open"]
            held = _mandates_held(visited, here) if here else ()
            awaited = _awaited(visited, here, held)
            own = awaited[here.id] if here else frozenset()
            waiting = _among(opened, own)
            over = votes_held(visited, LATELY)
            roll = read_roll(reading.session, reading.consortium)
            rules = list_rules(reading.session, reading.consortium)
            return visited.frame.render(
                "home.html",
                waiting=waiting,
                others=[summary for summary in opened if summary not in waiting][:MOST_OPEN],
                coming=[summary for summary in undecided if summary.state == "pending"][:SOON],
                over=over,
                own=own_marks(visited, (*opened, *over), own),
                rules={rule.id: rule for rule in rules},
                held=[(mandate.principal, _covered(mandate, awaited)) for mandate in held],
                standing=next((one.status for one in roll if one.ref == here), "active"),
                organisations=_organisations(roll),
            )


def _undecided(visited: Visit) -> tuple[ProposalSummary, ...]:
    """What is open, by deadline, and what is announced, by its opening: the order in which proposals are read."""
    reading, asked = visited.reading, ProposalFilter(states=("open", "pending"))
    return list_proposals(reading.session, reading.consortium, reading.now, asked, limit=MOST_UNDECIDED).items


def _mandates_held(visited: Visit, here: MemberRef) -> tuple[MandateView, ...]:
    """Mandates by which the organisation may cast the ballots of others."""
    reading = visited.reading
    mandates = list_mandates(reading.session, reading.consortium, reading.now, in_force=True, member=here.code)
    return tuple(mandate for mandate in mandates if mandate.holder.id == here.id)


def _awaited(visited: Visit, here: MemberRef | None, held: tuple[MandateView, ...]) -> dict[int, frozenset[Awaited]]:
    """What waits for the organisation, and what for those whose mandates it holds."""
    if here is None:
        return {}
    reading, members = visited.reading, {here.id, *(mandate.principal.id for mandate in held)}
    return awaited_of(reading.session, reading.consortium, reading.now, members)


def _among(listed: list[ProposalSummary], awaited: frozenset[Awaited]) -> list[ProposalSummary]:
    return [summary for summary in listed if (summary.body, summary.id) in awaited]


def _covered(mandate: MandateView, awaited: dict[int, frozenset[Awaited]]) -> int:
    """How many of the votes that wait for its giver a mandate is for."""
    return sum(
        body == mandate.body and mandate.proposal_id in (None, proposal_id)
        for body, proposal_id in awaited[mandate.principal.id]
    )


def _organisations(roll: tuple[Enrolled, ...]) -> list[MemberRef]:
    present = (one.ref for one in roll if one.status not in GONE_LABELS)
    return sorted(present, key=lambda member: member.name.casefold())
