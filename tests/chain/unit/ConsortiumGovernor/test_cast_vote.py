import pytest
from consortium import (
    ABSTAIN,
    AGAINST,
    AGREEMENT,
    DAY,
    ENTITLED,
    FOR,
    PARTNER,
    admission,
    at,
    closed,
    opened,
    put,
    resolution,
    rule,
    vote,
    wallet_of,
)
from phases import counts
from reverts import refused


@pytest.fixture
def governor(consortium):
    return consortium.assembly


@pytest.fixture
def pending(consortium):
    """Filed, not yet open: members 1 to 8 will be its electorate."""
    return put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])


@pytest.fixture
def question(pending):
    return opened(pending)


def test_ballots_of_each_choice_are_counted_apart(consortium, governor, question):
    vote(consortium, question, for_=[1, 2, 3], against=[4, 5], abstain=[6])
    assert tuple(governor.proposalVotes(question.id)) == (2, 3, 1)
    assert counts(question) == (2, 3, 1, 8, 0)
    assert [governor.ballotOf(question.id, member) for member in range(8)] == [0, 2, 2, 2, 1, 1, 3, 0]


def test_ballot_is_told_by_vote_cast_with_weight_one_and_its_reason(consortium, governor, question):
    tx = governor.castVoteWithReason(question.id, FOR, "0xreason", {"from": consortium.wallet(2)})
    assert len(tx.events) == 1
    assert tuple(tx.events["VoteCast"].values()) == (consortium.wallet(2), question.id, FOR, 1, "0xreason")


def test_empty_params_are_an_ordinary_ballot(consortium, governor, question):
    tx = governor.castVoteWithReasonAndParams(question.id, ABSTAIN, "", b"", {"from": consortium.wallet(2)})
    assert list(tx.events.keys()) == ["VoteCast"]


def test_params_are_refused(consortium, governor, question):
    with refused("ConsortiumGovernorParamsNotSupported"):
        governor.castVoteWithReasonAndParams(question.id, FOR, "", b"\x01", {"from": consortium.wallet(2)})


def test_second_ballot_is_refused_whatever_its_choice(consortium, governor, question):
    vote(consortium, question, for_=[3])
    for support in (AGAINST, FOR, ABSTAIN):
        with refused("ConsortiumGovernorAlreadyVoted", question.id, 3):
            governor.castVote(question.id, support, {"from": consortium.wallet(3)})
    assert governor.hasVoted(question.id, consortium.wallet(3))
    assert not governor.hasVoted(question.id, consortium.wallet(4))


@pytest.mark.parametrize("support", [3, 255])
def test_choice_that_does_not_exist_is_refused(consortium, governor, question, support):
    with refused("ConsortiumGovernorInvalidChoice", support):
        governor.castVote(question.id, support, {"from": consortium.wallet(1)})


def test_proposal_that_does_not_exist_is_refused(consortium, governor):
    with refused("GovernorNonexistentProposal", 7):
        governor.castVote(7, FOR, {"from": consortium.wallet(1)})


def test_ballot_in_the_second_of_the_snapshot_is_too_early(consortium, governor, pending):
    at(pending.opens_at)
    with refused("ConsortiumGovernorVotingNotOpen", pending.id, pending.opens_at, pending.opens_at):
        governor.castVote(pending.id, FOR, {"from": consortium.wallet(1)})


def test_ballot_in_the_first_second_after_the_snapshot_counts(consortium, governor, pending):
    at(pending.opens_at + 1)
    governor.castVote(pending.id, FOR, {"from": consortium.wallet(1)})


def test_ballot_in_the_second_of_the_deadline_counts(consortium, governor, pending):
    at(pending.closes_at)
    governor.castVote(pending.id, FOR, {"from": consortium.wallet(1)})
    assert tuple(governor.proposalVotes(pending.id)) == (0, 1, 0)


def test_ballot_in_the_second_after_the_deadline_is_too_late(consortium, governor, pending):
    at(pending.closes_at + 1)
    with refused("ConsortiumGovernorVotingClosed", pending.id, pending.closes_at, pending.closes_at + 1):
        governor.castVote(pending.id, FOR, {"from": consortium.wallet(1)})


def test_withdrawn_proposal_takes_no_ballot(consortium, governor, pending):
    governor.cancel(*pending.parts, {"from": consortium.wallet(1)})
    second = opened(pending).opens_at + 2
    at(second)
    with refused("ConsortiumGovernorVotingClosed", pending.id, pending.closes_at, second):
        governor.castVote(pending.id, FOR, {"from": consortium.wallet(1)})


def test_stranger_is_refused(governor, question, stranger):
    with refused("ConsortiumGovernorNotAMember", stranger):
        governor.castVote(question.id, FOR, {"from": stranger})


