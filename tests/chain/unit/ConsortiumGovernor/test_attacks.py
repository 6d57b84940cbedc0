"""Rows of the list of failures of other governors that concern a body, each as its attacker would try it."""

import pytest
from consortium import (
    DAY,
    DELAY,
    FOR,
    adopt,
    at,
    bytes32,
    call_of,
    closed,
    decide,
    execute,
    opened,
    put,
    queue,
    resolution,
    rule,
    vote,
    wallet_of,
)
from laws import ask, make_law
from phases import Phase, phase
from reverts import refused, refused_as


@pytest.fixture
def governor(consortium):
    return consortium.assembly


@pytest.fixture
def trap(project, consortium):
    """A target that calls back, listed under a kind of its own."""
    target = consortium.deployer.deploy(project.Reentrant)
    kind = consortium.kind("urgent_matter")
    consortium.rulebook.listAction(kind, target, target.act.signature, 0, 0)
    return target


def test_flash_power_membership_and_ballot_in_one_second_count_nothing(consortium, governor):
    """A vote needs the right at the snapshot, a second that was over before voting opened."""
    question = ask(consortium, make_law(consortium))
    at(question.opens_at + 1)
    consortium.registry.grantSeat(1, 4, 0)
    board = consortium.governors[1]
    other = ask(consortium, make_law(consortium, "board_law", body=1), body=1)
    at(other.opens_at + 1)
    consortium.registry.grantSeat(1, 5, 0)
    with refused("ConsortiumGovernorNotInElectorate", 5, other.opens_at):
        board.castVote(other.id, FOR, {"from": consortium.wallet(5)})


def test_vote_and_execution_never_share_a_second(consortium, stranger):
    question = ask(consortium, make_law(consortium))
    vote(consortium, opened(question), for_=range(1, 9))
    with refused_as("GovernorUnexpectedProposalState"):
        queue(question, stranger)
    closed(question)
    queue(question, stranger)
    assert question.governor.proposalEta(question.id) >= question.closes_at + DELAY


def test_front_run_and_cancel_with_the_victims_own_text(consortium, governor):
    description = f"text#proposer={consortium.wallet(1).address.lower()}"
    action = [resolution(consortium, "work_plan")]
    with refused("GovernorRestrictedProposer", consortium.wallet(2)):
        put(governor, consortium.wallet(2), action, description)
    question = put(governor, consortium.wallet(1), action, description)
    with refused("GovernorUnableToCancel", question.id, consortium.wallet(2)):
        governor.cancel(*question.parts, {"from": consortium.wallet(2)})


@pytest.mark.parametrize("spelled", [str.lower, str.upper, lambda digits: digits])
def test_suffix_binds_its_proposer_in_capitals_and_in_small_letters(consortium, governor, spelled):
    description = "text#proposer=0x" + spelled(consortium.wallet(1).address[2:])
    action = [resolution(consortium, "work_plan")]
    with refused("GovernorRestrictedProposer", consortium.wallet(2)):
        put(governor, consortium.wallet(2), action, description)
    put(governor, consortium.wallet(1), action, description)


@pytest.mark.parametrize("digit", [0, 7, 8, 19, 20, 39])
def test_suffix_that_differs_in_one_digit_is_another_address(consortium, governor, digit):
    digits = list(consortium.wallet(1).address.lower()[2:])
    digits[digit] = "0" if digits[digit] != "0" else "1"
    with refused("GovernorRestrictedProposer", consortium.wallet(1)):
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], "text#proposer=0x" + "".join(digits))


def test_suffix_without_an_address_files_nothing(consortium, governor):
    with refused("GovernorRestrictedProposer", consortium.wallet(1)):
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], "text#proposer=0x" + "z" * 40)


@pytest.mark.parametrize("text", ["", "7", "1" * 80, "&of=", "x&of=1x", "#proposer=0x" + "1" * 39, "&of1", "of=1"])
def test_texts_that_say_neither_who_may_propose_nor_which_attempt_are_free(consortium, governor, text):
    put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], text)


@pytest.mark.parametrize("text", ["&of=1", "x#attempt=2&of=123", "x&of=" + "9" * 58])
def test_texts_that_end_like_a_further_call_are_not(consortium, governor, text):
    with refused("GovernorRestrictedProposer", consortium.wallet(1)):
        put(governor, consortium.wallet(1), [resolution(consortium, "work_plan")], text)


def test_quorum_lowered_later_revives_no_defeated_proposal(consortium, stranger):
    quorum = {"quorum_numerator": 2, "quorum_denominator": 3}
    question = ask(consortium, make_law(consortium, **quorum))
    vote(consortium, opened(question), for_=[1])
    closed(question)
    consortium.rulebook.setRule(bytes32("law_of_the_test"), rule())
    assert phase(question) == Phase.NO_QUORUM
    with refused_as("GovernorUnexpectedProposalState"):
        queue(question, stranger)


def test_rule_changed_while_voting_is_open_changes_nothing(consortium):
    question = ask(consortium, make_law(consortium))
    make_law(consortium, standstill=300 * DAY, veto_grounds=1, veto_window=300 * DAY)
    assert phase(adopt(consortium, question)) == Phase.BINDING


