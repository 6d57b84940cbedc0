import pytest
from consortium import (
    ACTIVE,
    ADMITTED,
    AGREEMENT,
    DAY,
    DELAY,
    PARTNER,
    admission,
    adopt,
    at,
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
)
from phases import Phase, phase
from reverts import refused, refused_as


@pytest.fixture
def adopted(governed):
    """A resolution of the assembly, adopted and not queued."""
    return adopt(governed, put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter")]))


def test_adopted_resolution_is_recorded_in_the_name_of_the_timelock(governed, adopted, stranger):
    queue(adopted, stranger)
    assert phase(adopted) == Phase.QUEUED
    event = execute(adopted, stranger).events["Resolved"]
    assert event["timelock"] == governed.timelocks[0]
    assert event["kindId"] == governed.kind("urgent_matter")
    assert phase(adopted) == Phase.EXECUTED


def test_decision_admits_a_member_that_votes_after_its_accession(governed):
    decide(governed, call_of(governed.registry, "admit", admission(11, PARTNER)))
    assert governed.registry.member(11)[2] == ADMITTED
    governed.registry.recordAccession(11, AGREEMENT, {"from": governed.registrar})
    assert governed.registry.member(11)[2] == ACTIVE


def test_decision_changes_the_law(governed):
    terms = rule(notice=30 * DAY, short_notice=10 * DAY)
    call = call_of(governed.rulebook, "setRule", governed.rulebook.rule(1)[0], terms)
    decide(governed, call)
    assert governed.assembly.votingDelay() == 30 * DAY


def test_execution_waits_for_the_delay_to_the_second(governed, adopted, stranger):
    queue(adopted, stranger)
    eta = governed.assembly.proposalEta(adopted.id)
    at(eta - 1)
    with refused_as("TimelockUnexpectedOperationState"):
        governed.assembly.execute(*adopted.parts, {"from": stranger})
    at(eta)
    governed.assembly.execute(*adopted.parts, {"from": stranger})


def test_eta_is_the_delay_after_queueing(governed, adopted, stranger):
    at(adopted.closes_at + 100)
    queue(adopted, stranger)
    assert governed.assembly.proposalEta(adopted.id) == adopted.closes_at + 100 + DELAY


def test_decision_is_executed_once(governed, adopted, stranger):
    queue(adopted, stranger)
    execute(adopted, stranger)
    with refused_as("GovernorUnexpectedProposalState"):
        governed.assembly.execute(*adopted.parts, {"from": stranger})
    with refused_as("GovernorUnexpectedProposalState"):
        queue(adopted, stranger)


def test_decision_is_queued_once(governed, adopted, stranger):
    queue(adopted, stranger)
    with refused_as("GovernorUnexpectedProposalState"):
        queue(adopted, stranger)


def test_what_is_not_queued_is_not_executed(governed, adopted, stranger):
    with refused_as("GovernorUnexpectedProposalState"):
        governed.assembly.execute(*adopted.parts, {"from": stranger})


def test_open_proposal_is_not_queued_however_certain(governed, stranger):
    question = opened(put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter")]))
    vote(governed, question, for_=range(1, 9))
    with refused_as("GovernorUnexpectedProposalState"):
        queue(question, stranger)


@pytest.mark.parametrize("votes", [{}, {"against": [1, 2, 3, 4, 5, 6, 7, 8]}, {"for_": [1, 2, 3, 4]}])
def test_what_was_not_adopted_is_not_queued(governed, stranger, votes):
    question = opened(put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter")]))
    vote(governed, question, **votes)
    closed(question)
    with refused_as("GovernorUnexpectedProposalState"):
        queue(question, stranger)


def test_consultation_is_not_queued(governed, stranger):
    body = governed.governors[2]
    question = put(body, governed.wallet(1), [resolution(governed, "policy_consultation")])
    adopt(governed, question, members=range(1, 11))
    with refused("ConsortiumGovernorNotBinding", question.id):
        queue(question, stranger)


def test_parts_that_differ_are_another_proposal(governed, adopted, stranger):
    targets, values, calldatas, _ = adopted.parts
    with refused_as("GovernorNonexistentProposal"):
        governed.assembly.queue(targets, values, calldatas, b"\x01" * 32, {"from": stranger})


def test_value_sent_along_is_refused(governed, adopted, stranger):
    queue(adopted, stranger)
    at(governed.assembly.proposalEta(adopted.id))
    with refused("GovernorDisabledDeposit"):
        governed.assembly.execute(*adopted.parts, {"from": stranger, "value": 1})


def test_failed_act_undoes_the_execution_and_may_be_tried_again(governed, stranger):
    question = put(governed.assembly, governed.wallet(1), [call_of(governed.registry, "declareDefault", 5)])
    adopt(governed, question)
    queue(question, stranger)
    at(governed.assembly.proposalEta(question.id))
    with refused("MemberRegistryUnexpectedStatus", 5, ACTIVE):
        governed.assembly.execute(*question.parts, {"from": stranger})
    assert phase(question) == Phase.QUEUED


def test_equal_acts_of_two_proposals_are_two_operations(governed, stranger):
    """Timelock salts are made of governor and proposal, so equal decisions do not block each other."""
    first = put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter", "same")], "one")
    second = put(governed.assembly, governed.wallet(1), [resolution(governed, "urgent_matter", "same")], "two")
    opened(second)
    vote(governed, first, for_=range(1, 9))
    vote(governed, second, for_=range(1, 9))
    closed(second)
    for question in (first, second):
        queue(question, stranger)
    at(governed.assembly.proposalEta(second.id))
    governed.assembly.execute(*first.parts, {"from": stranger})
    governed.assembly.execute(*second.parts, {"from": stranger})


def test_relay_is_disabled(governed, stranger):
    for sender in (stranger, governed.deployer):
        with refused("ConsortiumGovernorDisabled"):
            governed.assembly.relay(governed.registry, 0, b"", {"from": sender})


def test_governor_takes_no_money(governed, stranger):
    with refused("GovernorDisabledDeposit"):
        stranger.transfer(governed.assembly, 1)
