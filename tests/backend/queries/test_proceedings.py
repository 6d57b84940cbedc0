import pytest

from backend.errors import ProposalNotFoundError
from backend.queries.ballots import list_ballots
from backend.queries.non_voters import list_non_voters
from backend.queries.outcomes import read_outcome
from backend.queries.parts import WHOLE
from backend.queries.proceedings import list_recusals, list_vetoes, read_minutes
from backend.queries.proposals import find_proposal, list_proposals
from tests.backend import story as s


def proposal_of(reading, proposal):
    return find_proposal(reading.session, reading.consortium, proposal, reading.now)


def outcome_of(reading, proposal, **more):
    return read_outcome(reading.session, reading.consortium, proposal, reading.now, **more)


def minutes_of(reading, proposal, now=None):
    return read_minutes(reading.session, reading.consortium, proposal, now or reading.now)


def steps_of(outcome):
    return [(step.step, step.left, step.op, step.right, step.ok) for step in outcome.steps]


def test_a_second_call_needs_no_quorum_and_a_tie_is_broken_by_the_chair(reading):
    outcome = outcome_of(reading, s.SECOND_CALL)

    assert steps_of(outcome) == [
        ("majority", "2/4", ">", "1/2", False),
        ("casting_vote", "1/1", ">=", "1/1", True),
        ("countries", "2/4", ">=", "1/2", True),
    ]
    assert (outcome.verdict, outcome.reason, outcome.tally.needed) == ("adopted", "CASTING_VOTE", 0)
    assert (outcome.tally.attempt, outcome.tally.chair_support) == (2, "for")


def test_a_first_call_without_quorum_points_to_the_second_and_back(reading):
    first, second = proposal_of(reading, s.FIRST_CALL), proposal_of(reading, s.SECOND_CALL)

    assert (first.previous, first.next.id, first.next.reference) == (None, s.SECOND_CALL, "GA-10")
    assert (second.previous.id, second.next) == (s.FIRST_CALL, None)
    assert (first.summary.attempt, second.summary.attempt) == (1, 2)
    assert (second.chair.code, second.party) == ("SI-ANA", None)


def test_countries_are_counted_where_the_rule_asks_and_nowhere_else(reading):
    tally = outcome_of(reading, s.VETOED).tally
    assert (tally.countries, tally.countries_for) == (4, 3)
    assert tally.by_country["HR"] == {"against": 1, "for": 0, "abstain": 0}
    assert list(tally.by_country) == ["AT", "HR", "IT", "SI"]

    plain = outcome_of(reading, s.REJECTED).tally
    assert (plain.countries, plain.by_country) == (0, {})
    asked = outcome_of(reading, s.REJECTED, rule="GUARDED")
    assert steps_of(asked)[-1] == ("countries", "1/4", ">=", "1/2", False)


def test_ballots_from_outside_the_electorate_are_in_no_country(fresh_mirror, documents):
    """No contract takes them; a mirror that was told of them, by whomever, still counts, and as the contracts do."""
    told = s.whole_story(documents)
    for proposal, member in ((s.VETOED, 5), (s.VETOED, 6), (s.REVISED, 3), (s.REVISED, 6)):
        told.vote(s.LAST, s.ASSEMBLY, proposal, (member, s.FOR))
    with fresh_mirror(told.told).reading() as reading:
        vetoed, revised = (outcome_of(reading, each).tally for each in (s.VETOED, s.REVISED))
        listed = list_proposals(reading.session, reading.consortium, reading.now).items

    assert list(vetoed.by_country) == ["AT", "HR", "IT", "SI"]
    assert (vetoed.countries, vetoed.countries_for, vetoed.for_votes) == (4, 3, 5)
    assert (list(revised.by_country), revised.recused, revised.for_votes) == (["AT", "IT", "SI"], 1, 5)
    assert {s.VETOED, s.REVISED} <= {each.id for each in listed}


def test_the_recused_are_in_no_figure_but_their_own(reading):
    tally = outcome_of(reading, s.REVISED).tally

    assert (tally.entitled, tally.recused, tally.participating, tally.silent) == (3, 1, 3, 0)
    assert "HR" not in tally.by_country
    assert list_non_voters(reading.session, reading.consortium, s.REVISED, reading.now) == ()
    (recusal,) = list_recusals(reading.session, reading.consortium, s.REVISED, WHOLE).items
    assert (recusal.member.code, recusal.declared) == ("HR-CVITA", False)
    revised = proposal_of(reading, s.REVISED)
    assert (revised.party.code, revised.party_effect, revised.recusals) == ("HR-CVITA", "recuses", (recusal,))


