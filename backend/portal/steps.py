"""One comparison of the judgment in words: what was counted, out of how many, and how many were needed.

A sentence is put together from parts that each agree with one number, since Slovene has four forms for each. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.portal.labels import noop
from backend.portal.wording import Wording
from backend.queries.views import StepView

ASKS_FOR_ALL = "1/1"


def bar(words: Wording, ratio: str, *, strict: bool = False) -> str:
    """A threshold in words: "two thirds", or "more than half" where just as much is not enough."""
    share = words.share(ratio)
    return words.gettext("more than %(share)s", share=share) if strict else share


def step_sentence(words: Wording, step: StepView, base: str) -> str:
    """Say a step with its counts and the count it needed; `base` is what the rule's majority is a share of."""
    subject = _SUBJECTS[base if step.step == "majority" else step.step]
    reached, whole = (int(part) for part in step.left.split("/"))
    if whole == 0:
        return words.gettext(subject.nothing)
    counted = subject.counted(words, reached, subject.whole(words, whole))
    if step.right == ASKS_FOR_ALL:
        return f"{counted}; {words.gettext(subject.all)}."
    return f"{counted}; {subject.needed(words, step.needed, bar(words, step.right, strict=step.op == '>'))}."


@dataclass(frozen=True, slots=True)
class _Subject:
    """How a step speaks of what it counts."""

    whole: Callable[[Wording, int], str]
    counted: Callable[[Wording, int, str], str]
    needed: Callable[[Wording, int, str], str]
    all: str
    """Where every one of them is needed."""
    nothing: str
    """Where there is nothing to be a share of."""


def _members(words: Wording, whole: int) -> str:
    return words.ngettext("%(number)d entitled member", "%(number)d entitled members", whole)


def _votes(words: Wording, whole: int) -> str:
    return words.ngettext("%(number)d vote cast", "%(number)d votes cast", whole)


def _ballots(words: Wording, whole: int) -> str:
    return words.ngettext("%(number)d ballot", "%(number)d ballots", whole)


def _handed_in(words: Wording, number: int, whole: str) -> str:
    return words.ngettext(
        "%(number)d of %(whole)s handed in a ballot", "%(number)d of %(whole)s handed in a ballot", number, whole=whole
    )


def _voted_for(words: Wording, number: int, whole: str) -> str:
    return words.ngettext(
        "%(number)d of %(whole)s voted in favour", "%(number)d of %(whole)s voted in favour", number, whole=whole
    )


def _are_for(words: Wording, number: int, whole: str) -> str:
    return words.ngettext(
        "%(number)d of %(whole)s is in favour", "%(number)d of %(whole)s are in favour", number, whole=whole
    )


def _needed(words: Wording, number: int, share: str) -> str:
    return words.ngettext(
        "at least %(number)d (%(share)s) is needed", "at least %(number)d (%(share)s) are needed", number, share=share
    )


def _votes_needed(words: Wording, number: int, share: str) -> str:
    return words.ngettext(
        "at least %(number)d vote (%(share)s) is needed",
        "at least %(number)d votes (%(share)s) are needed",
        number,
        share=share,
    )


_ALL = noop("all of them are needed")
_SUBJECTS = {
    "quorum": _Subject(
        _members, _handed_in, _needed, _ALL, noop("Nobody was entitled to vote, so there is no quorum.")
    ),
    "cast": _Subject(
        _votes,
        _are_for,
        _votes_needed,
        noop("all these votes are needed"),
        noop("No vote for or against was cast, so there is no majority."),
    ),
    "participating": _Subject(
        _ballots, _are_for, _needed, _ALL, noop("No ballot was handed in, so there is no majority.")
    ),
    "entitled": _Subject(
        _members, _voted_for, _needed, _ALL, noop("Nobody was entitled to vote, so there is no majority.")
    ),
}
