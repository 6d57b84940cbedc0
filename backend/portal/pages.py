"""The portal's pages: each asks the queries and hands their views to a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.domain.members import GONE_LABELS
from backend.errors import ProposalNotFoundError
from backend.portal import labels
from backend.portal.act_desk import act_desk
from backend.portal.act_offers import member_offers
from backend.portal.ballot_box import ballot_box, held_mandates
from backend.portal.ballot_list import ballot_list, own_first
from backend.portal.filters import FilterLink, ListFilter, filter_links
from backend.portal.own_marks import own_marks
from backend.portal.participation_pages import MOST_VOTES
from backend.portal.periods import marks_of
from backend.portal.proposal_acts import proposal_acts
from backend.portal.reading_order import in_reading_order
from backend.portal.visit import Visit, visit
from backend.portal.votes_held import votes_held
from backend.queries.attendance import read_attendance
from backend.queries.ballots import list_ballots
from backend.queries.bodies import list_bodies
from backend.queries.kinds import list_kinds
from backend.queries.mandates import list_mandates
from backend.queries.members import find_member, list_members
from backend.queries.mirror import Mirror
from backend.queries.non_voters import list_non_voters
from backend.queries.participation import list_participation
from backend.queries.proposals import ProposalFilter, find_proposal, list_proposals
from backend.queries.refs import body_names
from backend.queries.roll import read_roll
from backend.queries.rules import list_rules
from backend.queries.status import read_status
from backend.queries.views import ProposalSummary, RuleView
from backend.settings import Settings

PER_PAGE: Final = 30
ALL_BALLOTS: Final = 1000
LONGEST_ID: Final = 58
"""Decimal digits of the greatest 192-bit number."""


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of one consortium's portal."""

    mirror: Mirror
    settings: Settings

    def proposals(
        self, request: Request, state: str = "", kind: str = "", body: str = "", cursor: str = ""
    ) -> HTMLResponse:
        """The list: open ones first, by deadline."""
        wanted = ListFilter(state if state in labels.STATES else "", kind, body, cursor)
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            asked = ProposalFilter(
                states=_chosen(wanted.state), kinds=_chosen(wanted.kind), bodies=_chosen(wanted.body)
            )
            found = list_proposals(
                reading.session, reading.consortium, reading.now, asked, limit=PER_PAGE, cursor=cursor or None
            )
            return visited.frame.render(
                "proposals.html",
                groups=[(name, list(items)) for name, items in groupby(found.items, _stage)],
                total=found.total,
                open_now=_counted(visited, "open"),
                upcoming=_next_opening(visited) if not found.items else None,
                own=own_marks(visited, found.items),
                wanted=wanted,
                further=wanted.after(found.next_cursor).address if found.next_cursor else None,
                filters=_filters(visited, wanted),
            )

    def proposal(self, request: Request, proposal_id: str, choice: str = "", page: int = 1) -> HTMLResponse:
        """One proposal: text, consequences, vote, result, trace, ballots, timeline.

        Raises:
            ProposalNotFoundError: no such proposal.
        """
        if not (proposal_id.isascii() and proposal_id.isdecimal() and len(proposal_id) <= LONGEST_ID):
            raise ProposalNotFoundError(proposal_id[:LONGEST_ID])
        number = int(proposal_id)
        with visit(self.mirror, self.settings, request) as visited:
            session, consortium, now = visited.reading.session, visited.reading.consortium, visited.reading.now
            found = find_proposal(session, consortium, number, now)
            ballots = list_ballots(session, consortium, number, limit=ALL_BALLOTS).items
            silent = list_non_voters(session, consortium, number, now)
            roll = read_roll(session, consortium)
            names = {str(one.ref.id): one.ref.name for one in roll}
            desk = act_desk(visited, self.settings, names)
            usable = found.outcome.rule.mandates > 0
            mandates = list_mandates(session, consortium, now, in_force=True) if usable else ()
            return visited.frame.render(
                "proposal.html",
                acts=proposal_acts(visited.words, found, member_offers(found, now), desk=desk),
                proposal=found,
                texts=in_reading_order(found.summary, visited.words.language),
                ballots=ballot_list(ballots, visited.frame.here, choice, page),
                silent=own_first(silent, visited.frame.here),
                names=names,
                bodies=body_names(session, consortium),
                ballot_box=ballot_box(visited, self.settings, found, roll),
                held=held_mandates(found, mandates),
                page_address=self.settings.origin + request.url.path,
            )

    def members(self, request: Request) -> HTMLResponse:
        """The roll of the consortium."""
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            members = list_members(reading.session, reading.consortium, reading.now)
            present = [member for member in members if member.status not in GONE_LABELS]
            groups = {name: [member for member in present if member.member_class == name] for name in labels.CLASSES}
            groups["gone"] = [member for member in members if member.status in GONE_LABELS]
            return visited.frame.render("members.html", present=len(present), groups=groups)

    def member(self, request: Request, key: str) -> HTMLResponse:
        """One member, with what it proposed.

        Raises:
            MemberNotFoundError: no such member.
        """
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            member = find_member(reading.session, reading.consortium, key, reading.now)
            asked = ProposalFilter(proposer=str(member.id))
            proposed = list_proposals(reading.session, reading.consortium, reading.now, asked, limit=PER_PAGE)
            votes = votes_held(visited, MOST_VOTES)[::-1]
            attendance = read_attendance(
                reading.session, reading.consortium, [vote.id for vote in votes], member_id=member.id
            )
            return visited.frame.render(
                "member.html",
                member=member,
                proposed=proposed,
                own=own_marks(visited, proposed.items),
                participation=list_participation(
                    reading.session, reading.consortium, reading.now, member=str(member.id)
                ),
                votes=votes,
                marks=marks_of(member.id, votes, attendance),
            )

    def bodies(self, request: Request) -> HTMLResponse:
        """Bodies, what they decide, and under which rules, in plain words."""
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            return visited.frame.render(
                "bodies.html",
                bodies=list_bodies(reading.session, reading.consortium, reading.now),
                kinds=list_kinds(reading.session, reading.consortium),
                rules=_in_force(list_rules(reading.session, reading.consortium)),
            )

    def status(self, request: Request) -> HTMLResponse:
        """How far the mirror is, and where the contracts are."""
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            found = read_status(reading.session, reading.consortium, reading.now)
            bodies = list_bodies(reading.session, reading.consortium, reading.now)
            return visited.frame.render("status.html", status=found, bodies=bodies)


