from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.minutes import NO_MINUTES, OBJECTION_PERIOD

DAY = 86_400
ACTS = st.lists(st.sampled_from(["recorded", "objected"]), max_size=8)


def told(acts):
    minutes = NO_MINUTES
    for second, act in enumerate(acts, start=1):
        minutes = minutes.recorded(second) if act == "recorded" else minutes.objected()
    return minutes


def test_a_draft_opens_no_time_of_its_own():
    assert NO_MINUTES.recorded(100).accepted_at is None
    assert NO_MINUTES.recorded(100).recorded(110).accepted_at is None


def test_corrected_minutes_open_fifteen_days_to_object():
    assert OBJECTION_PERIOD == 15 * DAY
    assert NO_MINUTES.recorded(100).objected().recorded(200).accepted_at == 200 + 15 * DAY


def test_minutes_recorded_once_more_without_an_objection_open_no_new_time():
    assert NO_MINUTES.objected().recorded(200).recorded(300).corrected_at == 200


def test_a_second_objection_is_answered_by_the_next_correction():
    minutes = NO_MINUTES.objected().recorded(200).objected()
    assert minutes.objection_stands
    assert minutes.recorded(300).corrected_at == 300


@given(ACTS)
def test_an_objection_stands_as_long_as_nothing_was_recorded_after_it(acts):
    minutes = told(acts)
    assert minutes.objection_stands == (acts[-1:] == ["objected"])
    assert minutes.version == acts.count("recorded")


@given(ACTS)
def test_the_correction_is_the_last_record_that_follows_an_objection(acts):
    answered = [second for second, pair in enumerate(pairwise(acts), start=2) if pair == ("objected", "recorded")]
    assert told(acts).corrected_at == (answered[-1] if answered else None)
