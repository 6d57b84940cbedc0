"""Participation over time: votes gathered by the month in which they closed, and shares of each group. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from backend.queries.attendance import Attendance
from backend.queries.views import ProposalSummary

TOOK_PART = ("voted", "by_mandate")


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar."""

    year: int
    month: int
    starts: int
    """Its first second."""

    def following(self, zone: ZoneInfo) -> Month:
        """The month after it."""
        later = self.year * 12 + self.month
        return _month(later // 12, later % 12 + 1, zone)


@dataclass(frozen=True, slots=True)
class Shares:
    """How often a group took part in each month."""

    group: str
    by_month: tuple[tuple[int, int], ...]
    """Ballots handed in, and ballots that could have been."""

    @property
    def part(self) -> int:
        """Ballots handed in, in all."""
        return sum(part for part, _ in self.by_month)

    @property
    def whole(self) -> int:
        """Ballots that could have been handed in, in all."""
        return sum(whole for _, whole in self.by_month)


def months_of(votes: Sequence[ProposalSummary], zone: ZoneInfo) -> tuple[Month, ...]:
    """Every month from the first to the last close of a vote, those without a vote too."""
    if not votes:
        return ()
    first, last = (_month_at(pick(vote.closes_at for vote in votes), zone) for pick in (min, max))
    found = [first]
    while found[-1] != last:
        found.append(found[-1].following(zone))
    return tuple(found)


def shares_by_group(
    votes: Sequence[ProposalSummary],
    attendance: Mapping[tuple[int, int], Attendance],
    groups: Mapping[int, str],
    zone: ZoneInfo,
) -> tuple[Shares, ...]:
    """Shares of each group in each month, by name of the group.

    Args:
        groups: number of a member → its group, such as its country.
    """
    months = months_of(votes, zone)
    month_of = {vote.id: _month_at(vote.closes_at, zone) for vote in votes}
    counted: dict[tuple[str, Month], list[int]] = defaultdict(lambda: [0, 0])
    for (member, proposal), mark in attendance.items():
        if mark != "recused" and member in groups:
            count = counted[groups[member], month_of[proposal]]
            count[0] += mark in TOOK_PART
            count[1] += 1
    return tuple(
        Shares(group, tuple(_pair(counted.get((group, month))) for month in months))
        for group in sorted({group for group, _ in counted})
    )


def marks_of(
    member_id: int, votes: Iterable[ProposalSummary], attendance: Mapping[tuple[int, int], Attendance]
) -> tuple[str, ...]:
    """How one member took part in each of these votes; "apart" where it had no vote."""
    return tuple(attendance.get((member_id, vote.id), "apart") for vote in votes)


def _pair(count: list[int] | None) -> tuple[int, int]:
    return (count[0], count[1]) if count else (0, 0)


def _month_at(at: int, zone: ZoneInfo) -> Month:
    day = datetime.fromtimestamp(at, zone)
    return _month(day.year, day.month, zone)


def _month(year: int, month: int, zone: ZoneInfo) -> Month:
    return Month(year, month, int(datetime(year, month, 1, tzinfo=zone).timestamp()))
