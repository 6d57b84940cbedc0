from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.minutes import NO_MINUTES
from backend.domain.outcome import Verdict, judge
from backend.domain.proposals import (
    LATEST_OPENING,
    ProposalFacts,
    ProposalState,
    binding_at,
    closing,
    earliest_opening,
    latest_opening,
    state_at,
    veto_until,
    voting_open,
)
from backend.domain.rules import Base, Rule, TieBreak
from backend.domain.tally import Tally
from backend.domain.values import Ratio
from tests.domain.strategies import TIMES, facts, rules, tallies

MEETING = Rule(3888000, 1296000, 86400, Ratio(2, 3), Ratio(2, 3), Base.CAST, strict=False, binding=True)
CONSULTATION = Rule(0, 0, 864000, Ratio(0, 1), Ratio(0, 1), Base.CAST, strict=False, binding=False)
ADOPTED = Tally(20, 3, 2, 26)
REJECTED = Tally(15, 8, 0, 28)
NO_QUORUM = Tally(16, 0, 1, 28)
VOTE = ProposalFacts(opens_at=100, closes_at=200)
STANDING = replace(MEETING, standstill=40, veto_window=30, veto_grounds=1)
APPROVED_OUTSIDE = replace(STANDING, external_approval=True)
BY_VOTES = {ProposalState.ADOPTED, ProposalState.AWAITING_APPROVAL, ProposalState.BINDING}
SETTLED = set(ProposalState) - BY_VOTES - {ProposalState.PENDING, ProposalState.OPEN}


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


ONWARDS = [
    ProposalState.PENDING,
    ProposalState.OPEN,
    ProposalState.ADOPTED,
    ProposalState.AWAITING_APPROVAL,
    ProposalState.BINDING,
]


@given(facts() | facts(Verdict.ADOPTED), tallies(), rules(ties=TieBreak), TIMES, st.integers(0, 200))
def test_time_alone_moves_a_proposal_forwards_only(proposal, tally, rule, now, later):
    before = state_at(proposal, tally, rule, now)
    after = state_at(proposal, tally, rule, now + later)
    if before in SETTLED:
        assert after is before
    elif after in ONWARDS:
        assert ONWARDS.index(after) >= ONWARDS.index(before)
    else:
        assert before in {ProposalState.PENDING, ProposalState.OPEN}


@given(tallies(), rules(ties=TieBreak))
def test_a_closed_proposal_stands_where_its_verdict_says(tally, rule):
    rule = replace(rule, standstill=0, veto_window=0, external_approval=False)
    expected = {Verdict.ADOPTED: "binding", Verdict.REJECTED: "rejected", Verdict.NO_QUORUM: "no_quorum"}
    assert state_at(VOTE, tally, rule, 201) == expected[judge(rule, tally).verdict]


@given(facts(), tallies(), rules(ties=TieBreak), TIMES)
def test_nothing_that_comes_after_the_vote_changes_what_the_votes_decided(proposal, tally, rule, now):
    bare = ProposalFacts(proposal.opens_at, proposal.closes_at, closed_early_at=proposal.closed_early_at)
    if state_at(bare, tally, rule, now) not in BY_VOTES and not proposal.canceled:
        assert state_at(proposal, tally, rule, now) is state_at(bare, tally, rule, now)


# -------------------------------------------------------------------------------------------- between vote and force


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (200, ProposalState.OPEN),
        (201, ProposalState.ADOPTED),
        (240, ProposalState.ADOPTED),
        (241, ProposalState.BINDING),
    ],
)
def test_an_adopted_decision_binds_after_the_last_second_of_its_standstill(now, state):
    assert state_at(VOTE, ADOPTED, STANDING, now) is state


def test_the_longer_of_standstill_and_time_to_veto_counts():
    assert binding_at(VOTE, STANDING) == 240
    assert binding_at(VOTE, replace(STANDING, veto_window=50)) == 250
    assert binding_at(VOTE, MEETING) == 200


def test_a_consultation_never_binds():
    assert binding_at(VOTE, CONSULTATION) is None


@pytest.mark.parametrize(
    ("vetoes", "state"), [(0, ProposalState.BINDING), (1, ProposalState.VETOED), (2, ProposalState.VETOED)]
)
def test_an_adopted_decision_does_not_bind_while_a_veto_stands(vetoes, state):
    assert state_at(replace(VOTE, vetoes=vetoes), ADOPTED, STANDING, 999) is state


def test_a_veto_says_nothing_on_what_the_votes_did_not_adopt():
    assert state_at(replace(VOTE, vetoes=1), REJECTED, STANDING, 201) is ProposalState.REJECTED
    assert state_at(replace(VOTE, vetoes=1), ADOPTED, STANDING, 150) is ProposalState.OPEN


def test_a_veto_may_be_raised_up_to_the_last_second_of_its_window():
    assert veto_until(VOTE, STANDING) == 230
    assert veto_until(replace(VOTE, closed_early_at=150), STANDING) == 180


@pytest.mark.parametrize(
    ("approved", "now", "state"),
    [
        (None, 240, ProposalState.ADOPTED),
        (None, 241, ProposalState.AWAITING_APPROVAL),
        (True, 240, ProposalState.ADOPTED),
        (True, 241, ProposalState.BINDING),
        (False, 201, ProposalState.NOT_APPROVED),
        (False, 241, ProposalState.NOT_APPROVED),
    ],
)
def test_a_decision_that_needs_an_outside_authority_waits_for_its_answer(approved, now, state):
    assert state_at(replace(VOTE, approved=approved), ADOPTED, APPROVED_OUTSIDE, now) is state


def test_a_veto_is_said_before_a_refusal_from_outside():
    facts_of_both = replace(VOTE, vetoes=1, approved=False)
    assert state_at(facts_of_both, ADOPTED, APPROVED_OUTSIDE, 241) is ProposalState.VETOED


def test_an_answer_that_nobody_asked_for_changes_nothing():
    assert state_at(replace(VOTE, approved=False), ADOPTED, STANDING, 241) is ProposalState.BINDING


def test_an_objection_to_the_minutes_holds_the_decision_up_until_corrected_minutes_are_accepted():
    draft = NO_MINUTES.recorded(205)
    assert binding_at(replace(VOTE, minutes=draft), STANDING) == 240
    objected = replace(VOTE, minutes=draft.objected())
    assert binding_at(objected, STANDING) is None
    assert state_at(objected, ADOPTED, STANDING, 10**9) is ProposalState.ADOPTED
    corrected = replace(VOTE, minutes=draft.objected().recorded(300))
    assert binding_at(corrected, STANDING) == 300 + 15 * 86400
    assert state_at(corrected, ADOPTED, STANDING, 300 + 15 * 86400) is ProposalState.ADOPTED
    assert state_at(corrected, ADOPTED, STANDING, 301 + 15 * 86400) is ProposalState.BINDING


def test_minutes_corrected_soon_do_not_shorten_a_longer_standstill():
    corrected = replace(VOTE, minutes=NO_MINUTES.objected().recorded(210))
    assert binding_at(corrected, replace(STANDING, standstill=20 * 86400)) == 200 + 20 * 86400


@pytest.mark.parametrize(("now", "state"), [(150, ProposalState.OPEN), (151, ProposalState.ADOPTED)])
def test_a_vote_closed_early_is_closed(now, state):
    closed = replace(VOTE, closed_early_at=150)
    assert state_at(closed, ADOPTED, STANDING, now) is state
    assert voting_open(closed, now) == (state is ProposalState.OPEN)
    assert binding_at(closed, STANDING) == 190


# ---------------------------------------------------------------------------------------------------- opening times


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
