"""What the coordinator's office has to see to besides votes: earliest dates, lost accounts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.portal.act_offers import Offer
from backend.queries.views import KindView, MemberView, RotationView, RuleView


@dataclass(frozen=True, slots=True)
class EarliestOpening:
    """When a question published now could open at the earliest."""

    body: str
    rule: RuleView
    kinds: tuple[str, ...]
    """All that are decided in this body under this rule."""
    ordinary: int
    extraordinary: int
    """The same with the short notice."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """A member whose lost account is being replaced, and what can be done about it."""

    member: MemberView
    rotation: RotationView
    offers: tuple[Offer, ...]


def earliest_openings(kinds: Iterable[KindView], rules: Iterable[RuleView], now: int) -> tuple[EarliestOpening, ...]:
    """The earliest dates of every body and rule that decides on something, in the order of the kinds."""
    named = {rule.name: rule for rule in rules}
    found: dict[tuple[str, str], list[str]] = {}
    for kind in kinds:
        found.setdefault((kind.body, kind.rule), []).append(kind.name)
    return tuple(
        EarliestOpening(
            body, named[rule], tuple(listed), now + max(1, named[rule].notice), now + max(1, named[rule].short_notice)
        )
        for (body, rule), listed in found.items()
        if rule in named
    )


def rotations_of(members: Iterable[MemberView]) -> tuple[Rotation, ...]:
    """Every change of a lost account that is under way: the second office's turn, or anybody's after the delay."""
    return tuple(Rotation(member, member.rotation, _steps(member.rotation)) for member in members if member.rotation)


def _steps(rotation: RotationView) -> tuple[Offer, ...]:
    stop = Offer("stopRotation")
    if rotation.effective_from is None:
        return Offer("approveRotation"), stop
    return Offer("completeRotation", rotation.effective_from), stop
