import pytest
from sqlalchemy import select

from backend.database.journal import CursorRecord
from backend.domain import events as e
from backend.errors import ProposalNotFoundError, RuleNotFoundError
from backend.queries.outcomes import read_outcome
from tests.backend import story as s


def outcome_of(reading, proposal, **more):
    return read_outcome(reading.session, reading.consortium, proposal, reading.now, **more)


@pytest.mark.parametrize(
    ("proposal", "verdict", "reason", "steps"),
    [
        (s.EXECUTED, "adopted", "MAJORITY_REACHED", [("4/4", ">=", "2/3", True), ("3/3", ">=", "2/3", True)]),
        (s.NO_QUORUM, "no_quorum", "QUORUM_NOT_REACHED", [("2/4", ">=", "2/3", False), ("2/2", ">=", "2/3", True)]),
        (s.REJECTED, "rejected", "MAJORITY_NOT_REACHED", [("4/4", ">=", "2/3", True), ("1/3", ">=", "2/3", False)]),
        (s.QUEUED, "adopted", "MAJORITY_REACHED", [("3/4", ">=", "2/3", True), ("2/3", ">=", "2/3", True)]),
        (s.BINDING, "adopted", "MAJORITY_REACHED", [("3/4", ">=", "51/100", True)]),
        (s.CONSULTED, "consulted", "CONSULTATION_CLOSED", []),
    ],
)
def test_a_closed_proposal_is_judged_by_its_own_rule_step_by_step(reading, proposal, verdict, reason, steps):
    outcome = outcome_of(reading, proposal)

    assert (outcome.verdict, outcome.reason, outcome.decided) == (verdict, reason, True)
    assert [(step.left, step.op, step.right, step.ok) for step in outcome.steps] == steps
    assert outcome.proposal_id == proposal


def test_an_open_proposal_says_what_would_be_if_voting_ended_now(reading):
    outcome = outcome_of(reading, s.OPEN)

    assert (outcome.state, outcome.verdict, outcome.decided) == ("open", "rejected", False)


CLOSES = s.NOW - s.DAY // 2 + s.DAY
"""Deadline of the open proposal."""


@pytest.fixture
def decided_at(tmp_path, make_mirror, story):
    """Whether the open proposal counts as decided after its deadline, with the mirror's cursor there."""

    def decided(**cursor):
        made = make_mirror(story.told, CLOSES + 100)
        with made.sessions.begin() as session:
            row = session.scalars(select(CursorRecord)).one()
            for name, value in cursor.items():
                setattr(row, name, value)
        with made.reading() as reading:
            outcome = outcome_of(reading, s.OPEN)
        assert outcome.state == "rejected"
        return outcome.decided

    return decided


@pytest.mark.parametrize(
    ("cursor", "decided"),
    [
        ({}, False),
        ({"block_time": CLOSES}, False),
        ({"block_time": CLOSES + 1}, True),
        ({"checked_at": CLOSES + 60.0}, False),
        ({"checked_at": CLOSES + 61.0}, True),
        ({"checked_at": CLOSES + 61.0, "head_number": 10**9}, False),
    ],
    ids=str,
)
def test_a_closed_vote_is_decided_once_no_ballot_can_be_unread(decided_at, cursor, decided):
    assert decided_at(**cursor) is decided


def test_a_vote_closed_early_is_decided_once_the_mirror_has_read_past_that(tmp_path, make_mirror, mirror_at, story):
    closed = next(place.block_time for place, event in story.told if isinstance(event, e.ProposalClosedEarly))
    told = [entry for entry in story.told if entry[0].block_time <= closed]
    made = make_mirror(told, closed + 1)
    with made.sessions.begin() as session:
        session.scalars(select(CursorRecord)).one().checked_at = closed + 1.0
    with made.reading() as reading:
        assert not outcome_of(reading, s.AWAITING).decided
    with mirror_at(closed + 1).reading() as reading:
        assert outcome_of(reading, s.AWAITING).decided


def test_the_rule_is_the_version_it_was_opened_under(reading):
    assert (outcome_of(reading, s.EXECUTED).rule.version, outcome_of(reading, s.EXECUTED).rule.in_force) == (1, False)
    assert (outcome_of(reading, s.OPEN).rule.version, outcome_of(reading, s.OPEN).rule.in_force) == (2, True)


@pytest.mark.parametrize("rule", ["WRITTEN_51", "2"])
def test_the_same_ballots_can_be_judged_by_another_rule(reading, rule):
    outcome = outcome_of(reading, s.NO_QUORUM, rule=rule)

    assert outcome.state == "no_quorum"
    assert (outcome.verdict, outcome.reason) == ("rejected", "MAJORITY_NOT_REACHED")
    assert [(step.step, step.left, step.right) for step in outcome.steps] == [("majority", "2/4", "51/100")]
    assert outcome.rule.name == "WRITTEN_51"
    assert outcome.tally.needed == 0


@pytest.mark.parametrize("rule", ["GA_4_5", "0", "99", "-1", "\0", "9" * 30, "' OR 1=1"])
def test_an_unknown_rule_is_refused(reading, rule):
    with pytest.raises(RuleNotFoundError):
        outcome_of(reading, s.OPEN, rule=rule)


def test_an_unknown_proposal_is_refused(reading):
    with pytest.raises(ProposalNotFoundError):
        outcome_of(reading, 5)
