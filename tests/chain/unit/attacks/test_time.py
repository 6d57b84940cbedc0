"""Law changed under a running vote, deadlines moved, notices shortened, durations without bounds."""

import pytest
from consortium import DAY, DELAY, RULES, adopt, at, bytes32, closed, opened, put, queue, resolution, rule, vote
from laws import ask, ask_now, make_law
from phases import Phase, phase
from reverts import State, refused, refused_in

YEAR = 366 * DAY
QUORUM = {"quorum_numerator": 2, "quorum_denominator": 3}


def test_attack_02_those_few_that_vote_while_nobody_looks_decide_nothing(consortium, stranger):
    """A quiet takeover needs a quorum of members that are present, not of those who happen to look."""
    question = ask(consortium, make_law(consortium, **QUORUM))
    adopt(consortium, question, members=range(1, 6))
    assert phase(question) == Phase.NO_QUORUM
    with refused_in(question, State.DEFEATED, State.SUCCEEDED):
        queue(question, stranger)


@pytest.mark.parametrize(("extraordinary", "notice"), [(False, 45 * DAY), (True, 15 * DAY)])
def test_attack_02_no_meeting_opens_before_its_notice_is_over(consortium, extraordinary, notice):
    target, data = resolution(consortium, "work_plan")
    governor = consortium.assembly
    now = governor.clock() + 100
    at(now)
    with refused("ConsortiumGovernorNoticeTooShort", now + notice - 1, now + notice):
        governor.convene([target], [0], [data], "text", now + notice - 1, extraordinary, {"from": consortium.wallet(1)})
    assert governor.proposalCount() == 0


def test_attack_11_quorum_lowered_later_revives_no_defeated_proposal(consortium, stranger):
    question = ask(consortium, make_law(consortium, **QUORUM))
    vote(consortium, opened(question), for_=[1])
    closed(question)
    make_law(consortium)
    assert consortium.assembly.quorumOf(question.id) == 6
    with refused_in(question, State.DEFEATED, State.SUCCEEDED):
        queue(question, stranger)
    assert phase(question) == Phase.NO_QUORUM


def test_attack_11_majority_lowered_later_revives_no_rejected_proposal(consortium, stranger):
    question = ask(consortium, make_law(consortium))
    vote(consortium, opened(question), for_=[1], against=[2])
    closed(question)
    make_law(consortium, majority_numerator=1, majority_denominator=100)
    with refused_in(question, State.DEFEATED, State.SUCCEEDED):
        queue(question, stranger)
    assert phase(question) == Phase.REJECTED


def test_attack_11_rule_changed_while_voting_is_open_holds_up_nothing(consortium):
    question = ask_now(consortium, make_law(consortium))
    make_law(consortium, standstill=300 * DAY, veto_grounds=1, veto_window=300 * DAY)
    assert phase(adopt(consortium, question)) == Phase.BINDING


def test_attack_18_nobody_gives_a_vote_more_time(consortium):
    """A longer period is for later proposals, and no call of a body or its offices moves a deadline back."""
    question = ask_now(consortium, make_law(consortium, **QUORUM))
    before = (question.opens_at, question.closes_at)
    make_law(consortium, period=YEAR, notice=YEAR, **QUORUM)
    assert (question.opens_at, question.closes_at) == before
    named = {entry["name"] for entry in consortium.assembly.abi if entry["type"] == "function"}
    assert {name for name in named if name.startswith(("set", "extend", "update"))} == set()


def test_attack_18_vote_closed_early_is_not_opened_again(consortium, stranger):
    question = ask_now(consortium, make_law(consortium, early_close=True, period=10 * DAY))
    vote(consortium, question, for_=range(1, 7))
    closed_at = question.governor.close(question.id, {"from": stranger}).timestamp
    closed(question)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.BINDING)):
        question.governor.close(question.id, {"from": stranger})
    assert question.closes_at == closed_at


@pytest.mark.parametrize("field", ["notice", "period", "standstill", "veto_window"])
@pytest.mark.parametrize("duration", [YEAR + 1, 2**32 - 1])
def test_attack_19_no_duration_is_so_long_that_nothing_is_decided_any_more(consortium, field, duration):
    least = 3600 if field == "period" else 0
    before = consortium.rulebook.ruleCount()
    with refused("RulebookDurationOutOfBounds", duration, least, YEAR):
        consortium.rulebook.setRule(bytes32("FROZEN"), rule(**{field: duration}))
    assert consortium.rulebook.ruleCount() == before


def test_attack_19_neither_delay_nor_opening_nor_remedy_freezes_anything(project, consortium):
    with refused("BodyTimelockDelayTooLong", 2**255, YEAR):
        consortium.deployer.deploy(project.BodyTimelock, 2**255, consortium.deployer)
    with refused("MemberRegistryInvalidRemedyPeriod", YEAR + 1, 30 * DAY, YEAR):
        consortium.registry.notifyBreach(5, YEAR + 1)
    assert consortium.timelocks[0].getMinDelay() == DELAY


def test_attack_21_veto_taken_out_of_the_law_still_serves_the_proposals_opened_before(consortium, stranger):
    question = ask_now(consortium, make_law(consortium, veto_grounds=1, veto_window=DAY))
    make_law(consortium)
    vote(consortium, question, for_=range(1, 9))
    closed(question)
    question.governor.veto(question.id, 0, b"\x07" * 32, {"from": consortium.wallet(6)})
    assert phase(question) == Phase.VETOED
    with refused_in(question, State.DEFEATED, State.SUCCEEDED):
        queue(question, stranger)


def test_attack_21_change_of_a_rule_says_every_setting_also_those_it_drops(consortium):
    """A rule is set whole, in versions: what a new version leaves out shows in the event, and the old one stays."""
    name = make_law(consortium, veto_grounds=5, veto_window=DAY)
    first = consortium.rulebook.ruleIdOf(bytes32(name))
    tx = consortium.rulebook.setRule(bytes32(name), rule())
    assert tuple(tx.events["RuleSet"]["rule"]) == rule()
    assert tuple(consortium.rulebook.rule(first)[2]) == rule(veto_grounds=5, veto_window=DAY)
    assert tx.events["RuleSet"]["version"] == 2


def test_attack_21_veto_does_nothing_but_stop(consortium, stranger):
    """Who vetoes can neither queue what was rejected nor withdraw nor execute."""
    question = ask_now(consortium, make_law(consortium, veto_grounds=1, veto_window=DAY))
    member = consortium.wallet(6)
    question.governor.veto(question.id, 0, b"\x07" * 32, {"from": member})
    with refused("GovernorUnableToCancel", question.id, member):
        question.governor.cancel(*question.parts, {"from": member})
    closed(question)
    with refused_in(question, State.DEFEATED, State.SUCCEEDED):
        queue(question, member)
    with refused_in(question, State.DEFEATED, State.QUEUED):
        question.governor.execute(*question.parts, {"from": member})
    assert phase(question) == Phase.REJECTED


def test_attack_18_bodys_default_rule_is_fixed_with_its_proposals_terms(consortium):
    """What `quorum` and `votingPeriod` answer follows the law; what a proposal was opened under does not."""
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    terms = tuple(consortium.assembly.proposalTerms(question.id))
    named = dict(zip(("notice", "short_notice"), RULES["GA_2_3"], strict=False))
    consortium.rulebook.setRule(bytes32("GA_2_3"), rule(**named, period=9 * DAY))
    assert consortium.assembly.votingPeriod() == 9 * DAY
    assert question.closes_at - question.opens_at == DAY
    assert tuple(consortium.assembly.proposalTerms(question.id)) == terms
