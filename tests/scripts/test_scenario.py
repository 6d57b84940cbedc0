import re

import pytest

from scripts.plan import PLANS, read_plan
from scripts.roll import read_roll
from scripts.scenario import SAMPLE, read_postponed, read_scenario

SCENARIO = read_scenario()
PLAN = read_plan(PLANS / "development.toml")
ROLL = read_roll(PLAN.roll)
MOTIONS = {motion.reference: motion for motion in SCENARIO.motions}


def test_all_thirty_eight_proposals_are_replayed_or_postponed():
    told = {motion.reference for motion in SCENARIO.closed} | {entry.reference for entry in read_postponed()}
    assert told == {f"P{number:02}" for number in range(1, 39)}


@pytest.mark.parametrize("motion", SCENARIO.motions, ids=lambda motion: motion.reference)
def test_the_expected_tally_is_the_sum_of_the_ballots(motion):
    if motion.expected is None or not motion.expected.tally:
        assert not motion.ballots
        return
    choices = [ballot.choice.label for ballot in motion.ballots]
    tally = motion.expected.tally
    assert all(tally[choice] == choices.count(choice) for choice in ("for", "against", "abstain"))
    assert tally["participating"] == len(choices)
    assert tally["silent"] == tally["eligible"] - len(choices)


@pytest.mark.parametrize("motion", SCENARIO.motions, ids=lambda motion: motion.reference)
def test_every_motion_is_told_in_both_languages_and_can_be_kept(motion):
    assert set(motion.document.texts) == {"en", "sl"}
    assert motion.document.to_bytes()
    assert motion.kind in {kind.name for kind in PLAN.kinds}


@pytest.mark.parametrize("motion", SCENARIO.motions, ids=lambda motion: motion.reference)
def test_nobody_votes_twice_and_everybody_is_on_the_roll(motion):
    members = [ballot.member for ballot in motion.ballots]
    assert len(members) == len(set(members))
    assert set(members) <= set(ROLL)


def test_only_fictitious_members_carry_a_reason():
    rows = (SAMPLE / "members.csv").read_text().splitlines()[1:]
    real = {row.split(",")[0] for row in rows if not re.search(r",yes,", row)}
    speakers = {ballot.member for motion in SCENARIO.motions for ballot in motion.ballots if ballot.reason}
    assert speakers
    assert not speakers & real


def test_some_proposals_are_left_open_for_visitors():
    assert {motion.kind for motion in SCENARIO.running} >= {"service_catalogue", "policy_consultation"}
