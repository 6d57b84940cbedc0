"""The coordinator's desk: what is open and who is missing, what waits for the office, and the acts that go with it.

Everything on it is public; what an account may do there the contracts decide.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from backend.queries.bodies import list_bodies
from backend.queries.kinds import list_kinds
from backend.queries.members import list_members
from backend.queries.mirror import Mirror
from backend.queries.non_voters import find_non_voters
from backend.queries.proposal_views import proposal_views
from backend.queries.proposals import summaries_of
from backend.queries.rules import list_rules
from backend.queries.standings import Standing
from backend.queries.unsettled import WAITING, read_unsettled
from backend.queries.views import MemberRef, ProposalSummary, ProposalView
from backend.settings import Settings

A_WHILE: Final = 30 * 86_400
MOST: Final = 100
PER_PAGE: Final = 20
"""Closed votes that are read whole for one page."""

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
            unsettled = read_unsettled(session, consortium, now, since=now - A_WHILE)
            closed = (*unsettled.waiting[:MOST], *unsettled.over[:MOST])
            return visited.frame.render(
                "desk.html",
                desk=act_desk(visited, self.settings, {str(member.id): member.name for member in members}),
                reminds=self.settings.sends_mail,
                service=read_service(self.mirror, self.settings),
                votes=_votes(visited, unsettled.running[:MOST]),
                coming=summaries_of(session, consortium, unsettled.coming[:MOST], now),
                closed=_closed(visited, closed[skip : skip + PER_PAGE]),
                further=skip + PER_PAGE if len(closed) > skip + PER_PAGE else None,
                openings=earliest_openings(list_kinds(session, consortium), rules, now),
                admitted=[member for member in members if member.status == "admitted"],
                rotations=rotations_of(members),
                present=[(str(member.id), member.name) for member in members if member.status not in GONE_LABELS],
                lapsed=[(body, seat.member) for body in bodies for seat in body.seats if seat.lapsed],
                offers={act: Offer(act) for act in ("recordAccession", "proposeRotation", "clearLapsedSeat")},
            )


def _votes(visited: Visit, running: Sequence[Standing]) -> list[OpenVote]:
    reading = visited.reading
    keys = [standing.filed.key for standing in running]
    silent = find_non_voters(reading.session, reading.consortium, keys, reading.now)
    told = summaries_of(reading.session, reading.consortium, running, reading.now)
    return [OpenVote(summary, silent[key]) for key, summary in zip(keys, told, strict=True)]


def _closed(visited: Visit, standings: Sequence[Standing]) -> list[ClosedVote]:
    reading = visited.reading
    read = proposal_views(reading.session, reading.consortium, standings, reading.now)
    found = (_closed_vote(visited, proposal) for proposal in read)
    return [vote for vote in found if _waits(vote)]


def _waits(vote: ClosedVote) -> bool:
    """Whether something is still to be done: minutes that are there could be corrected for ever."""
    proposal = vote.proposal
    if proposal.summary.state in WAITING and proposal.revised_by is None:
        return True
    due = any(offer.act != "recordMinutes" for offer in vote.acts.offers)
    return due or (bool(vote.acts.offers) and not proposal.minutes)


def _closed_vote(visited: Visit, proposal: ProposalView) -> ClosedVote:
    offers = office_offers(proposal, visited.reading.now)
    return ClosedVote(proposal, proposal_acts(visited.words, proposal, offers, f"-{proposal.summary.id}"))
