"""The coordinator's desk: what is open and who is missing, what waits for the office, and the acts that go with it.

Everything on it is public; what an account may do there the contracts decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from backend.domain.members import GONE_LABELS
from backend.portal.act_desk import act_desk
from backend.portal.act_offers import Offer, office_offers
from backend.portal.desk_service import read_service
from backend.portal.desk_work import earliest_openings, rotations_of
from backend.portal.proposal_acts import ProposalActs, proposal_acts
from backend.portal.visit import Visit, visit
from backend.queries.ballots import list_non_voters
from backend.queries.bodies import list_bodies
from backend.queries.kinds import list_kinds
from backend.queries.members import list_members
from backend.queries.mirror import Mirror
from backend.queries.proposal_filters import Span
from backend.queries.proposals import ProposalFilter, find_proposal, list_proposals
from backend.queries.rules import list_rules
from backend.queries.views import MemberRef, ProposalSummary, ProposalView
from backend.settings import Settings

WAITING: Final = ("adopted", "awaiting_approval", "vetoed", "binding", "queued")
"""States in which a proposal waits for somebody, however long ago it closed."""
CLOSED: Final = ("no_quorum", "rejected", "consulted", "not_approved")
"""States that leave only minutes to be written, or a further call to be made: shown for a while."""
A_WHILE: Final = 30 * 86_400
MOST: Final = 100
PER_PAGE: Final = 20
"""Closed votes that are read whole for one page: each takes a dozen questions to the database."""

Skipped = Annotated[int, Query(ge=0, le=2 * MOST)]


@dataclass(frozen=True, slots=True)
class OpenVote:
    """A vote that is under way."""

    summary: ProposalSummary
    missing: tuple[MemberRef, ...]


@dataclass(frozen=True, slots=True)
class ClosedVote:
    """A vote that is over and not done with."""

    proposal: ProposalView
    acts: ProposalActs


@dataclass(frozen=True, slots=True)
class DeskPages:
    """The desk of one consortium's coordinator."""

    mirror: Mirror
    settings: Settings

    def desk(self, request: Request, skip: Skipped = 0) -> HTMLResponse:
        """All of it on one page, but for what closed longer ago."""
        with visit(self.mirror, self.settings, request) as visited:
            session, consortium, now = visited.reading.session, visited.reading.consortium, visited.reading.now
            members = list_members(session, consortium, now)
            bodies = list_bodies(session, consortium, now)
            rules = list_rules(session, consortium, in_force=True)
            closed = _closed_numbers(visited)
            return visited.frame.render(
                "desk.html",
                desk=act_desk(visited, self.settings, {str(member.id): member.name for member in members}),
                reminds=self.settings.sends_mail,
                service=read_service(self.mirror, self.settings),
                votes=_votes(visited),
                coming=_summaries(visited, ProposalFilter(states=("pending",))),
                closed=_closed(visited, closed[skip : skip + PER_PAGE]),
                further=skip + PER_PAGE if len(closed) > skip + PER_PAGE else None,
                openings=earliest_openings(list_kinds(session, consortium), rules, now),
                admitted=[member for member in members if member.status == "admitted"],
                rotations=rotations_of(members),
                present=[(str(member.id), member.name) for member in members if member.status not in GONE_LABELS],
                lapsed=[(body, seat.member) for body in bodies for seat in body.seats if seat.lapsed],
                offers={act: Offer(act) for act in ("recordAccession", "proposeRotation", "clearLapsedSeat")},
            )


def _summaries(visited: Visit, asked: ProposalFilter) -> tuple[ProposalSummary, ...]:
    reading = visited.reading
    found = list_proposals(reading.session, reading.consortium, reading.now, asked, limit=MOST, cursor=None)
    return tuple(found.items)


def _votes(visited: Visit) -> list[OpenVote]:
    reading = visited.reading
    return [
        OpenVote(summary, tuple(list_non_voters(reading.session, reading.consortium, summary.id, reading.now)))
        for summary in _summaries(visited, ProposalFilter(states=("open",)))
    ]


def _closed_numbers(visited: Visit) -> list[int]:
    since = Span(since=visited.reading.now - A_WHILE)
    waiting = _summaries(visited, ProposalFilter(states=WAITING))
    recent = _summaries(visited, ProposalFilter(states=CLOSED, times={"closes": since}))
    return [summary.id for summary in (*waiting, *recent)]


def _closed(visited: Visit, numbers: Iterable[int]) -> list[ClosedVote]:
    found = (_closed_vote(visited, number) for number in numbers)
    return [vote for vote in found if _waits(vote)]


def _waits(vote: ClosedVote) -> bool:
    """Whether something is still to be done: minutes that are there could be corrected for ever."""
    proposal = vote.proposal
    if proposal.summary.state in WAITING and proposal.revised_by is None:
        return True
    due = any(offer.act != "recordMinutes" for offer in vote.acts.offers)
    return due or (bool(vote.acts.offers) and not proposal.minutes)


def _closed_vote(visited: Visit, proposal_id: int) -> ClosedVote:
    reading = visited.reading
    proposal = find_proposal(reading.session, reading.consortium, proposal_id, reading.now)
    offers = office_offers(proposal, reading.now)
    return ClosedVote(proposal, proposal_acts(visited.words, proposal, offers, f"-{proposal_id}"))