def test_ballots_come_with_those_they_took_the_place_of(reading):
    page = list_ballots(reading.session, reading.consortium, s.REVISED)
    ballots = {ballot.member.code: ballot for ballot in page.items}

    assert page.total == 3
    ana, beppe, dora = (ballots[code] for code in ("SI-ANA", "IT-BEPPE", "AT-DORA"))
    assert [(each.choice, each.cast_by) for each in ana.earlier] == [("against", None), ("abstain", None)]
    assert (ana.choice, ana.revision) == ("for", 3)
    assert [(each.choice, each.cast_by.code) for each in dora.earlier] == [("against", "IT-BEPPE")]
    assert (dora.choice, dora.cast_by, beppe.earlier) == ("for", None, ())


def test_a_veto_stands_until_it_is_withdrawn_and_a_revised_proposal_takes_its_place(reading):
    vetoed, revised = proposal_of(reading, s.VETOED), proposal_of(reading, s.REVISED)

    assert vetoed.summary.state == "vetoed"
    assert [(veto.member.code, veto.ground, veto.withdrawn_at is None) for veto in vetoed.vetoes] == [
        ("HR-CVITA", "costs", True),
        ("AT-DORA", "liabilities", False),
    ]
    assert list_vetoes(reading.session, reading.consortium, s.VETOED, WHOLE).items == vetoed.vetoes
    assert (vetoed.revised_by.id, revised.revises.id) == (s.REVISED, s.VETOED)
    assert vetoed.veto_until == s.START + 156 * s.DAY
    assert proposal_of(reading, s.REJECTED).veto_until is None


@pytest.mark.parametrize(("second", "state"), [(0, "adopted"), (1, "binding")])
def test_a_decision_binds_after_the_last_second_of_its_standstill(reading, second, state):
    until = proposal_of(reading, s.REVISED).summary.binding_at
    found = find_proposal(reading.session, reading.consortium, s.REVISED, until + second)

    assert until == s.START + 7 * s.DAY + 10 + 200 * s.DAY
    assert found.summary.state == state


def test_corrected_minutes_give_another_time_to_object(reading):
    book = minutes_of(reading, s.SECOND_CALL)

    assert [version.version for version in book.versions] == [1, 2]
    assert [objection.member.code for objection in book.objections] == ["IT-BEPPE"]
    assert not book.objection_stands
    assert book.binding_at == s.START + 5 * s.DAY + 10 + 200 * s.DAY
    later = s.NOW + 200 * s.DAY
    assert minutes_of(reading, s.SECOND_CALL, later).binding_at == book.binding_at


def test_a_decision_that_was_not_taken_never_binds(reading):
    for proposal in (s.REJECTED, s.NO_QUORUM, s.CONSULTED, s.OPEN, s.PENDING):
        assert proposal_of(reading, proposal).summary.binding_at is None
        assert minutes_of(reading, proposal).binding_at is None


def test_an_outside_answer_is_waited_for_or_ends_it(reading):
    refused, awaiting = proposal_of(reading, s.NOT_APPROVED), proposal_of(reading, s.AWAITING)

    assert (refused.summary.state, refused.approval.approved) == ("not_approved", False)
    assert (awaiting.summary.state, awaiting.approval) == ("awaiting_approval", None)


def test_a_vote_closed_early_says_so_and_says_when(reading):
    found = proposal_of(reading, s.AWAITING)

    assert found.closed_early
    assert found.summary.closes_at == s.START + 8 * s.DAY + 6
    assert [entry.event for entry in found.timeline] == ["published", "opens", "closed_early"]


def test_a_timeline_tells_vetoes_minutes_and_answers(reading):
    def told(proposal):
        return [entry.event for entry in proposal_of(reading, proposal).timeline]

    assert told(s.VETOED)[:6] == ["published", "opens", "vetoed", "vetoed", "veto_withdrawn", "closes"]
    assert told(s.SECOND_CALL) == ["published", "opens", "closes", "minutes", "objection", "minutes", "binds"]
    assert told(s.NOT_APPROVED) == ["published", "opens", "closes", "refused"]


@pytest.mark.parametrize("ask", [list_recusals, list_vetoes])
def test_an_unknown_proposal_is_refused(reading, ask):
    with pytest.raises(ProposalNotFoundError):
        ask(reading.session, reading.consortium, 5, WHOLE)
    with pytest.raises(ProposalNotFoundError):
        minutes_of(reading, 5)
