"""Signing in, and the affairs of one's own organisation: account, people, notices.

What is on record is rendered here. What is personal the page's module asks of the API, with the session's cookie: no
page of the portal holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.languages import languages
from backend.portal.organisation_words import NOTICES, organisation_messages
from backend.portal.signing_box import signing_box
from backend.portal.signing_words import signing_messages
from backend.portal.visit import visit
from backend.queries.members import find_member, list_members
from backend.queries.mirror import Mirror
from backend.queries.organisation import read_organisation
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class OrganisationPages:
    """Pages for whoever acts for an organisation."""

    mirror: Mirror
    settings: Settings

    def sign_in(self, request: Request) -> HTMLResponse:
        """Sign in and out with the wallet."""
        with visit(self.mirror, self.settings, request) as visited:
            module = signing_box(visited, self.settings) | {"messages": signing_messages(visited.words)}
            return visited.frame.render("sign_in.html", module=module)

    def organisation(self, request: Request) -> HTMLResponse:
        """The organisation that the reader has chosen: what is on record, and what its people can see to here."""
        with visit(self.mirror, self.settings, request) as visited:
            reading, here = visited.reading, visited.frame.here
            return visited.frame.render(
                "organisation.html",
                member=here and find_member(reading.session, reading.consortium, here.code, reading.now),
                organisations=list_members(reading.session, reading.consortium, reading.now),
                offices=read_organisation(reading.session, reading.consortium, reading.as_of).offices,
                notices=NOTICES,
                tongues=[(code, visited.words.language_name(code)) for code in languages()],
                origin=self.settings.origin,
                module=signing_box(visited, self.settings) | {"messages": organisation_messages(visited.words)},
            )
