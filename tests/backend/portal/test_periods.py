"""Participation is counted in the month in which a vote closed, by the consortium's own calendar."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backend.portal.periods import marks_of, months_of, shares_by_group

ZONE = ZoneInfo("Europe/Ljubljana")


@pytest.fixture
def vote(proposal):
    def closing(number, *when):
        at = int(datetime(*when, tzinfo=ZONE).timestamp())
        return replace(proposal("executed").summary, id=number, closes_at=at)

    return closing


@pytest.fixture
def votes(vote):
    return (vote(1, 2026, 11, 30, 23, 59), vote(2, 2026, 12, 1, 0, 0), vote(3, 2027, 2, 10, 9, 0))


ATTENDANCE = {
    (10, 1): "voted",
    (11, 1): "silent",
    (10, 2): "by_mandate",
    (11, 2): "recused",
    (12, 3): "voted",
    (13, 3): "voted",
}
COUNTRIES = {10: "SI", 11: "SI", 12: "IT"}


def test_every_month_between_the_first_and_the_last_vote_is_there(votes):
    assert [(month.year, month.month) for month in months_of(votes, ZONE)] == [
        (2026, 11),
        (2026, 12),
        (2027, 1),
        (2027, 2),
    ]
    assert months_of((), ZONE) == ()


def test_shares_count_ballots_of_those_who_could_vote_and_leave_the_recused_out(votes):
    italy, slovenia = shares_by_group(votes, ATTENDANCE, COUNTRIES, ZONE)
    assert (slovenia.group, slovenia.by_month) == ("SI", ((1, 2), (1, 1), (0, 0), (0, 0)))
    assert (italy.part, italy.whole) == (1, 1)
    assert (slovenia.part, slovenia.whole) == (2, 3)


def test_a_member_without_a_say_stands_apart(votes):
    assert marks_of(11, votes, ATTENDANCE) == ("silent", "recused", "apart")
