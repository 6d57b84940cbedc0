import dataclasses

import pytest

from scripts.plan import PLANS, read_plan
from scripts.scenario import DAY, read_scenario
from scripts.schedule import Cast, CastInVain, Execute, Perform, Publish, Queue, RecordAccession, Withdraw, schedule

NOW = 1_800_000_123
PLAN = read_plan(PLANS / "development.toml")
RULES = {kind.name: PLAN.rules[kind.rule] for kind in PLAN.kinds}
SCENARIO = read_scenario()
MOTIONS = {motion.reference: motion for motion in SCENARIO.motions}
STORY = schedule(SCENARIO, RULES, PLAN.timelock_delay, NOW)


def at(kind, reference):
    return [step.at for step in STORY.steps if isinstance(step.deed, kind) and step.deed.motion.reference == reference]


def acts(reference, name):
    deeds = [step for step in STORY.steps if isinstance(step.deed, Perform)]
    return [step for step in deeds if (step.deed.motion.reference, step.deed.act.name) == (reference, name)]


def of_ballot(deed):
    return deed.motion.reference, deed.ballot.member


def test_the_story_ends_with_the_present_day():
    assert STORY.end <= NOW < STORY.end + DAY
    assert STORY.genesis < STORY.steps[0].at
    assert STORY.steps[-1].at < STORY.end


def test_steps_come_in_the_order_of_time_one_each_second():
    seconds = [step.at for step in STORY.steps]
    assert seconds == sorted(set(seconds))


def test_every_ballot_of_the_story_is_cast_exactly_once():
    cast = [step.deed for step in STORY.steps if isinstance(step.deed, Cast)]
    assert len(cast) == sum(len(motion.changed + motion.ballots) for motion in SCENARIO.motions)


def test_ballots_are_cast_while_voting_is_open():
    for step in STORY.steps:
        if isinstance(step.deed, Cast):
            opens = STORY.end - SCENARIO.days * DAY + step.deed.motion.opens
            assert opens < step.at <= opens + RULES[step.deed.motion.kind].period


def test_the_notice_of_every_meeting_is_kept_but_for_the_one_that_is_refused():
    for motion in SCENARIO.closed:
        rule = RULES[motion.kind]
        kept = motion.opens - motion.published >= (rule.short_notice if motion.extraordinary else rule.notice)
        assert kept == (motion.reference != "P37")


def test_the_new_member_votes_in_vain_while_the_second_admission_is_still_open():
    accession = next(step.at for step in STORY.steps if step.deed == RecordAccession("SE-COOMPANION"))
    (in_vain,) = at(CastInVain, "P02")
    opens = STORY.end - SCENARIO.days * DAY + next(m.opens for m in SCENARIO.closed if m.reference == "P02")
    assert opens < accession < in_vain < opens + DAY


def test_an_adopted_proposal_is_executed_only_after_the_delay():
    (queued,), (executed,) = at(Queue, "P01"), at(Execute, "P01")
    assert executed - queued > PLAN.timelock_delay


def test_nothing_is_carried_out_before_standstill_and_time_to_veto_are_over():
    start = STORY.end - SCENARIO.days * DAY
    for motion in SCENARIO.closed:
        rule = RULES[motion.kind]
        binds = start + motion.opens + rule.period + max(rule.standstill, rule.veto_window)
        assert all(queued > binds for queued in at(Queue, motion.reference))


def test_draft_minutes_are_sent_within_ten_days_of_every_meeting():
    meetings = [m for m in SCENARIO.closed if RULES[m.kind].standstill and m.ballots]
    assert len(meetings) > 20
    for motion in meetings:
        closed = STORY.end - SCENARIO.days * DAY + motion.opens + RULES[motion.kind].period
        sent = [step.at for step in acts(motion.reference, "minutes")]
        assert closed + 10 * DAY >= STORY.end or closed < sent[0] <= closed + 10 * DAY


def test_a_decision_objected_to_waits_for_fifteen_days_after_the_corrected_minutes():
    draft, corrected = acts("P03", "minutes")
    (objected,), (queued,) = acts("P03", "object"), at(Queue, "P03")
    assert draft.at < objected.at < corrected.at < queued - 15 * DAY
    assert objected.at == STORY.end - SCENARIO.days * DAY + MOTIONS["P03"].opens + 12 * DAY


def test_a_further_call_is_made_within_fifteen_days_of_the_call_without_a_quorum():
    for earlier, later in (("P20", "P21"), ("P21", "P22")):
        deadline = MOTIONS[earlier].opens + RULES["annual_report"].period
        assert deadline < MOTIONS[later].published <= deadline + 15 * DAY


def test_the_lost_wallet_is_replaced_while_the_vote_is_open_and_after_its_ballot():
    (cast,) = [s.at for s in STORY.steps if isinstance(s.deed, Cast) and of_ballot(s.deed) == ("P35", "GR-PARADEIGMA")]
    early, completed = acts("P35", "complete_rotation")
    (approved,) = acts("P35", "approve_rotation")
    assert cast < approved.at < early.at < approved.at + 3 * DAY < completed.at
    assert completed.at < at(CastInVain, "P35")[0] < STORY.end - SCENARIO.days * DAY + MOTIONS["P35"].opens + 10 * DAY


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
