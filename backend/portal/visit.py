"""One reader's request: which language, which moment, and what every page shows around its content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale
from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.languages import COOKIE, languages, negotiate
from backend.portal.navigation import MAIN, MORE
from backend.portal.organisation_here import PARAMETER, organisation_here, remember
from backend.portal.rendering import page
from backend.portal.wording import Wording
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror, Reading
from backend.queries.views import AsOf, MemberRef
from backend.settings import Settings

STALE_AFTER: Final = 120
"""Seconds without agreement with the node after which a page says that it may be out of date."""
YEAR: Final = 365 * 86_400


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one of the portal's languages."""

    code: str
    name: str
    """In the language itself."""
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of any page, also of one that says that something went wrong."""

    request: Request
    consortium: Consortium
    words: Wording
    as_of: AsOf | None
    """None where the database was not asked."""
    here: MemberRef | None = None
    """The organisation the reader has chosen."""
    contact: str | None = None
    """The e-mail address at which the coordinator's office answers."""

    def render(self, template: str, status_code: int = 200, **values: object) -> HTMLResponse:
        """Render a page and remember the language and the organisation that were asked for in the address."""
        shared: dict[str, object] = {
            "words": self.words,
            "consortium": self.consortium.name,
            "notice": self.consortium.notice,
            "as_of": self.as_of,
            "stale": self.as_of is not None and self.as_of.lag_seconds > STALE_AFTER,
            "language_links": self.language_links(),
            "path": self.request.url.path,
            "navigation": MAIN,
            "further_places": MORE,
            "here": self.here,
            "contact": self.contact,
        }
        response = page(template, self.words.language, shared | values, status_code)
        if self.request.query_params.get("lang") == self.words.language:
            response.set_cookie(COOKIE, self.words.language, max_age=YEAR, samesite="lax", httponly=True)
        if self.as_of is not None:
            remember(response, self.request, self.here)
        return response

    def language_links(self) -> tuple[LanguageLink, ...]:
        """The page in each language the portal speaks, by its query alone: a path could lead to another host."""
        asked = self.request.query_params.multi_items()
        kept = [(name, value) for name, value in asked if name not in ("lang", PARAMETER)]
        return tuple(
            LanguageLink(
                code,
                (Locale.parse(code).get_language_name(code) or code).capitalize(),
                f"?{urlencode([*kept, ('lang', code)])}",
                code == self.words.language,
            )
            for code in languages()
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """A reading of the mirror together with the reader it is for."""

    reading: Reading
    words: Wording
    frame: Frame


@contextmanager
def visit(mirror: Mirror, settings: Settings, request: Request) -> Iterator[Visit]:
    """Read the mirror for one request.

    Raises:
        MirrorEmptyError: no block was taken in yet.
    """
    with mirror.reading() as reading:
        words = wording(settings, request, reading.now)
        here = organisation_here(reading, request)
        frame = Frame(request, reading.consortium, words, reading.as_of, here, settings.contact)
        yield Visit(reading, words, frame)


def bare_frame(mirror: Mirror, settings: Settings, request: Request) -> Frame:
    """A frame that needs no database and no clock, for pages that say that something went wrong."""
    words = wording(settings, request, now=0)
    return Frame(request, mirror.consortium, words, None, contact=settings.contact)


def wording(settings: Settings, request: Request, now: int) -> Wording:
    """The reader's language by request, cookie and browser; the consortium's time zone."""
    accept = request.headers.get("accept-language", "")
    language = negotiate(request.query_params.get("lang"), request.cookies.get(COOKIE), accept)
    return Wording(language, ZoneInfo(settings.time_zone), now)
