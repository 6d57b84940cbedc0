"""Which language version of a proposal's text comes first for a reader. Pure."""

from __future__ import annotations

from backend.queries.views import ProposalSummary, TextView


def in_reading_order(summary: ProposalSummary, language: str) -> tuple[TextView, ...]:
    """The texts at hand: the reader's language first, then the authentic version, then the others by language."""
    return tuple(
        sorted(
            summary.texts.values(),
            key=lambda text: (text.language != language, text.language != summary.authoritative, text.language),
        )
    )


def first_text(summary: ProposalSummary, language: str) -> TextView | None:
    """The text a list shows for a proposal, or None where no text is at hand."""
    return next(iter(in_reading_order(summary, language)), None)
