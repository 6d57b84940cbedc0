"""Which language version of a proposal's text comes first for a reader. Pure."""

from __future__ import annotations

from backend.notices.titles import COMMON_LANGUAGE
from backend.queries.views import ProposalSummary, TextView


def in_reading_order(summary: ProposalSummary, language: str) -> tuple[TextView, ...]:
    """The texts at hand: first the one for the reader, then the authentic version, then the others by language."""
    first = first_text(summary, language)
    others = [text for text in summary.texts.values() if text is not first]
    others.sort(key=lambda text: (text.language != summary.authoritative, text.language))
    return (first, *others) if first else ()


def first_text(summary: ProposalSummary, language: str) -> TextView | None:
    """The text for a reader: in their language, or in the common one, or else the authentic; None if none is at hand.

    Whoever reads Greek is helped more by English than by an authentic text in Slovene.
    """
    for wanted in (language, COMMON_LANGUAGE, summary.authoritative, *sorted(summary.texts)):
        if wanted in summary.texts:
            return summary.texts[wanted]
    return None
