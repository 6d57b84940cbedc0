import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.ballots import Choice
from backend.domain.tally import Tally, count, tally_of_words
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
