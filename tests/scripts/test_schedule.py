import dataclasses

import pytest

from scripts.plan import PLANS, read_plan
from scripts.scenario import DAY, read_scenario
from scripts.schedule import Cast, CastInVain, Execute, Publish, Queue, RecordAccession, Withdraw, schedule

NOW = 1_800_000_123
PLAN = read_plan(PLANS / "development.toml")
RULES = {kind.name: PLAN.rules[kind.rule] for kind in PLAN.kinds}
SCENARIO = read_scenario()
STORY = schedule(SCENARIO, RULES, PLAN.timelock_delay, NOW)


def at(kind, reference):
    return [step.at for step in STORY.steps if isinstance(step.act, kind) and step.act.motion.reference == reference]


def test_the_story_ends_with_the_present_day():
    assert STORY.end <= NOW < STORY.end + DAY
    assert STORY.genesis < STORY.steps[0].at
    assert STORY.steps[-1].at < STORY.end


def test_steps_come_in_the_order_of_time_one_each_second():
    seconds = [step.at for step in STORY.steps]
    assert seconds == sorted(set(seconds))


def test_every_ballot_of_the_story_is_cast_exactly_once():
    cast = [step.act for step in STORY.steps if isinstance(step.act, Cast)]
    assert len(cast) == sum(len(motion.ballots) for motion in SCENARIO.motions)


def test_ballots_are_cast_while_voting_is_open():
    for step in STORY.steps:
        if isinstance(step.act, Cast):
            opens = STORY.end - SCENARIO.days * DAY + step.act.motion.opens
            assert opens < step.at <= opens + RULES[step.act.motion.kind].period


def test_the_notice_of_every_meeting_is_kept_but_for_the_one_that_is_refused():
    for motion in SCENARIO.closed:
        rule = RULES[motion.kind]
        kept = motion.opens - motion.published >= (rule.short_notice if motion.extraordinary else rule.notice)
        assert kept == (motion.reference != "P37")


def test_the_new_member_votes_in_vain_while_the_second_admission_is_still_open():
    accession = next(step.at for step in STORY.steps if step.act == RecordAccession("SE-COOMPANION"))
    (in_vain,) = at(CastInVain, "P02")
    opens = STORY.end - SCENARIO.days * DAY + next(m.opens for m in SCENARIO.closed if m.reference == "P02")
    assert opens < accession < in_vain < opens + DAY


def test_an_adopted_proposal_is_executed_only_after_the_delay():
    (queued,), (executed,) = at(Queue, "P01"), at(Execute, "P01")
    assert executed - queued > PLAN.timelock_delay


def test_default_is_declared_only_after_the_remedy_period():
    (noticed,), (declared,) = at(Execute, "P23"), at(Execute, "P24")
    assert declared - noticed > 30 * DAY


def test_rejected_and_withdrawn_proposals_are_never_queued():
    assert not at(Queue, "P05")
    assert at(Withdraw, "P38")
    assert not at(Queue, "P38")


def test_running_proposals_are_published_but_not_over():
    for motion in SCENARIO.running:
        assert at(Publish, motion.reference)
        assert motion.opens + RULES[motion.kind].period > SCENARIO.days * DAY


def test_a_story_too_short_for_its_motions_is_refused():
    with pytest.raises(ValueError, match="too short for"):
        schedule(dataclasses.replace(SCENARIO, days=100), RULES, PLAN.timelock_delay, NOW)
