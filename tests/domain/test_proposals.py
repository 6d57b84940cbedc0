from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.outcome import Verdict, judge
from backend.domain.proposals import (
    LATEST_OPENING,
    ProposalFacts,
    ProposalState,
    closing,
    earliest_opening,
    latest_opening,
    state_at,
    voting_open,
)
from backend.domain.rules import Base, Rule
from backend.domain.tally import Tally
from backend.domain.values import Ratio
from tests.domain.strategies import TIMES, facts, rules, tallies

MEETING = Rule(3888000, 1296000, 86400, Ratio(2, 3), Ratio(2, 3), Base.CAST, strict=False, binding=True)
CONSULTATION = Rule(0, 0, 864000, Ratio(0, 1), Ratio(0, 1), Base.CAST, strict=False, binding=False)
ADOPTED = Tally(20, 3, 2, 26)
REJECTED = Tally(15, 8, 0, 28)
NO_QUORUM = Tally(16, 0, 1, 28)
VOTE = ProposalFacts(opens_at=100, closes_at=200)
LEADS_TO = {
    ProposalState.PENDING: {ProposalState.OPEN},
    ProposalState.OPEN: {
        ProposalState.NO_QUORUM,
        ProposalState.REJECTED,
        ProposalState.CONSULTED,
        ProposalState.BINDING,
        ProposalState.QUEUED,
        ProposalState.EXECUTED,
    },
}


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (99, ProposalState.PENDING),
        (100, ProposalState.PENDING),
        (101, ProposalState.OPEN),
        (199, ProposalState.OPEN),
        (200, ProposalState.OPEN),
        (201, ProposalState.BINDING),
    ],
)
def test_voting_is_open_after_the_snapshot_and_up_to_the_deadline(now, state):
    assert state_at(VOTE, ADOPTED, MEETING, now) is state
    assert voting_open(VOTE, now) == (state is ProposalState.OPEN)


@pytest.mark.parametrize(
    ("tally", "rule", "state"),
    [
        (ADOPTED, MEETING, ProposalState.BINDING),
        (REJECTED, MEETING, ProposalState.REJECTED),
        (NO_QUORUM, MEETING, ProposalState.NO_QUORUM),
        (REJECTED, CONSULTATION, ProposalState.CONSULTED),
    ],
)
def test_the_outcome_chooses_the_way_on_when_voting_closes(tally, rule, state):
    assert state_at(VOTE, tally, rule, 201) is state


def test_an_adopted_proposal_is_queued_and_then_executed():
    queued = replace(VOTE, eta=300)
    assert state_at(queued, ADOPTED, MEETING, 250) is ProposalState.QUEUED
    assert state_at(queued, ADOPTED, MEETING, 301) is ProposalState.QUEUED
    assert state_at(replace(queued, executed=True), ADOPTED, MEETING, 301) is ProposalState.EXECUTED


@given(tallies(), rules(), TIMES)
def test_a_withdrawn_proposal_stays_withdrawn(tally, rule, now):
    withdrawn = replace(VOTE, canceled=True)
    assert state_at(withdrawn, tally, rule, now) is ProposalState.WITHDRAWN
    assert not voting_open(withdrawn, now)


@given(facts() | facts(Verdict.ADOPTED), tallies(), rules() | rules(binding=False), TIMES)
def test_every_proposal_stands_somewhere_at_every_second(proposal, tally, rule, now):
    assert isinstance(state_at(proposal, tally, rule, now), ProposalState)


@given(facts() | facts(Verdict.ADOPTED), tallies(), rules(), TIMES, st.integers(0, 200))
def test_time_alone_moves_a_proposal_forwards_only(proposal, tally, rule, now, later):
    before = state_at(proposal, tally, rule, now)
    after = state_at(proposal, tally, rule, now + later)
    assert after is before or after in LEADS_TO[before] | LEADS_TO.get(ProposalState.OPEN, set())


@given(facts() | facts(Verdict.ADOPTED), tallies(), rules(), TIMES, st.integers(0, 200))
def test_nothing_that_is_decided_changes_by_waiting(proposal, tally, rule, now, later):
    before = state_at(proposal, tally, rule, now)
    if before.decided:
        assert state_at(proposal, tally, rule, now + later) is before


@given(tallies(), rules())
def test_a_closed_proposal_stands_where_its_verdict_says(tally, rule):
    expected = {Verdict.ADOPTED: "binding", Verdict.REJECTED: "rejected", Verdict.NO_QUORUM: "no_quorum"}
    assert state_at(VOTE, tally, rule, 201) == expected[judge(rule, tally).verdict]


def test_only_pending_and_open_proposals_are_undecided():
    assert {state for state in ProposalState if not state.decided} == {ProposalState.PENDING, ProposalState.OPEN}


def test_an_ordinary_meeting_needs_the_whole_notice():
    assert earliest_opening(MEETING, 1_000_000, extraordinary=False) == 1_000_000 + 45 * 86400


def test_an_extraordinary_meeting_needs_the_short_notice():
    assert earliest_opening(MEETING, 1_000_000, extraordinary=True) == 1_000_000 + 15 * 86400


def test_without_notice_voting_opens_a_second_after_publication():
    assert earliest_opening(CONSULTATION, 1_000_000, extraordinary=False) == 1_000_001


def test_no_vote_opens_more_than_a_leap_year_ahead():
    assert latest_opening(1_000_000) == 1_000_000 + LATEST_OPENING == 1_000_000 + 366 * 24 * 60 * 60


def test_voting_closes_one_period_after_it_opens():
    assert closing(MEETING, 100) == 100 + 86400
