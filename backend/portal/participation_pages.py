"""How many take part: turnout of each vote, members and countries over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

from backend.portal.periods import marks_of, months_of, shares_by_group
from backend.portal.visit import visit
from backend.portal.votes_held import votes_held
from backend.queries.attendance import read_attendance
from backend.queries.members import list_members
from backend.queries.mirror import Mirror
from backend.queries.participation import list_participation
from backend.queries.views import ParticipationView
from backend.settings import Settings

MOST_VOTES: Final = 40
"""The newest ones; more would be too narrow to tell apart."""


@dataclass(frozen=True, slots=True)
class MemberTurnout:
    """How often one member took part, over all bodies."""

    code: str
    name: str
    country: str
    entitled: int
    cast: int
    by_mandate: int
    for_others: int
    recused: int
    marks: tuple[str, ...]
    """One for each vote shown, oldest first."""


@dataclass(frozen=True, slots=True)
class ParticipationPages:
    """The page of participation of one consortium's portal."""

    mirror: Mirror
    settings: Settings

    def participation(self, request: Request) -> HTMLResponse:
        """Turnout of each vote, participation of members and of countries over time."""
        with visit(self.mirror, self.settings, request) as visited:
            reading = visited.reading
            votes = votes_held(visited, MOST_VOTES)[::-1]
            attendance = read_attendance(reading.session, reading.consortium, [vote.id for vote in votes])
            members = list_members(reading.session, reading.consortium, reading.now)
            zone = visited.words.zone
            counted = list_participation(reading.session, reading.consortium, reading.now)
            turnouts = [
                _turnout(rows, marks_of(number, votes, attendance)) for number, rows in _by_member(counted).items()
            ]
            words = visited.words
            countries = {member.id: member.country for member in members}
            by_country = shares_by_group(votes, attendance, countries, zone)
            return visited.frame.render(
                "participation.html",
                votes=votes,
                turnout_shares=[(vote.tally.participating, vote.tally.entitled) for vote in votes],
                needed_shares=[(vote.tally.needed, vote.tally.entitled) for vote in votes],
                turnouts=turnouts,
                months=months_of(votes, zone),
                countries=sorted(by_country, key=lambda each: words.place(words.country(each.group))),
            )


def _by_member(counted: tuple[ParticipationView, ...]) -> dict[int, list[ParticipationView]]:
    found: dict[int, list[ParticipationView]] = {}
    for row in sorted(counted, key=lambda row: row.member.name.casefold()):
        found.setdefault(row.member.id, []).append(row)
    return found


def _turnout(rows: list[ParticipationView], marks: tuple[str, ...]) -> MemberTurnout:
    member = rows[0].member
    return MemberTurnout(
        code=member.code,
        name=member.name,
        country=member.country,
        entitled=sum(row.entitled for row in rows),
        cast=sum(row.cast for row in rows),
        by_mandate=sum(row.by_mandate for row in rows),
        for_others=sum(row.for_others for row in rows),
        recused=sum(row.recused for row in rows),
        marks=marks,
    )
