"""Pages for putting a proposal: choose what is to be decided, fill it in, see what it would do; and the drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.portal.consequences import call_sentences
from backend.portal.proposable import ACTS, PARTICULARS
from backend.portal.proposing_form import languages_to_write_in, proposable_kinds, proposing_form
from backend.portal.proposing_words import proposing_messages
from backend.portal.revisions import Revises, find_revision
from backend.portal.signing_box import signing_box
from backend.portal.visit import visit
from backend.queries.bodies import list_bodies
from backend.queries.consortium import Consortium
from backend.queries.kinds import find_kind
from backend.queries.members import list_members
from backend.queries.mirror import Mirror
from backend.queries.rules import find_rule, list_rules
from backend.queries.views import CallView
from backend.settings import Settings

MOST_CALLS: Final = 20
LONGEST_PREVIEW: Final = 512 * 1024
"""Bytes of a request: as many calls as a proposal may have, each as long as it may be."""
Hexadecimal = Annotated[str, StringConstraints(pattern=r"^0x(?:[0-9a-fA-F]{2}){4,8192}$")]


class PreviewCall(BaseModel):
    """One call, as the browser has written it."""

    model_config = ConfigDict(extra="forbid")

    target: Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{40}$")]
    data: Hexadecimal


class PreviewBody(BaseModel):
    """What a proposal would do."""

    model_config = ConfigDict(extra="forbid")

    calls: list[PreviewCall] = Field(min_length=1, max_length=MOST_CALLS)


@dataclass(frozen=True, slots=True)
class ProposingPages:
    """Pages for whoever wants something decided. Who that is, the pages' modules ask the API."""

    mirror: Mirror
    settings: Settings

    def choose(self, request: Request, revises: Revises = None) -> HTMLResponse:
        """What can be proposed, by the body that decides on it; for a revised proposal, in the body of the vetoed one.

        Raises:
            ProposalNotFoundError: no such proposal to revise.
        """
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            rules = list_rules(reading.session, reading.consortium, in_force=True)
            revision, groups = find_revision(visited, revises), proposable_kinds(visited)
            if revision is not None:
                body = revision.vetoed.summary.body
                groups = {body: revision.first(groups[body])}
            return visited.frame.render(
                "propose.html", groups=groups, rules={rule.name: rule for rule in rules}, revision=revision
            )

    def form(self, request: Request, kind: str, revises: Revises = None) -> Response:
        """The form for one kind, also of a proposal in the place of a vetoed one.

        Where another body decides on the kind, or nothing of it can be filled in here, the choice of a kind is shown.

        Raises:
            KindNotFoundError: no such kind.
            ProposalNotFoundError: no such proposal to revise.
        """
        with visit(self.mirror, self.settings, request) as visited:
            found = find_kind(visited.reading.session, visited.reading.consortium, kind)
            form = proposing_form(visited, self.settings, found)
            revision = find_revision(visited, revises, form.body.governor)
            if revises is not None and (revision is None or not form.acts):
                return RedirectResponse(f"/propose?revises={revises}", 303)
            return visited.frame.render(
                "propose_form.html",
                form=form,
                text_languages=languages_to_write_in(visited.words, revision.languages if revision else ()),
                module=form.module | {"revises": revision and revision.module},
                revision=revision,
                particulars=PARTICULARS.get(found.name, ()),
                every_act=ACTS,
            )

    def preview(self, request: Request, kind: str, body: PreviewBody) -> HTMLResponse:
        """What calls would do, in words, decoded and raw: a part of a page, made from the calls alone.

        Raises:
            KindNotFoundError: no such kind.
        """
        with visit(self.mirror, self.settings, request) as visited:
            session, consortium, now = visited.reading.session, visited.reading.consortium, visited.reading.now
            found = find_kind(session, consortium, kind)
            calls = tuple(_decoded(consortium, call) for call in body.calls)
            names = {str(member.id): member.name for member in list_members(session, consortium, now)}
            bodies = {str(each.id): each.name for each in list_bodies(session, consortium, now)}
            return visited.frame.render(
                "propose_preview.html",
                calls=calls,
                said=tuple(
                    said for call in calls for said in call_sentences(visited.words, call, names, bodies, fits=True)
                ),
                binding=find_rule(session, consortium, found.rule).binding,
            )

    def drafts(self, request: Request) -> HTMLResponse:
        """The drafts of whoever is signed in."""
        with visit(self.mirror, self.settings, request) as visited:
            kinds = [kind for group in proposable_kinds(visited).values() for kind in group]
            module = signing_box(visited, self.settings) | {
                "kinds": {kind.name: visited.words.label("kind", kind.name) for kind in kinds},
                "messages": proposing_messages(visited.words),
            }
            return visited.frame.render("drafts.html", module=module)


def _decoded(consortium: Consortium, call: PreviewCall) -> CallView:
    decoder = consortium.calls
    return CallView(
        target=call.target,
        contract=decoder.contract_name(call.target),
        function=decoder.signature(call.data[:10]),
        arguments=decoder.arguments(call.data),
        calldata=call.data,
    )
