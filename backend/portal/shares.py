"""Thresholds of the law in words. Pure."""

from __future__ import annotations

from backend.portal.wording import Wording

ASKS_FOR_ALL = "1/1"


def asks_for_nothing(ratio: str) -> bool:
    """Whether a threshold is switched off."""
    return ratio.startswith("0/")


def bar(words: Wording, ratio: str, *, strict: bool = False) -> str:
    """A threshold in words: "two thirds", or "more than half" where just as much is not enough."""
    share = words.share(ratio)
    return words.gettext("more than %(share)s", share=share) if strict else share
