"""Pages that explain: how a vote goes, what each state and each refusal means, and how anyone recomputes it all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal import labels
from backend.portal.clerical_refusals import CLERICAL_REFUSALS
from backend.portal.labels import noop
from backend.portal.refusals import OTHER_REFUSALS, REFUSALS
from backend.portal.visit import visit
from backend.portal.wording import Wording
from backend.queries.bodies import list_bodies
from backend.queries.mirror import Mirror
from backend.queries.status import read_status
from backend.settings import Settings

REFUSED: Final = (
    (noop("Why a ballot may be refused"), (REFUSALS,)),
    (noop("Why something else may be refused"), (OTHER_REFUSALS, CLERICAL_REFUSALS)),
)
"""Headings, and which refusals stand below them."""


@dataclass(frozen=True, slots=True)
class GuidePages:
    """The pages of one consortium's portal that explain."""

    mirror: Mirror
    settings: Settings

    def how_it_works(self, request: Request) -> HTMLResponse:
        """How a vote goes, and a sentence for every state and every refusal."""
        with visit(self.mirror, self.settings, request) as visited:
            return visited.frame.render(
                "how_it_works.html",
                states=labels.STATE_SENTENCES,
                refusals=tuple((heading, refusal_sentences(visited.words, *of)) for heading, of in REFUSED),
            )

    def verify(self, request: Request) -> HTMLResponse:
        """The commands with which anyone recomputes what is shown, with this consortium's addresses."""
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            return visited.frame.render(
                "verify.html",
                status=read_status(reading.session, reading.consortium, reading.now),
                bodies=list_bodies(reading.session, reading.consortium, reading.now),
                origin=str(self.settings.public_url or request.base_url).rstrip("/"),
                node=self.settings.wallet_rpc_url,
                sources=self.settings.sources_url,
            )


def refusal_sentences(words: Wording, *known: dict[str, str]) -> dict[str, str]:
    """Refusals by their codes in the reader's language; a fact that differs from case to case is an ellipsis."""
    facts: defaultdict[str, str] = defaultdict(lambda: "…")
    every = {code: message for each in known for code, message in each.items() if code != "OTHER"}
    return {code: words.gettext(message).format_map(facts) for code, message in every.items()}
