import re

import pytest

from backend.domain.outcome import judge
from backend.domain.tally import Tally
from backend.portal.languages import languages
from scripts.plan import PLANS, read_plan
from scripts.roll import read_roll
from scripts.scenario import SAMPLE, Way, read_postponed, read_scenario

SCENARIO = read_scenario()
PLAN = read_plan(PLANS / "development.toml")
ROLL = read_roll(PLAN.roll)
KINDS = {kind.name: kind for kind in PLAN.kinds}
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
def test_every_motion_is_told_in_both_languages_and_those_to_vote_on_in_all_and_can_be_kept(motion):
    to_vote_on = motion.reference.startswith("N")
    assert set(motion.document.texts) == (set(languages()) if to_vote_on else {"en", "sl"})
    assert motion.document.to_bytes()
    assert motion.kind in {kind.name for kind in PLAN.kinds}


@pytest.mark.parametrize("motion", SCENARIO.motions, ids=lambda motion: motion.reference)
def test_nobody_votes_twice_and_everybody_is_on_the_roll(motion):
    members = [ballot.member for ballot in motion.ballots]
    assert len(members) == len(set(members))
    assert set(members) <= set(ROLL)


@pytest.mark.parametrize("motion", [m for m in SCENARIO.motions if m.ballots], ids=lambda motion: motion.reference)
def test_the_expected_outcome_follows_from_the_tally_by_the_law(motion):
    told, rule = motion.expected.tally, PLAN.rules[KINDS[motion.kind].rule]
    chair = next(body.chair for body in PLAN.bodies if body.name == KINDS[motion.kind].body)
    tally = Tally(
        told["for"],
        told["against"],
        told["abstain"],
        told["eligible"],
        countries=told.get("countries", 0),
        countries_for=told.get("countries_for", 0),
        attempt=attempt_of(motion),
        chair_support=next((ballot.choice for ballot in motion.ballots if ballot.member == chair), None),
    )
    outcome = judge(rule, tally)
    assert outcome.reason == motion.expected.reason
    assert motion.expected.outcome in {outcome.verdict.label, "vetoed"}


def attempt_of(motion):
    return 1 if motion.reconvenes is None else 1 + attempt_of(MOTIONS[motion.reconvenes])


def test_a_further_call_repeats_text_and_action_of_the_first():
    first, third = MOTIONS["P20"], MOTIONS["P22"]
    assert (third.texts, third.action, third.extraordinary) == (first.texts, first.action, True)


def test_a_vetoed_outcome_comes_from_a_veto_that_is_not_refused():
    for motion in SCENARIO.motions:
        stands = any(act.name == "veto" and act.code is None for act in motion.acts)
        assert stands == (motion.expected is not None and motion.expected.outcome == "vetoed")


def test_whose_ballot_is_cast_by_mandate_has_given_it_to_the_holder():
    for motion in SCENARIO.motions:
        given = {(act.by, act.details["holder"]) for act in motion.acts if act.name == "mandate"}
        used = [
            ballot for ballot in motion.ballots + tuple(r.ballot for r in motion.refused) if ballot.way is Way.MANDATE
        ]
        assert {(ballot.member, ballot.holder) for ballot in used} == given


def test_a_changed_ballot_was_another_one_before():
    ballots = {
        (motion.reference, ballot.member): ballot.choice for motion in SCENARIO.motions for ballot in motion.ballots
    }
    changed = [(motion.reference, ballot) for motion in SCENARIO.motions for ballot in motion.changed]
    assert changed
    assert all(ballots[reference, ballot.member] != ballot.choice for reference, ballot in changed)


def test_only_fictitious_members_veto_object_or_are_recused():
    fictitious = {row.split(",")[0] for row in (SAMPLE / "members.csv").read_text().splitlines() if ",yes," in row}
    for motion in SCENARIO.motions:
        assert {act.by for act in motion.acts if act.name in ("veto", "object", "recuse")} <= fictitious


def test_only_fictitious_members_carry_a_reason():
    rows = (SAMPLE / "members.csv").read_text().splitlines()[1:]
    real = {row.split(",")[0] for row in rows if not re.search(r",yes,", row)}
    speakers = {ballot.member for motion in SCENARIO.motions for ballot in motion.ballots if ballot.reason}
    assert speakers
    assert not speakers & real


def test_some_proposals_are_left_open_for_visitors():
    assert {motion.kind for motion in SCENARIO.running} >= {"service_catalogue", "policy_consultation"}


def test_what_goes_wrong_meanwhile_is_told_with_its_size():
    assert SCENARIO.operations["chain.reorg"]["depth"] == 2
    assert SCENARIO.operations["rpc.outage"]["minutes"] == 30