def test_wallet_left_behind_is_refused(consortium, governor, question):
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(2), 2):
        governor.castVote(question.id, FOR, {"from": consortium.wallet(2)})


def test_associate_has_no_vote_in_the_assembly(consortium, governor, question):
    with refused("ConsortiumGovernorNoVotingRight", 9, 0):
        governor.castVote(question.id, FOR, {"from": consortium.wallet(9)})


def test_member_without_a_seat_has_no_vote_on_the_board(consortium):
    board = consortium.governors[1]
    question = opened(put(board, consortium.wallet(5), [resolution(consortium, "board_matter")]))
    with refused("ConsortiumGovernorNoVotingRight", 5, 1):
        board.castVote(question.id, FOR, {"from": consortium.wallet(5)})


def test_member_that_came_after_the_snapshot_is_not_in_the_electorate(consortium, governor, question):
    consortium.registry.found([admission(11, PARTNER)], AGREEMENT)
    with refused("ConsortiumGovernorNotInElectorate", 11, question.opens_at):
        governor.castVote(question.id, FOR, {"from": wallet_of(11)})


def test_member_admitted_in_the_second_of_the_snapshot_is_in_the_electorate(consortium, governor, pending):
    at(pending.opens_at)
    consortium.registry.found([admission(11, PARTNER)], AGREEMENT)
    at(pending.opens_at + 1)
    governor.castVote(pending.id, FOR, {"from": wallet_of(11)})
    assert counts(pending) == (0, 1, 0, 9, 0)


def test_member_without_accession_has_no_vote(consortium, governor, question):
    consortium.registry.admit(admission(11, PARTNER))
    with refused("ConsortiumGovernorNoVotingRight", 11, 0):
        governor.castVote(question.id, FOR, {"from": wallet_of(11)})


def test_member_in_breach_votes(consortium, governor, question):
    consortium.registry.notifyBreach(5, 30 * DAY)
    vote(consortium, question, against=[5])
    assert tuple(governor.proposalVotes(question.id)) == (1, 0, 0)


def test_member_that_defaults_while_voting_is_open_is_refused_and_stays_in_the_electorate(consortium, governor):
    breach = consortium.registry.notifyBreach(5, 30 * DAY)
    question = put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    at(breach.events["BreachNotified"]["remedyUntil"] - 5 * DAY)
    late = put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")], "late")
    at(breach.events["BreachNotified"]["remedyUntil"] + 1)
    consortium.registry.declareDefault(5)
    with refused("ConsortiumGovernorMemberDefaulting", 5):
        governor.castVote(late.id, FOR, {"from": consortium.wallet(5)})
    assert governor.tallyOf(late.id)[3] == governor.tallyOf(question.id)[3] == 8


def test_member_that_has_left_is_refused_and_its_ballot_given_before_still_counts(consortium, governor, question):
    vote(consortium, question, for_=[5])
    for member in (5, 6):
        consortium.registry.recordExit(member)
        with refused("ConsortiumGovernorNoVotingRight", member, 0):
            governor.castVote(question.id, FOR, {"from": consortium.wallet(member)})
    assert counts(question) == (0, 1, 0, 8, 0)


def test_ballot_counts_on_its_own_proposal_only(consortium, governor):
    first, second = (
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan", text)], text) for text in ("a", "b")
    )
    opened(second)
    vote(consortium, first, for_=[1])
    assert tuple(governor.proposalVotes(second.id)) == (0, 0, 0)


def test_ballots_of_three_hundred_members_are_all_counted(consortium, governor):
    """Ten words of ballots: the first and the last member of a word, and those around its borders."""
    for start in range(11, 301, 29):
        consortium.registry.found(
            [admission(number, PARTNER) for number in range(start, min(start + 29, 301))], AGREEMENT
        )
    question = opened(put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    for member, support in {1: 1, 8: 0, 16: 2, 17: 1, 48: 0, 49: 2, 80: 1, 81: 0, 300: 1}.items():
        governor.castVote(question.id, support, {"from": wallet_of(member)})
    assert counts(question) == (3, 4, 2, 298, 0)


def test_closed_outcome_never_changes(consortium, governor, question):
    vote(consortium, question, for_=[1, 2, 3, 4], against=[5, 6])
    closed(question)
    before = (governor.verdictOf(question.id), tuple(governor.tallyOf(question.id)), governor.quorumOf(question.id))
    consortium.registry.found([admission(11, PARTNER)], AGREEMENT)
    consortium.registry.recordExit(1)
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    consortium.rulebook.setRule(
        consortium.rulebook.rule(1)[0], rule(base=ENTITLED, majority_numerator=1, majority_denominator=1)
    )
    after = (governor.verdictOf(question.id), tuple(governor.tallyOf(question.id)), governor.quorumOf(question.id))
    assert before == after
