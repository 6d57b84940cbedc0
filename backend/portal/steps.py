"""One comparison of the judgment in words: what was counted, out of how many, and how many were needed.

A sentence is put together from parts that each agree with one number, since Slovene has four forms for each. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backend.portal.labels import noop
from backend.portal.shares import ASKS_FOR_ALL, bar
from backend.portal.wording import Wording
from backend.queries.views import RuleView, StepView


def counted_by(rule: RuleView) -> str:
    """What a rule's majority is a share of: its base, "participating" where abstentions count, or "silence"."""
    if rule.silence_consents:
        return "silence"
    return "participating" if rule.base == "cast" and rule.abstentions_cast else rule.base


def step_sentence(words: Wording, step: StepView, counted_as: str) -> str:
    """Say a step with its counts and the count it needed; for `counted_as` see `counted_by`."""
    if step.step == "casting_vote":
        return words.gettext(_CASTING_VOTES[step.ok])
    subject = _SUBJECTS[counted_as if step.step == "majority" else step.step]
    reached, whole = (int(part) for part in step.left.split("/"))
    if whole == 0:
        return words.gettext(subject.nothing)
    counted = subject.counted(words, reached, subject.whole(words, whole))
    if step.right == ASKS_FOR_ALL:
        needed = words.gettext(subject.all)
    else:
        needed = subject.needed(words, step.needed, bar(words, step.right, strict=step.op == ">"))
    return words.gettext("%(counted)s; %(needed)s.", counted=counted, needed=needed)


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


def _votes_and_silence(words: Wording, whole: int) -> str:
    return words.ngettext("%(number)d vote", "%(number)d votes", whole)


def _ballots(words: Wording, whole: int) -> str:
    return words.ngettext("%(number)d ballot", "%(number)d ballots", whole)


def _countries(words: Wording, whole: int) -> str:
    return words.ngettext("%(number)d country", "%(number)d countries", whole)


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


def _consent(words: Wording, number: int, whole: str) -> str:
    return words.ngettext(
        "%(number)d of %(whole)s is in favour, silence among them",
        "%(number)d of %(whole)s are in favour, silence among them",
        number,
        whole=whole,
    )


def _lean_for(words: Wording, number: int, whole: str) -> str:
    return words.ngettext(
        "In %(number)d of %(whole)s more votes are in favour than against",
        "In %(number)d of %(whole)s more votes are in favour than against",
        number,
        whole=whole,
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
_ALL_VOTES = noop("all these votes are needed")
_NO_VOTES = noop("No vote for or against was cast, so there is no majority.")
_SUBJECTS = {
    "quorum": _Subject(
        _members, _handed_in, _needed, _ALL, noop("Nobody was entitled to vote, so there is no quorum.")
    ),
    "cast": _Subject(_votes, _are_for, _votes_needed, _ALL_VOTES, _NO_VOTES),
    "participating": _Subject(
        _ballots, _are_for, _needed, _ALL, noop("No ballot was handed in, so there is no majority.")
    ),
    "entitled": _Subject(
        _members, _voted_for, _needed, _ALL, noop("Nobody was entitled to vote, so there is no majority.")
    ),
    "silence": _Subject(_votes_and_silence, _consent, _votes_needed, _ALL_VOTES, _NO_VOTES),
    "countries": _Subject(
        _countries, _lean_for, _needed, _ALL, noop("Nobody was entitled to vote, so no country was in favour.")
    ),
}
_CASTING_VOTES = {
    True: noop("As many votes for as against, and the chair voted in favour: that decides."),
    False: noop("As many votes for as against, and the chair did not vote in favour."),
}
