"""What is not done with, and proposals that are viewed together."""

import pytest

from backend.queries.filed import filed_from, select_filed
from backend.queries.non_voters import find_non_voters, list_non_voters
from backend.queries.proposal_filters import Span
from backend.queries.proposal_views import proposal_views
from backend.queries.proposals import ProposalFilter, find_proposal, list_proposals, summaries_of
from backend.queries.standings import read_standings
from backend.queries.unsettled import OVER, WAITING, read_unsettled
from tests.backend import story as s


def listed(reading, states, **times):
    asked = ProposalFilter(states=tuple(states), times=times)
    return [found.id for found in list_proposals(reading.session, reading.consortium, reading.now, asked).items]


def ids_of(standings):
    return [standing.filed.proposal.proposal_id for standing in standings]


@pytest.mark.parametrize("since", [0, s.NOW - 5 * s.DAY, s.NOW])
def test_what_is_not_done_with_is_what_the_lists_of_those_states_say(reading, since):
    found = read_unsettled(reading.session, reading.consortium, reading.now, since=since)

    assert ids_of(found.running) == listed(reading, ["open"]) != []
    assert ids_of(found.coming) == listed(reading, ["pending"]) != []
    assert ids_of(found.waiting) == listed(reading, WAITING) != []
    assert ids_of(found.over) == listed(reading, OVER, closes=Span(since=since))


def test_every_closed_vote_is_over_when_it_closed_does_not_matter(reading):
    found = read_unsettled(reading.session, reading.consortium, reading.now, since=0)

    assert {s.NO_QUORUM, s.REJECTED, s.CONSULTED} <= set(ids_of(found.over))


def test_proposals_viewed_together_are_viewed_as_each_on_its_own(reading):
    session, consortium, now = reading.session, reading.consortium, reading.now
    filed = filed_from(session.execute(select_filed(consortium)))
    standings = read_standings(session, consortium, filed, now)
    alone = [
        find_proposal(session, consortium, one.proposal.proposal_id, now, governor=one.body.governor) for one in filed
    ]

    assert list(proposal_views(session, consortium, standings, now)) == alone
    assert list(summaries_of(session, consortium, standings, now)) == [view.summary for view in alone]
    assert any(view.attempts[1:] for view in alone)
    assert any(view.resolutions for view in alone)
    assert any(view.revised_by for view in alone)


def test_who_is_silent_in_several_votes_is_told_apart_by_body_where_their_ids_are_the_same(twin_reading):
    session, consortium, now = twin_reading.session, twin_reading.consortium, twin_reading.now
    keys = {s.GOVERNORS[body]: (body, s.OPEN) for body in (s.ASSEMBLY, s.BOARD)}

    together = find_non_voters(session, consortium, keys.values(), now)

    for governor, key in keys.items():
        assert together[key] == list_non_voters(session, consortium, s.OPEN, now, governor=governor)
    assert len(set(together.values())) == 2
