"""Thresholds of the law as whole numbers and in words. Pure."""

from __future__ import annotations

from backend.portal.wording import Wording


def needed_count(whole: int, ratio: str, *, strict: bool) -> int:
    """Least number out of `whole` that reaches the ratio (or, if strict, exceeds it)."""
    numerator, denominator = (int(part) for part in ratio.split("/"))
    return whole * numerator // denominator + 1 if strict else -(-whole * numerator // denominator)


def asks_for_nothing(ratio: str) -> bool:
    """Whether a threshold is switched off."""
    return ratio.startswith("0/")


def bar(words: Wording, ratio: str, *, strict: bool = False) -> str:
    """A threshold in words: "two thirds", or "more than half" where just as much is not enough."""
    share = words.share(ratio)
    return words.gettext("more than %(share)s", share=share) if strict else share
