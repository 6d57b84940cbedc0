import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.ballots import Ballot, Choice, ballot_of_byte, ballots_in_words, position_of

BALLOTS = st.builds(Ballot, st.sampled_from(Choice), st.booleans(), st.integers(0, 31))
ROLLS = st.dictionaries(st.integers(1, 400), BALLOTS, max_size=60)


def packed(ballots):
    """Ballots put into words one by one, each where `position_of` says."""
    words = [0] * 14
    for member_id, ballot in ballots.items():
        word, byte = position_of(member_id)
        words[word] |= ballot.to_byte() << 8 * byte
    return words


def test_choices_have_the_numbers_of_governor_bravo():
    assert [(choice.label, choice.value, choice.mark) for choice in Choice] == [
        ("against", 0, 1),
        ("for", 1, 2),
        ("abstain", 2, 3),
    ]


@given(BALLOTS)
def test_a_ballot_survives_its_byte(ballot):
    assert ballot_of_byte(ballot.to_byte()) == ballot


def test_a_members_first_own_ballot_is_its_mark_alone():
    assert [Ballot(choice).to_byte() for choice in Choice] == [1, 2, 3]


@pytest.mark.parametrize("byte", range(0, 256, 4))
def test_a_byte_without_a_mark_is_no_ballot(byte):
    assert ballot_of_byte(byte) is None


@pytest.mark.parametrize(
    ("member_id", "position"),
    [(1, (0, 16)), (16, (0, 31)), (17, (1, 0)), (48, (1, 31)), (49, (2, 0)), (300, (9, 27)), (65535, (2048, 14))],
)
def test_members_have_their_place_in_the_words(member_id, position):
    assert position_of(member_id) == position


def test_there_is_no_member_zero():
    with pytest.raises(ValueError, match="numbered from 1"):
        position_of(0)


@given(ROLLS)
def test_ballots_survive_their_words_in_the_order_of_members(ballots):
    assert list(ballots_in_words(packed(ballots))) == sorted(ballots.items())


@given(ROLLS, st.integers(0, 2**128 - 1))
def test_facts_in_the_first_word_are_no_ballots(ballots, proposal_facts):
    words = packed(ballots)
    words[0] |= proposal_facts
    assert dict(ballots_in_words(words)) == ballots