def test_calldata_shorter_than_a_selector_is_refused(consortium, governor):
    for data in (b"", b"\x01", b"\x01\x02\x03"):
        with refused("RulebookCalldataTooShort", 0, len(data)):
            governor.propose([consortium.records], [0], [data], "text", {"from": consortium.wallet(1)})


def test_other_calldata_under_the_same_text_is_not_what_was_decided(consortium, stranger):
    question = adopt(consortium, ask(consortium, make_law(consortium)))
    targets, values, _, description = question.parts
    swapped = [resolution(consortium, "law_of_the_test", "swapped")[1]]
    with refused_as("GovernorNonexistentProposal"):
        question.governor.queue(targets, values, swapped, description, {"from": stranger})


def test_executed_call_that_executes_again_runs_once(consortium, trap, stranger):
    question = adopt(consortium, put(consortium.assembly, consortium.wallet(1), [call_of(trap, "act")]))
    trap.load(question.governor, question.governor.execute.encode_input(*question.parts))
    queue(question, stranger)
    execute(question, stranger)
    assert trap.runs() == 1
    assert trap.succeeded() is False
    assert phase(question) == Phase.EXECUTED


def test_executed_call_cannot_reach_the_timelock_by_itself(consortium, trap, stranger):
    timelock = consortium.timelocks[0]
    question = adopt(consortium, put(consortium.assembly, consortium.wallet(1), [call_of(trap, "act")]))
    arguments = (
        [consortium.registry],
        [0],
        [consortium.registry.exclude.encode_input(1)],
        b"\x00" * 32,
        b"\x01" * 32,
        0,
    )
    trap.load(timelock, timelock.scheduleBatch.encode_input(*arguments))
    queue(question, stranger)
    execute(question, stranger)
    assert trap.succeeded() is False


def test_decision_is_executed_once(consortium, stranger):
    question = adopt(consortium, ask(consortium, make_law(consortium)))
    queue(question, stranger)
    execute(question, stranger)
    for again in (queue, lambda it, sender: it.governor.execute(*it.parts, {"from": sender})):
        with refused_as("GovernorUnexpectedProposalState"):
            again(question, stranger)


def test_several_governors_on_one_timelock_are_impossible(consortium, project):
    timelock = consortium.timelocks[0]
    setup = ("twin", consortium.registry, consortium.rulebook, timelock, 0, bytes32("GA_2_3"))
    twin = consortium.deployer.deploy(project.ConsortiumGovernor, setup)
    with refused_as("BodyTimelockGovernedAlready"):
        timelock.grantRole(timelock.PROPOSER_ROLE(), twin, {"from": consortium.deployer})


def test_deployer_keeps_no_power_after_hand_over(governed):
    deployer = governed.deployer
    with refused("ConsortiumGovernorNotRegistrar", deployer):
        question = adopt(governed, put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter")]))
        question.governor.recordMinutes(question.id, b"\x01" * 32, {"from": deployer})
    with refused("ConsortiumGovernorNotAMember", deployer):
        question.governor.veto(question.id, 0, b"\x01" * 32, {"from": deployer})
    with refused_as("OwnableUnauthorizedAccount"):
        governed.rulebook.setRule(bytes32("GA_2_3"), rule(), {"from": deployer})


def test_proposals_of_strangers_do_not_flood_a_body(consortium, governor, stranger):
    """Only founding members and partners in good standing propose, under their own name."""
    for number in range(3):
        with refused("ConsortiumGovernorNotAMember", stranger):
            put(governor, stranger, [resolution(consortium, "work_plan")], str(number))
    assert governor.proposalCount() == 0


def test_opening_far_away_is_refused(consortium, governor):
    target, data = resolution(consortium, "work_plan")
    now = governor.clock()
    at(now + 10)
    with refused("ConsortiumGovernorOpensTooLate", now + 11 + 366 * DAY, now + 10 + 366 * DAY):
        governor.convene([target], [0], [data], "text", now + 11 + 366 * DAY, False, {"from": consortium.wallet(1)})


def test_wallet_left_behind_does_nothing_any_more(consortium, governor):
    question = opened(ask(consortium, make_law(consortium, veto_grounds=1)))
    old = consortium.wallet(2)
    consortium.registry.rotateWallet(wallet_of(50), {"from": old})
    acts = (
        lambda: governor.castVote(question.id, FOR, {"from": old}),
        lambda: governor.recuse(question.id, {"from": old}),
        lambda: governor.veto(question.id, 0, b"\x01" * 32, {"from": old}),
        lambda: governor.castMandate(question.id, 3, FOR, "", {"from": old}),
        lambda: put(governor, old, [resolution(consortium, "work_plan")], "again"),
    )
    for act in acts:
        with refused("ConsortiumGovernorWalletRevoked", old, 2):
            act()


def test_decision_cannot_call_its_own_governor(governed):
    """`relay` is disabled and governors are listed for no kind, so nothing is ever executed in the governor's name."""
    call = call_of(governed.assembly, "veto", 1, 0, b"\x01" * 32)
    with refused_as("RulebookActionNotListed"):
        decide(governed, call)
