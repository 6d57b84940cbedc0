from dataclasses import replace

import pytest

from backend.domain import events
from backend.domain.ballots import Ballot, Choice
from backend.domain.members import MemberClass
from backend.domain.outcome import Verdict
from backend.domain.polls import Poll
from backend.domain.proposals import ProposalFacts, ProposalState
from backend.domain.rules import Base, Rule
from backend.domain.tally import Tally
from backend.domain.values import Ratio
from tests.domain.rolls import ASSEMBLY, FOUNDER, PARTNER, entered, founded, told

FOR, AGAINST = Ballot(Choice.FOR, revision=1), Ballot(Choice.AGAINST, revision=1)
RULE = Rule(45, 15, 10, Ratio(1, 2), Ratio(1, 2), Base.CAST, strict=True, binding=True)
POLL = Poll(9, ASSEMBLY, RULE, ProposalFacts(opens_at=100, closes_at=200))


def test_ballots_are_counted_for_the_electorate_of_the_snapshot():
    roll = told(founded(), 150, *entered(4, MemberClass.PARTNER))
    assert replace(POLL, ballots={FOUNDER: FOR}).tally(roll, 160) == Tally(1, 0, 0, 2)


def test_before_voting_opens_the_electorate_is_that_of_the_last_second():
    roll = told(founded(), 50, *entered(4, MemberClass.PARTNER))
    assert [POLL.tally(roll, now).entitled for now in (50, 51)] == [2, 3]


def test_a_tally_has_what_the_poll_says_of_recusals_attempts_and_the_chair():
    poll = replace(POLL, ballots={FOUNDER: FOR}, recused={PARTNER}, chair=FOUNDER, attempt=2)
    assert poll.tally(founded(), 150) == Tally(1, 0, 0, 1, recused=1, attempt=2, chair_support=Choice.FOR)


@pytest.mark.parametrize(("ratio", "countries"), [(Ratio(0, 1), 0), (Ratio(1, 2), 1)])
def test_countries_are_counted_where_the_rule_asks_for_them(ratio, countries):
    poll = replace(POLL, rule=replace(RULE, countries=ratio), ballots={FOUNDER: FOR})
    tally = poll.tally(founded(), 150)
    assert (tally.countries, tally.countries_for) == (countries, countries)


def test_a_poll_is_judged_by_its_own_rule():
    assert replace(POLL, ballots={FOUNDER: FOR}).verdict(founded(), 150) is Verdict.ADOPTED
    assert replace(POLL, ballots={FOUNDER: AGAINST}).verdict(founded(), 150) is Verdict.REJECTED
    assert POLL.verdict(founded(), 150) is Verdict.NO_QUORUM


def test_a_poll_stands_where_its_vetoes_put_it():
    poll = replace(POLL, ballots={FOUNDER: FOR})
    assert poll.state(founded(), 201) is ProposalState.BINDING
    assert replace(poll, vetoing={PARTNER}).state(founded(), 201) is ProposalState.VETOED
    assert replace(poll, facts=replace(poll.facts, vetoes=1)).state(founded(), 201) is ProposalState.BINDING


def test_a_ballot_by_mandate_leaves_the_outcome_open():
    own, mandated = {FOUNDER: FOR, PARTNER: FOR}, {FOUNDER: FOR, PARTNER: Ballot(Choice.FOR, by_mandate=True)}
    assert replace(POLL, ballots=own).certain(founded(), 150)
    assert not replace(POLL, ballots=mandated).certain(founded(), 150)


def test_a_member_that_left_after_it_voted_is_still_counted():
    roll = told(founded(), 150, events.SeatEnded(1, FOUNDER))
    assert replace(POLL, ballots={FOUNDER: FOR, PARTNER: AGAINST}).tally(roll, 160) == Tally(1, 1, 0, 2)
