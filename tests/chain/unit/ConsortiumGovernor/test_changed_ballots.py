import pytest
from consortium import ABSTAIN, AGAINST, FOR, vote, wallet_of
from laws import ask_now, make_law
from phases import counts
from reverts import refused
from signatures import sign_ballot

CHOSE_FOR = 2


@pytest.fixture
def question(consortium):
    return ask_now(consortium, make_law(consortium, revisable=True))


def test_last_ballot_counts_and_history_is_told(consortium, question):
    vote(consortium, question, for_=[2])
    tx = question.governor.castVoteWithReason(question.id, AGAINST, "0xwhy", {"from": consortium.wallet(2)})
    assert list(tx.events.keys()) == ["VoteCast", "BallotCounted"]
    assert tuple(tx.events["BallotCounted"].values()) == (question.id, 2, CHOSE_FOR, 2, 2)
    assert counts(question) == (1, 0, 0, 8, 0)
    assert tuple(question.governor.ballotDetail(question.id, 2)) == (1, 2, False, False)


def test_first_ballot_is_told_by_vote_cast_alone(consortium, question):
    tx = question.governor.castVote(question.id, FOR, {"from": consortium.wallet(2)})
    assert list(tx.events.keys()) == ["VoteCast"]


def test_ballots_are_changed_thirty_times_at_most_and_still_count_once(consortium, question):
    for revision in range(1, 31):
        question.governor.castVote(question.id, revision % 3, {"from": consortium.wallet(2)})
        assert question.governor.ballotNonce(question.id, consortium.wallet(2)) == question.id << 64 | revision
    with refused("ConsortiumGovernorTooManyRevisions", question.id, 2):
        question.governor.castVote(question.id, FOR, {"from": consortium.wallet(2)})
    assert counts(question) == (1, 0, 0, 8, 0)


def test_changing_a_ballot_touches_no_neighbour(consortium, question):
    """Members 1 to 3 share a word, and the word holds the proposal's data too."""
    before = question.governor.proposalTerms(question.id)
    vote(consortium, question, for_=[1, 2, 3])
    question.governor.castVote(question.id, ABSTAIN, {"from": consortium.wallet(2)})
    assert [question.governor.ballotOf(question.id, member) for member in (1, 2, 3)] == [2, 3, 2]
    assert question.governor.proposalTerms(question.id) == before


def test_signed_ballot_replays_never_not_even_after_a_change_back(consortium, question, stranger):
    key = consortium.wallet(2)
    first = sign_ballot(question.governor, key, question.id, FOR)
    question.governor.castVoteBySig(question.id, FOR, key, first, {"from": stranger})
    question.governor.castVote(question.id, AGAINST, {"from": key})
    with refused("GovernorInvalidSignature", key):
        question.governor.castVoteBySig(question.id, FOR, key, first, {"from": stranger})
    third = sign_ballot(question.governor, key, question.id, FOR, revision=2)
    question.governor.castVoteBySig(question.id, FOR, key, third, {"from": stranger})
    assert counts(question) == (0, 1, 0, 8, 0)


def test_rotated_wallet_keeps_one_ballot(consortium, question):
    vote(consortium, question, for_=[2])
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    question.governor.castVote(question.id, AGAINST, {"from": wallet_of(50)})
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(2), 2):
        question.governor.castVote(question.id, FOR, {"from": consortium.wallet(2)})
    assert counts(question) == (1, 0, 0, 8, 0)
