"""On which occasions people are written to about a proposal, and when each has its sense. Pure.

    filed ─── PUBLISHED ───▶ opens ─── OPENED ───▶ −3 d ── THREE_DAYS ──▶ −1 d ── ONE_DAY ──▶ deadline ── RESULT ──▶

Each lasts until the next begins, so that nobody is told late what something newer says better. A warning that would
come within half a day of the opening is not given: the opening has said it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

DAY = 86_400
THREE_DAYS_BEFORE = 3 * DAY
ONE_DAY_BEFORE = DAY
SOON_AFTER_OPENING = DAY // 2
RESULT_LASTS = 14 * DAY
"""Seconds after the deadline in which a result is still news."""


class Occasion(StrEnum):
    """Why somebody is written to."""

    PUBLISHED = "published"
    OPENED = "opened"
    THREE_DAYS = "three_days"
    """Three days before the end, for those who have not voted."""
    ONE_DAY = "one_day"
    """One day before the end, for those who have not voted."""
    RESULT = "result"
    REMINDER = "reminder"
    """The coordinator reminds those who have not voted."""


FOR_THE_SILENT = frozenset({Occasion.OPENED, Occasion.THREE_DAYS, Occasion.ONE_DAY, Occasion.REMINDER})
"""Occasions on which nobody is written to whose organisation has voted."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a proposal, as they stand now."""

    opens_at: int
    deadline: int
    """The last second in which a ballot counts; moved forward where voting was closed early."""


@dataclass(frozen=True, slots=True)
class Span:
    """When an occasion has its sense: `begins < t <= ends`."""

    occasion: Occasion
    begins: int
    ends: int


def spans_of(dates: Dates) -> Iterator[Span]:
    """The occasions of a proposal, one after the other."""
    begins = [(Occasion.OPENED, dates.opens_at)]
    for occasion, before in ((Occasion.THREE_DAYS, THREE_DAYS_BEFORE), (Occasion.ONE_DAY, ONE_DAY_BEFORE)):
        if dates.deadline - before >= dates.opens_at + SOON_AFTER_OPENING:
            begins.append((occasion, dates.deadline - before))
    begins.append((Occasion.RESULT, dates.deadline))
    yield Span(Occasion.PUBLISHED, 0, dates.opens_at)
    ends = [at for _, at in begins[1:]] + [dates.deadline + RESULT_LASTS]
    for (occasion, begun), ended in zip(begins, ends, strict=True):
        yield Span(occasion, begun, ended)


def occasion_at(dates: Dates, now: float) -> Occasion | None:
    """What there is to say of itself in second `now`; None where it was long ago."""
    return next((span.occasion for span in spans_of(dates) if span.begins < now <= span.ends), None)


def has_sense(occasion: Occasion, dates: Dates, now: float) -> bool:
    """Whether somebody should still be written to on this occasion."""
    if occasion is Occasion.REMINDER:
        return dates.opens_at < now <= dates.deadline
    return occasion_at(dates, now) is occasion
