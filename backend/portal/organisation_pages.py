"""Signing in, and the affairs of one's own organisation: account, people, notices.

What is on record is rendered here. What is personal the page's module asks of the API, with the session's cookie: no page
of the portal holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.languages import languages
from backend.portal.organisation_words import NOTICES, organisation_messages
from backend.portal.proposing_form import roll_of
from backend.portal.signing_words import signing_messages
from backend.portal.visit import Visit, visit
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
            module = self._module(visited) | {"messages": signing_messages(visited.words)}
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
                module=self._module(visited) | {"messages": organisation_messages(visited.words)},
            )

    def _module(self, visited: Visit) -> dict[str, object]:
        consortium = visited.reading.consortium
        return {
            "chainId": consortium.chain_id,
            "chainName": self.settings.chain_name,
            "rpcUrl": self.settings.wallet_rpc_url,
            "origin": self.settings.origin,
            "language": visited.words.language,
            "locale": str(visited.words.locale).replace("_", "-"),
            "timeZone": self.settings.time_zone,
            "registry": consortium.registry,
            "members": roll_of(visited),
        }
