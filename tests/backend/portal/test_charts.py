"""Charts are laid out right, whatever the counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.portal.charts import WHOLE, cells, columns, marker, moment_on, phases, stacked, ticks


def test_a_bar_lays_its_parts_beside_one_another_in_proportion():
    bar = stacked((("for", 3), ("against", 0), ("abstain", 1)), 8)
    assert [(part.name, part.x, part.width, part.value) for part in bar] == [
        ("for", 0.0, 37.5, 3),
        ("abstain", 37.5, 12.5, 1),
    ]
    assert [part.middle for part in bar] == [18.75, 43.75]


@given(st.lists(st.integers(0, 50), max_size=5), st.integers(0, 100))
def test_no_part_leaves_the_bar_and_none_covers_another(counts, whole):
    place = 0.0
    for part in stacked([(str(number), count) for number, count in enumerate(counts)], whole):
        assert part.x == pytest.approx(place, abs=0.01)
        assert part.width > 0
        place = part.x + part.width
    assert place <= WHOLE + 0.01


def test_a_part_too_narrow_for_its_number_says_so():
    assert [part.wide for part in stacked((("for", 99), ("against", 1)), 100)] == [True, False]


@pytest.mark.parametrize(("value", "anchor"), [(1, "start"), (50, "middle"), (99, "end")])
def test_the_lettering_of_a_marker_stays_on_the_chart(value, anchor):
    assert marker(value, 100).anchor == anchor


@pytest.mark.parametrize(("value", "whole"), [(0, 27), (18, 0), (-1, 27)])
def test_where_nothing_is_needed_there_is_no_marker(value, whole):
    assert marker(value, whole) is None


def test_all_that_is_needed_is_still_on_the_bar():
    assert marker(27, 27).x < WHOLE


def test_cells_are_equally_wide_and_fill_the_row():
    row = cells(["voted", "silent", "apart", "voted"], gap=0.2)
    assert [cell.name for cell in row] == ["voted", "silent", "apart", "voted"]
    assert {cell.width for cell in row} == {20.0}
    assert [cell.x for cell in row] == [2.5, 27.5, 52.5, 77.5]
    assert cells([]) == ()


def test_columns_are_as_high_as_their_shares_and_a_share_of_nothing_is_none():
    drawn = columns(((1, 4), (0, 4), (0, 0)), 80)
    assert [(column.name, column.height) for column in drawn] == [("share", 20.0), ("share", 0.0), ("none", 0.0)]
    assert ticks(((3, 4), (0, 4), (1, 0)), 80) == (60.0, None, None)


def test_phases_are_in_proportion_and_the_shortest_can_be_seen():
    laid = phases((("notice", 29 * 86_400), ("voting", 3_600), ("standstill", 0)))
    assert [part.name for part in laid] == ["notice", "voting"]
    assert laid[1].width >= 8
    assert laid[-1].x + laid[-1].width == pytest.approx(WHOLE, abs=0.01)


@pytest.mark.parametrize(("at", "place"), [(100, 0.0), (150, 25.0), (200, 50.0), (299, 99.5)])
def test_the_present_moment_lies_on_its_phase(at, place):
    laid = phases((("notice", 100), ("voting", 100)))
    assert moment_on(laid, 100, at).x == pytest.approx(place)


@pytest.mark.parametrize("at", [99, 300])
def test_before_and_after_all_phases_there_is_no_present_moment(at):
    assert moment_on(phases((("notice", 100), ("voting", 100))), 100, at) is None
