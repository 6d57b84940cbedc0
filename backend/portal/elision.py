"""Italian articles before a number that begins with a vowel when it is spoken: *l’8*, *dall’11*. Pure."""

from __future__ import annotations

import re
from typing import Final

_ARTICLE: Final = re.compile(r"\b(?:il|([Aa]|[Dd][ae]|[Nn]e|[Ss]u)l) (?=(?:8|11)\b)")
"""With or without its preposition, before *otto* and *undici*."""


def elided(language: str, sentence: str) -> str:
    """A sentence into which a day was put, as it is spoken: "dal 8 dic" becomes "dall’8 dic"; else as it is."""
    if language != "it":
        return sentence
    return _ARTICLE.sub(lambda found: f"{found[1]}ll’" if found[1] else "l’", sentence)
