"""Members that declare an interest."""

from dataclasses import replace

import pytest

from backend.domain.admissibility import refuse_recusal
from backend.domain.ballots import Ballot, Choice
from backend.domain.members import MemberClass
from backend.domain.polls import Poll
from backend.domain.proposals import ProposalFacts
from backend.domain.refusals import Refusal
from backend.domain.rules import Base, Rule
from backend.domain.values import Ratio
from tests.domain.rolls import ASSEMBLY, ASSOCIATE, PARTNER, STRANGER, entered, founded, told, wallet_of

NEWCOMER = 4
OWN = Ballot(Choice.FOR, revision=1)
MANDATED = Ballot(Choice.FOR, by_mandate=True)
RULE = Rule(45, 15, 10, Ratio(2, 3), Ratio(2, 3), Base.CAST, strict=False, binding=True)
VOTE = ProposalFacts(opens_at=100, closes_at=200)
POLL = Poll(9, ASSEMBLY, RULE, VOTE)


def recusal(poll=POLL, member_id=PARTNER, now=150):
    return refuse_recusal(founded(), poll, wallet_of(member_id), now)


def test_an_elector_declares_its_interest_before_it_votes():
    assert recusal() is None
    assert recusal(replace(POLL, ballots={PARTNER: OWN})) is Refusal.ALREADY_VOTED
    assert recusal(replace(POLL, ballots={PARTNER: MANDATED})) is Refusal.ALREADY_VOTED


def test_a_member_is_recused_once():
    assert recusal(replace(POLL, recused={PARTNER})) is Refusal.RECUSED


def test_who_has_no_ballot_needs_no_recusal():
    assert recusal(member_id=ASSOCIATE) is Refusal.NO_VOTING_RIGHT
    assert refuse_recusal(founded(), POLL, STRANGER, 150) is Refusal.NOT_A_MEMBER
    assert recusal(None) is Refusal.NONEXISTENT_PROPOSAL


@pytest.mark.parametrize(
    ("now", "refusal"), [(50, None), (100, None), (101, None), (200, None), (201, Refusal.UNEXPECTED_PHASE)]
)
def test_an_interest_may_be_declared_up_to_the_deadline_and_before_voting_opens(now, refusal):
    assert recusal(now=now) is refusal


def test_an_interest_in_a_withdrawn_proposal_is_none():
    assert recusal(replace(POLL, facts=replace(VOTE, canceled=True))) is Refusal.UNEXPECTED_PHASE


def test_before_the_snapshot_a_member_declares_that_votes_in_the_body_by_then():
    roll = told(founded(), 90, *entered(NEWCOMER, MemberClass.PARTNER))
    assert refuse_recusal(roll, POLL, wallet_of(NEWCOMER), 90) is None
    roll = told(founded(), 110, *entered(NEWCOMER, MemberClass.PARTNER))
    assert refuse_recusal(roll, POLL, wallet_of(NEWCOMER), 110) is Refusal.NOT_IN_ELECTORATE
