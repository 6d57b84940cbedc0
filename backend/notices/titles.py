"""Titles from outside, as calendars and feeds can take them: one line, nothing that their formats forbid."""

from __future__ import annotations

import re
from collections.abc import Mapping

LONGEST = 300
"""Characters."""
COMMON_LANGUAGE = "en"
"""What is shown to readers for whose own language there is no text."""
_FORBIDDEN = re.compile("[^\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]+")
_DIRECTIONS = re.compile("[\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]+")
"""Marks that turn the direction of what follows, and with it what people read."""


def one_line(text: str) -> str:
    """Put a text on one line, without control characters."""
    plain = _DIRECTIONS.sub("", _FORBIDDEN.sub(" ", text))
    return " ".join(plain.split())[:LONGEST]


def title_in(titles: Mapping[str, str], language: str, authoritative: str | None) -> str:
    """Choose the title in a language, or in the common one, or else the authentic, or any; empty if there is none."""
    for wanted in (language, COMMON_LANGUAGE, authoritative, *sorted(titles)):
        if wanted is not None and wanted in titles:
            return one_line(titles[wanted])
    return ""
