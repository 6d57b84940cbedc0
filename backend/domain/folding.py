"""Words as they are searched for: without case, accents and ligatures. Pure."""

from __future__ import annotations

import unicodedata

_PLAIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart."""


def folded(text: str) -> str:
    """Write a text as it is compared: "Città", "CITTA" and "citta" are one word."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_PLAIN)