def _in_force(versions: Sequence[RuleView]) -> list[RuleView]:
    """Rules in the order in which the agreement first laid them down: a new version keeps the place of the old."""
    place = {rule.name: rule.id for rule in reversed(versions)}
    return sorted((rule for rule in versions if rule.in_force), key=lambda rule: place[rule.name])


def _chosen(code: str) -> tuple[str, ...]:
    return (code,) if code else ()


def _counted(visited: Visit, state: str) -> int:
    reading = visited.reading
    asked = ProposalFilter(states=(state,))
    return list_proposals(reading.session, reading.consortium, reading.now, asked, limit=1).total


def _next_opening(visited: Visit) -> ProposalSummary | None:
    """The proposal that opens next, for lists with nothing in them."""
    reading, asked = visited.reading, ProposalFilter(states=("pending",))
    coming = list_proposals(reading.session, reading.consortium, reading.now, asked, limit=1).items
    return next(iter(coming), None)


def _stage(summary: ProposalSummary) -> str:
    return summary.state if summary.state in ("open", "pending") else "closed"


def _filters(visited: Visit, wanted: ListFilter) -> dict[str, tuple[FilterLink, ...]]:
    reading = visited.reading
    bodies = [body.name for body in list_bodies(reading.session, reading.consortium, reading.now)]
    kinds = [kind.name for kind in list_kinds(reading.session, reading.consortium)]
    kinds.sort(key=lambda kind: visited.words.place(visited.words.label("kind", kind)))
    return {
        "state": filter_links(wanted, "state", labels.FILTER_STATES),
        "body": filter_links(wanted, "body", bodies),
        "kind": filter_links(wanted, "kind", kinds),
    }
