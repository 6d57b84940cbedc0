"""When there is something to say about a proposal, and what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.notices.occasions import DAY, Dates, Occasion, has_sense, occasion_at, spans_of

OPENS = 100 * DAY
HOUR = 3_600
LONG, SHORT = Dates(OPENS, OPENS + 10 * DAY), Dates(OPENS, OPENS + DAY)


@pytest.mark.parametrize(
    ("dates", "at", "occasion"),
    [
        (LONG, OPENS - 40 * DAY, Occasion.PUBLISHED),
        (LONG, OPENS, Occasion.PUBLISHED),
        (LONG, OPENS + 1, Occasion.OPENED),
        (LONG, OPENS + 7 * DAY, Occasion.OPENED),
        (LONG, OPENS + 7 * DAY + 1, Occasion.THREE_DAYS),
        (LONG, OPENS + 9 * DAY + 1, Occasion.ONE_DAY),
        (LONG, OPENS + 10 * DAY, Occasion.ONE_DAY),
        (LONG, OPENS + 10 * DAY + 1, Occasion.RESULT),
        (LONG, OPENS + 24 * DAY + 1, None),
        (SHORT, OPENS + 1, Occasion.OPENED),
        (SHORT, OPENS + 23 * HOUR, Occasion.OPENED),
        (SHORT, OPENS + DAY + 1, Occasion.RESULT),
        (Dates(OPENS, OPENS + 2 * DAY), OPENS + DAY + 1, Occasion.ONE_DAY),
        (Dates(OPENS, OPENS + 3 * DAY), OPENS + 1, Occasion.OPENED),
        (Dates(OPENS, OPENS + 3 * DAY), OPENS + 2 * DAY + 1, Occasion.ONE_DAY),
        (Dates(OPENS, OPENS + 4 * DAY), OPENS + DAY + 1, Occasion.THREE_DAYS),
    ],
)
def test_each_occasion_has_its_time(dates, at, occasion):
    assert occasion_at(dates, at) is occasion


def test_a_vote_that_was_closed_early_is_over():
    at = OPENS + 2 * DAY
    assert occasion_at(Dates(OPENS, at), at + 1) is Occasion.RESULT
    assert not has_sense(Occasion.OPENED, Dates(OPENS, at), at + 1)


@given(period=st.integers(1, 60 * DAY), after=st.integers(-DAY, 80 * DAY))
def test_at_any_second_one_thing_at_most_is_said_and_nothing_is_told_late(period, after):
    dates, now = Dates(OPENS, OPENS + period), OPENS + after
    said = [span for span in spans_of(dates) if has_sense(span.occasion, dates, now)]
    assert len(said) <= 1
    for span in said:
        assert span.begins < now <= span.ends
        assert (span.occasion is Occasion.RESULT) == (now > dates.deadline)
        assert (span.occasion is Occasion.PUBLISHED) == (now <= dates.opens_at)


@given(period=st.integers(1, 60 * DAY))
def test_the_occasions_follow_each_other_without_a_gap(period):
    spans = list(spans_of(Dates(OPENS, OPENS + period)))
    assert [one.ends for one in spans[:-1]] == [one.begins for one in spans[1:]]


@pytest.mark.parametrize(
    ("at", "has"), [(OPENS, False), (OPENS + 1, True), (OPENS + DAY, True), (OPENS + DAY + 1, False)]
)
def test_a_reminder_has_sense_while_voting_is_open(at, has):
    assert has_sense(Occasion.REMINDER, SHORT, at) is has
