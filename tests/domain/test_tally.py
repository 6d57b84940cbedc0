import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.ballots import Choice
from backend.domain.tally import Electorate, Tally, count, countries_for, tally_of, tally_of_words, tally_without
from tests.domain import vectors
from tests.domain.strategies import tallies

BALLOTS = vectors.load("ballots")


@pytest.mark.parametrize("case", BALLOTS, ids=[case["name"] for case in BALLOTS])
def test_words_add_up_as_the_shared_vectors_say(case):
    words = [int(word, 16) for word in case["words"]]
    assert tally_of_words(words, case["entitled"]) == vectors.tally_of(case)


@given(st.lists(st.sampled_from(Choice)), st.integers(0, 50))
def test_every_ballot_is_counted_once(choices, silent):
    tally = count(choices, len(choices) + silent)
    assert (tally.participating, tally.silent) == (len(choices), silent)


@given(st.lists(st.sampled_from(Choice)))
def test_the_order_of_ballots_does_not_matter(choices):
    assert count(choices, 100) == count(sorted(choices), 100) == count(reversed(choices), 100)


@given(tallies())
def test_cast_abstaining_and_silent_members_make_up_the_entitled(tally):
    assert tally.cast + tally.abstain_votes + tally.silent == tally.entitled


def test_abstentions_take_part_and_are_not_cast():
    tally = Tally(for_votes=16, against_votes=8, abstain_votes=2, entitled=28)
    assert (tally.cast, tally.participating, tally.silent) == (24, 26, 2)


COUNTRIES = {1: "SI", 2: "SI", 3: "SI", 4: "IT", 5: "IT", 6: "GR"}
FOR, AGAINST, ABSTAIN = Choice.FOR, Choice.AGAINST, Choice.ABSTAIN
CHOICES = st.dictionaries(st.sampled_from(sorted(COUNTRIES)), st.sampled_from(Choice))


def test_a_recused_member_is_in_no_figure():
    tally = tally_of({1: FOR, 2: AGAINST}, Electorate(COUNTRIES, recused={2, 3}))
    assert tally == Tally(1, 0, 0, 4, recused=2)


def test_a_recusal_outside_the_electorate_takes_nobody_out():
    assert tally_of({}, Electorate(COUNTRIES, recused={77})) == Tally(0, 0, 0, 6)


def test_a_ballot_from_outside_the_electorate_does_not_count():
    assert tally_of({77: FOR}, Electorate(COUNTRIES), by_country=True) == Tally(0, 0, 0, 6, countries=3)


def test_everybody_recused_leaves_nobody():
    tally = tally_of({}, Electorate(COUNTRIES, recused=set(COUNTRIES)), by_country=True)
    assert tally == Tally(0, 0, 0, 0, recused=6)


def test_countries_are_counted_only_where_they_are_asked_for():
    assert tally_of({6: FOR}, Electorate(COUNTRIES)) == Tally(1, 0, 0, 6)
    assert tally_of({6: FOR}, Electorate(COUNTRIES), by_country=True) == Tally(1, 0, 0, 6, countries=3, countries_for=1)


def test_a_country_whose_only_member_is_recused_is_no_country():
    assert tally_of({}, Electorate(COUNTRIES, recused={6}), by_country=True).countries == 2


@pytest.mark.parametrize(
    ("choices", "countries"),
    [
        ({}, set()),
        ({1: FOR}, {"SI"}),
        ({1: FOR, 2: AGAINST}, set()),
        ({1: FOR, 2: AGAINST, 3: FOR}, {"SI"}),
        ({1: FOR, 2: ABSTAIN, 3: ABSTAIN}, {"SI"}),
        ({1: AGAINST, 2: AGAINST, 3: FOR, 6: FOR}, {"GR"}),
        ({1: FOR, 4: FOR, 6: FOR}, {"SI", "IT", "GR"}),
        ({4: ABSTAIN, 5: ABSTAIN}, set()),
    ],
)
def test_a_country_is_for_with_more_of_its_ballots_for_than_against(choices, countries):
    assert countries_for(choices, COUNTRIES) == countries


@pytest.mark.parametrize(("chair", "support"), [(1, FOR), (2, AGAINST), (3, None), (None, None), (77, None)])
def test_the_chairs_own_ballot_is_told_apart(chair, support):
    assert tally_of({1: FOR, 2: AGAINST}, Electorate(COUNTRIES, chair=chair)).chair_support is support


def test_a_recused_chair_breaks_no_tie():
    assert tally_of({1: FOR}, Electorate(COUNTRIES, recused={1}, chair=1)).chair_support is None


def test_the_attempt_is_passed_on():
    assert tally_of({}, Electorate(COUNTRIES, attempt=3)).attempt == 3


@given(CHOICES)
def test_members_give_the_same_figures_as_their_choices_alone(choices):
    assert tally_of(choices, Electorate(COUNTRIES)) == count(choices.values(), 6)


@given(st.lists(st.sampled_from(Choice)), st.lists(st.sampled_from(Choice)))
def test_ballots_taken_out_leave_the_others(kept, taken):
    assert tally_without(count(kept + taken, 99), taken) == count(kept, 99)
