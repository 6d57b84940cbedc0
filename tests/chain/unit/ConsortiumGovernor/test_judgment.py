"""Verdict, phase and quorum of real proposals, at each threshold: exactly equal, one more, one less."""

import pytest
from consortium import bytes32, closed, mine_at, opened, put, resolution, rule, vote
from phases import Phase, counts, phase
from reverts import refused

NO_QUORUM, REJECTED, CONSULTED, BINDING = Phase.NO_QUORUM, Phase.REJECTED, Phase.CONSULTED, Phase.BINDING
DEFEATED, SUCCEEDED = 3, 4


def counted(consortium, kind, body=0, text="text", **votes):
    question = opened(put(consortium.governors[body], consortium.wallet(1), [resolution(consortium, kind)], text))
    vote(consortium, question, **votes)
    return closed(question)


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({}, NO_QUORUM),
        ({"for_": [1, 2, 3, 4, 5]}, NO_QUORUM),  # 5 of 8 is less than 2/3
        ({"for_": [1, 2, 3, 4], "against": [5, 6]}, BINDING),  # 6 of 8; 4 of 6 is exactly 2/3
        ({"for_": [1, 2, 3], "against": [4, 5, 6]}, REJECTED),
        ({"for_": [1, 2, 3, 4], "against": [5, 6, 7]}, REJECTED),  # one against more
        ({"for_": [1, 2], "against": [3], "abstain": [4, 5, 6]}, BINDING),  # abstentions make the quorum
        ({"abstain": [1, 2, 3, 4, 5, 6, 7, 8]}, REJECTED),  # nothing cast is no majority
    ],
)
def test_meeting_needs_two_thirds_present_and_two_thirds_of_the_votes_cast(consortium, votes, expected):
    question = counted(consortium, "work_plan", **votes)
    assert phase(question) == expected
    assert question.governor.state(question.id) == (SUCCEEDED if expected == BINDING else DEFEATED)


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({"for_": [1, 2, 3, 4]}, REJECTED),  # 4 of 8 is 50 %
        ({"for_": [1, 2, 3, 4, 5]}, BINDING),
        ({"for_": [1, 2, 3, 4], "abstain": [5, 6, 7, 8]}, REJECTED),
        ({"for_": [1, 2, 3, 4, 5], "against": [6, 7, 8]}, BINDING),
    ],
)
def test_written_procedure_needs_51_percent_of_all_entitled(consortium, votes, expected):
    assert phase(counted(consortium, "urgent_matter", **votes)) == expected


def test_board_counts_its_seats_only(consortium):
    assert phase(counted(consortium, "board_matter", body=1, for_=[1, 2])) == BINDING
    assert phase(counted(consortium, "board_matter", body=1, text="again", for_=[1])) == NO_QUORUM


def test_consultation_has_no_winner(consortium):
    assert phase(counted(consortium, "policy_consultation", body=2, against=[1, 9, 10])) == CONSULTED


def test_phase_follows_time(consortium):
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    seen = []
    for second in (question.opens_at, question.opens_at + 1, question.closes_at, question.closes_at + 1):
        mine_at(second)
        seen.append(phase(question))
    assert seen == [Phase.PENDING, Phase.OPEN, Phase.OPEN, NO_QUORUM]


def test_verdict_of_an_open_proposal_is_what_would_be_if_voting_ended_now(consortium):
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")]))
    assert question.governor.verdictOf(question.id) == 0
    vote(consortium, question, for_=[1, 2, 3, 4, 5, 6])
    assert question.governor.verdictOf(question.id) == 2


def test_pending_proposal_answers_for_the_electorate_as_it_stands(consortium):
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    assert counts(question) == (0, 0, 0, 8, 0)
    assert question.governor.quorumOf(question.id) == 6


def test_quorum_of_a_proposal_is_rounded_up_and_its_own(consortium):
    meeting = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")]))
    written = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    assert consortium.assembly.quorumOf(meeting.id) == 6
    assert consortium.assembly.quorumOf(written.id) == 0
    assert consortium.assembly.quorum(meeting.opens_at) == 6


def test_lower_quorum_revives_no_proposal_that_failed(consortium):
    question = counted(consortium, "work_plan", for_=[1, 2])
    consortium.rulebook.setRule(bytes32("GA_2_3"), rule(quorum_numerator=1, quorum_denominator=100))
    assert phase(question) == NO_QUORUM


def test_views_refuse_a_proposal_that_does_not_exist(consortium):
    governor = consortium.assembly
    for view in (governor.state, governor.phaseOf, governor.tallyOf, governor.verdictOf, governor.proposalTerms):
        with refused("GovernorNonexistentProposal", 7):
            view(7)


def test_empty_electorate_decides_nothing(consortium):
    for member in (1, 2, 3):
        consortium.registry.endSeat(1, member)
    assert phase(counted(consortium, "board_matter", body=1)) == NO_QUORUM
