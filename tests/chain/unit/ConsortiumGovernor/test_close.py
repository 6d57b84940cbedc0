import pytest
from consortium import AGAINST, DAY, ENTITLED, FOR, at, mine_at, queue, vote
from laws import ask, ask_now, make_law
from phases import Phase, phase
from reverts import refused

HALF = {"majority_numerator": 1, "majority_denominator": 2}
QUORUM = {"quorum_numerator": 1, "quorum_denominator": 2}


@pytest.fixture
def question(consortium):
    """More than half of the votes cast, half of the eight present."""
    return ask_now(consortium, make_law(consortium, early_close=True, period=10 * DAY, strict=True, **HALF, **QUORUM))


def test_vote_ends_when_the_outcome_is_certain(consortium, question, stranger):
    vote(consortium, question, for_=[1, 2, 3, 4, 5])
    tx = question.governor.close(question.id, {"from": stranger})
    assert tuple(tx.events["ProposalClosedEarly"].values()) == (question.id, tx.timestamp)
    assert tuple(tx.events["ProposalExtended"].values()) == (question.id, tx.timestamp)
    assert question.closes_at == tx.timestamp
    mine_at(tx.timestamp + 1)
    assert phase(question) == Phase.BINDING
    queue(question, stranger)


@pytest.mark.parametrize(
    ("votes", "certain"),
    [
        ({"for_": [1, 2, 3, 4]}, False),  # the other four could tie it
        ({"for_": [1, 2, 3, 4, 5]}, True),
        ({"against": [1, 2, 3]}, False),  # the other five could win it
        ({"against": [1, 2, 3, 4]}, True),  # at most a tie
        ({"for_": [1, 2, 3], "abstain": [4, 5]}, False),
        ({"for_": [1, 2, 3], "abstain": [4, 5, 6]}, True),
        ({}, False),
    ],
)
def test_outcome_is_certain_when_no_ballot_can_change_it(consortium, question, stranger, votes, certain):
    vote(consortium, question, **votes)
    if certain:
        question.governor.close(question.id, {"from": stranger})
    else:
        with refused("ConsortiumGovernorOutcomeOpen", question.id):
            question.governor.close(question.id, {"from": stranger})


def test_late_ballot_on_a_vote_closed_early_is_refused(consortium, question, stranger):
    vote(consortium, question, for_=[1, 2, 3, 4, 5])
    closed_at = question.governor.close(question.id, {"from": stranger}).timestamp
    at(closed_at + 1)
    with refused("ConsortiumGovernorVotingClosed", question.id, closed_at, closed_at + 1):
        question.governor.castVote(question.id, AGAINST, {"from": consortium.wallet(6)})


def test_second_of_the_close_still_belongs_to_voting(consortium, question, stranger):
    vote(consortium, question, for_=[1, 2, 3, 4, 5])
    closed_at = question.governor.close(question.id, {"from": stranger}).timestamp
    assert phase(question) == Phase.OPEN
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.OPEN)):
        question.governor.close.call(question.id, {"from": stranger})
    assert question.closes_at == closed_at


def test_rule_that_does_not_allow_it_is_never_closed_early(consortium, stranger):
    question = ask_now(consortium, make_law(consortium, "plain"))
    vote(consortium, question, for_=range(1, 9))
    with refused("ConsortiumGovernorOutcomeOpen", question.id):
        question.governor.close(question.id, {"from": stranger})


def test_pending_and_closed_votes_are_not_closed_early(consortium, stranger):
    question = ask(consortium, make_law(consortium, early_close=True, notice=DAY))
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.PENDING)):
        question.governor.close(question.id, {"from": stranger})
    mine_at(question.closes_at + 1)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.REJECTED)):
        question.governor.close(question.id, {"from": stranger})


def test_holder_cannot_end_a_vote_before_its_principals_may_speak(consortium, stranger):
    """A ballot by mandate is not certain: the member's own replaces it until the deadline."""
    settings = {"base": ENTITLED, "strict": True, "mandates": 3, **HALF}
    question = ask_now(consortium, make_law(consortium, early_close=True, period=10 * DAY, **settings))
    until = question.closes_at
    for principal in (2, 3, 4):
        consortium.registry.grantMandate(1, 0, 0, until, {"from": consortium.wallet(principal)})
    question.governor.castVoteWithMandates(question.id, FOR, "", [2, 3, 4], {"from": consortium.wallet(1)})
    vote(consortium, question, for_=[5])
    with refused("ConsortiumGovernorOutcomeOpen", question.id):
        question.governor.close(question.id, {"from": stranger})
    vote(consortium, question, for_=[2, 3, 4])
    question.governor.close(question.id, {"from": stranger})


def test_veto_window_begins_with_the_early_close(consortium, stranger):
    law = make_law(consortium, early_close=True, period=10 * DAY, veto_window=DAY, veto_grounds=1, standstill=2 * DAY)
    question = ask_now(consortium, law)
    vote(consortium, question, for_=range(1, 9))
    closed_at = question.governor.close(question.id, {"from": stranger}).timestamp
    assert question.governor.bindingAt(question.id) == closed_at + 2 * DAY
    at(closed_at + DAY + 1)
    with refused("ConsortiumGovernorVetoTooLate", question.id, closed_at + DAY, closed_at + DAY + 1):
        question.governor.veto(question.id, 0, b"\x01" * 32, {"from": consortium.wallet(6)})
