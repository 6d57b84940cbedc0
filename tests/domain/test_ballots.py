import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.ballots import (
    RECUSED,
    Ballot,
    Choice,
    ballot_nonce,
    ballot_of_byte,
    ballots_in_words,
    position_of,
    recused_by_byte,
    recused_in_words,
)

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


def test_a_members_first_own_ballot_is_its_mark_and_one_revision():
    assert [Ballot(choice, revision=1).to_byte() for choice in Choice] == [0x09, 0x0A, 0x0B]


def test_a_ballot_by_mandate_is_its_mark_and_the_mandate_bit():
    assert [Ballot(choice, by_mandate=True).to_byte() for choice in Choice] == [5, 6, 7]


@pytest.mark.parametrize("byte", range(256))
def test_one_byte_in_eight_says_that_the_member_is_recused(byte):
    assert recused_by_byte(byte) == (byte % 8 == RECUSED)
    assert not (recused_by_byte(byte) and ballot_of_byte(byte))


@given(st.integers(1, 2**192 - 1), BALLOTS)
def test_a_nonce_holds_the_proposal_and_how_many_ballots_of_its_own_the_member_has_cast(proposal_id, ballot):
    assert divmod(ballot_nonce(proposal_id, ballot), 2**64) == (proposal_id, ballot.revision)
    assert ballot_nonce(proposal_id, None) == proposal_id * 2**64


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


@given(ROLLS, st.sets(st.integers(1, 400), max_size=40))
def test_recusals_stand_beside_the_ballots(ballots, recused):
    recused -= ballots.keys()
    words = packed(ballots)
    for member_id in recused:
        word, byte = position_of(member_id)
        words[word] |= RECUSED << 8 * byte
    assert list(recused_in_words(words)) == sorted(recused)
    assert dict(ballots_in_words(words)) == ballots
