"""Numbers by which people name proposals."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.folding import folded
from backend.domain.references import RegisterNumber, parse_number, short_names, start_of_year, year_of


@given(st.integers(-2_000_000_000, 250_000_000_000))
def test_years_are_those_of_the_calendar(second):
    year = datetime.fromtimestamp(second, UTC).year

    assert year_of(second) == year
    assert start_of_year(year) == int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


@given(st.text("ABZ019", min_size=1, max_size=16), st.integers(0, 9999), st.integers(1, 10**9 - 1))
def test_a_number_is_read_back_as_it_was_written(body, year, running):
    assert parse_number(str(RegisterNumber(body, year, running))) == RegisterNumber(body, year, running)


@pytest.mark.parametrize(
    "text", ["", "GA", "GA-2027", "GA-2027-14", "ga-2027-014", "GA-27-014", "GA-2027-014 ", "١-2027-014"]
)
def test_anything_else_is_no_number(text):
    assert parse_number(text) is None


def test_a_later_body_takes_no_earlier_ones_name():
    first = {0: "general_assembly", 1: "jury"}
    later = {2: "grant_awards", 3: "GA2", 4: "ga", 5: "___", 6: "ČŽ"}
    names = short_names((first | later).items())

    assert {number: names[number] for number in first} == short_names(first.items()) == {0: "GA", 1: "JU"}
    assert len(set(names.values())) == len(names)
    assert all(parse_number(f"{name}-2027-001") for name in names.values())


@given(st.dictionaries(st.integers(0, 40), st.text(max_size=32), max_size=12), st.text(max_size=32))
def test_every_body_has_a_short_name_of_its_own_for_ever(bodies, another):
    names = short_names(bodies.items())
    more = short_names({**bodies, 41: another}.items())

    assert len(set(more.values())) == len(bodies) + 1
    assert {number: more[number] for number in names} == names
    assert all(parse_number(f"{name}-2027-001") for name in more.values())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Città", "citta"),
        ("ČEBELE", "cebele"),
        ("Đakovo", "dakovo"),
        ("Łódź", "lodz"),
        ("straße", "strasse"),
        ("ﬁne", "fine"),
    ],
)
def test_words_are_compared_without_case_and_accents(text, plain):
    assert folded(text) == plain
