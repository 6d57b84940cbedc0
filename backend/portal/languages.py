"""Which language a reader gets, and the catalogue behind it.

English is the language the messages are written in, so it has no catalogue; every other language is a folder under
`translations/` with one `messages.po`, compiled in memory when first asked for.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

CATALOGUES: Final = Path(__file__).parent / "translations"
SOURCE_LANGUAGE: Final = "en"
COOKIE: Final = "language"
_LOCALES: Final = {"en": "en_GB"}
"""Where the plain language code would give the habits of another country."""


@cache
def languages() -> tuple[str, ...]:
    """The languages the portal speaks, the source language first."""
    translated = sorted(path.parent.parent.name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po"))
    return (SOURCE_LANGUAGE, *translated)


@cache
def translations(language: str) -> NullTranslations:
    """The compiled catalogue of a language the portal speaks; the source language translates to itself."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = io.BytesIO()
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


@cache
def locale(language: str) -> Locale:
    """The habits of dates, numbers and country names that go with a language."""
    return Locale.parse(_LOCALES.get(language, language))


def negotiate(query: str | None, cookie: str | None, accept: str) -> str:
    """Choose a language: asked for in the address, else remembered, else what the browser prefers, else English."""
    for wish in (query, cookie, *preferences(accept)):
        if wish in languages():
            return wish
    return SOURCE_LANGUAGE


def preferences(accept: str) -> list[str]:
    """Read an Accept-Language header into bare language codes, the most wanted first; nonsense is passed over."""
    weighted: list[tuple[float, str]] = []
    for part in accept[:500].split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        weighted.append((weight, tag.split("-")[0].lower()))
    return [tag for weight, tag in sorted(weighted, key=lambda pair: -pair[0]) if weight > 0]
