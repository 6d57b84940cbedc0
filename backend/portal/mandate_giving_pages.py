"""The page on which a member gives a mandate, hands in a signed one, and sees those in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.domain.members import GONE_LABELS
from backend.portal.act_desk import act_desk
from backend.portal.act_offers import Offer
from backend.portal.reading_order import first_text
from backend.portal.visit import Visit, visit
from backend.portal.wording import Wording
from backend.queries.bodies import list_bodies
from backend.queries.mandates import list_mandates
from backend.queries.members import list_members
from backend.queries.mirror import Mirror
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.views import BodyView, MandateView, MemberRef, ProposalSummary
from backend.settings import Settings

MOST_OPTIONS = 100
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MandateGivingPages:
    """Giving mandates, of one consortium."""

    mirror: Mirror
    settings: Settings

    def give(self, request: Request) -> HTMLResponse:
        """Forms for giving, taking back and handing in; beside them what is in force."""
        with visit(self.mirror, self.settings, request) as visited:
            session, consortium, now = visited.reading.session, visited.reading.consortium, visited.reading.now
            members = list_members(session, consortium, now)
            bodies = list_bodies(session, consortium, now)
            present = sorted((each for each in members if each.status not in GONE_LABELS), key=lambda each: each.name)
            return visited.frame.render(
                "mandate_giving.html",
                desk=act_desk(visited, self.settings, {str(member.id): member.name for member in members}),
                offers={act: Offer(act) for act in ("grantMandate", "revokeMandate", "setMandateBySig")},
                holders=tuple((str(member.id), member.name) for member in present),
                scopes=scopes_of(visited.words, bodies, _coming(visited)),
                body_ids={body.name: body.id for body in bodies},
                groups=groups_of(list_mandates(session, consortium, now, in_force=True), visited.frame.here),
            )


def groups_of(mandates: Iterable[MandateView], here: MemberRef | None) -> dict[str, list[MandateView]]:
    """Those that the organisation gave, those that it holds, and the others; nothing is left out. Pure."""
    groups: dict[str, list[MandateView]] = {"given": [], "held": [], "others": []}
    for mandate in mandates:
        group = "given" if mandate.principal == here else "held" if mandate.holder == here else "others"
        groups[group].append(mandate)
    return groups


def scopes_of(
    words: Wording, bodies: Iterable[BodyView], proposals: Sequence[ProposalSummary]
) -> tuple[tuple[str, Options], ...]:
    """What a mandate may be for, body by body: every question, or one that is not closed yet. Pure."""
    return tuple((words.label("body", body.name), _scopes(words, body, proposals)) for body in bodies)


def _scopes(words: Wording, body: BodyView, proposals: Sequence[ProposalSummary]) -> Options:
    every = words.gettext("Every question of this body: %(body)s", body=words.label("body", body.name))
    single = (
        (f"{body.id}:{summary.id}", f"{summary.reference} {_title(words, summary)}")
        for summary in proposals
        if summary.body == body.name
    )
    return ((f"{body.id}:0", every), *single)


def _title(words: Wording, summary: ProposalSummary) -> str:
    text = first_text(summary, words.language)
    return text.title if text else words.label("kind", summary.kind)


def _coming(visited: Visit) -> tuple[ProposalSummary, ...]:
    reading = visited.reading
    asked = ProposalFilter(states=("open", "pending"))
    return tuple(
        list_proposals(reading.session, reading.consortium, reading.now, asked, limit=MOST_OPTIONS, cursor=None).items
    )
