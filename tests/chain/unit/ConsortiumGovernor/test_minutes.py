"""From adopted to binding: standstill, minutes, objections, approval from outside."""

import pytest
from consortium import DAY, adopt, at, closed, mine_at, opened, queue, vote
from laws import ask, make_law
from phases import Phase, phase
from reverts import refused, refused_as

DOCUMENT = b"\x05" * 32
STANDSTILL = 25 * DAY
OBJECTION = 15 * DAY


@pytest.fixture
def adopted(consortium):
    return adopt(consortium, ask(consortium, make_law(consortium, standstill=STANDSTILL)))


def record(consortium, question, document=DOCUMENT):
    return question.governor.recordMinutes(question.id, document, {"from": consortium.registrar})


def object_to(consortium, question, member=6, statement=DOCUMENT):
    return question.governor.objectToMinutes(question.id, statement, {"from": consortium.wallet(member)})


def test_adopted_decision_binds_after_the_standstill_to_the_second(consortium, adopted, stranger):
    last = adopted.closes_at + STANDSTILL
    assert adopted.governor.bindingAt(adopted.id) == last
    assert phase(adopted) == Phase.ADOPTED
    at(last)
    with refused("ConsortiumGovernorNotBindingYet", adopted.id, int(Phase.ADOPTED), last):
        queue(adopted, stranger)
    at(last + 1)
    queue(adopted, stranger)
    assert phase(adopted) == Phase.QUEUED


def test_longer_of_standstill_and_veto_window_counts(consortium):
    law = make_law(consortium, standstill=2 * DAY, veto_window=3 * DAY, veto_grounds=1)
    question = adopt(consortium, ask(consortium, law))
    assert question.governor.bindingAt(question.id) == question.closes_at + 3 * DAY


def test_draft_minutes_are_versions_that_move_nothing(consortium, adopted):
    assert tuple(record(consortium, adopted).events["MinutesRecorded"].values()) == (adopted.id, 1, "0x" + "05" * 32)
    assert record(consortium, adopted).events["MinutesRecorded"]["version"] == 2
    assert adopted.governor.bindingAt(adopted.id) == adopted.closes_at + STANDSTILL


def test_objection_keeps_the_decision_from_binding_until_corrected_minutes_are_accepted(consortium, adopted):
    record(consortium, adopted)
    tx = object_to(consortium, adopted)
    assert tuple(tx.events["MinutesObjected"].values()) == (adopted.id, 6, "0x" + "05" * 32)
    mine_at(adopted.closes_at + 10 * STANDSTILL)
    assert phase(adopted) == Phase.ADOPTED
    assert adopted.governor.bindingAt(adopted.id) == 0
    corrected = record(consortium, adopted).timestamp
    assert adopted.governor.bindingAt(adopted.id) == corrected + OBJECTION
    mine_at(corrected + OBJECTION)
    assert phase(adopted) == Phase.ADOPTED
    mine_at(corrected + OBJECTION + 1)
    assert phase(adopted) == Phase.BINDING


def test_corrected_minutes_do_not_shorten_the_standstill(consortium, adopted):
    object_to(consortium, adopted)
    record(consortium, adopted)
    assert adopted.governor.bindingAt(adopted.id) == adopted.closes_at + STANDSTILL


def test_corrected_minutes_may_be_objected_to_again(consortium, adopted):
    object_to(consortium, adopted)
    record(consortium, adopted)
    object_to(consortium, adopted, 7)
    assert adopted.governor.bindingAt(adopted.id) == 0


def test_registrar_cannot_put_off_a_decision_by_recording_again(consortium, adopted):
    object_to(consortium, adopted)
    first = record(consortium, adopted).timestamp
    mine_at(first + STANDSTILL)
    bound = adopted.governor.bindingAt(adopted.id)
    record(consortium, adopted)
    assert adopted.governor.bindingAt(adopted.id) == bound


def test_objection_is_in_time_up_to_the_last_second(consortium, adopted):
    last = adopted.closes_at + STANDSTILL
    at(last + 1)
    with refused("ConsortiumGovernorObjectionTooLate", adopted.id, last, last + 1):
        object_to(consortium, adopted)


def test_objection_in_the_last_second_counts(consortium, adopted):
    at(adopted.closes_at + STANDSTILL)
    object_to(consortium, adopted)
    assert adopted.governor.bindingAt(adopted.id) == 0


def test_only_electors_object(consortium, adopted, stranger):
    with refused("ConsortiumGovernorNoVotingRight", 9, 0):
        object_to(consortium, adopted, 9)
    with refused("ConsortiumGovernorNotAMember", stranger):
        adopted.governor.objectToMinutes(adopted.id, DOCUMENT, {"from": stranger})


def test_objection_and_minutes_need_a_document(consortium, adopted):
    with refused("ConsortiumGovernorMissingDocument", adopted.id):
        record(consortium, adopted, bytes(32))
    with refused("ConsortiumGovernorMissingDocument", adopted.id):
        object_to(consortium, adopted, statement=bytes(32))


def test_only_the_offices_record_minutes(consortium, adopted, stranger):
    for sender in (stranger, consortium.wallet(1), consortium.deployer):
        with refused("ConsortiumGovernorNotAnOffice", sender):
            adopted.governor.recordMinutes(adopted.id, DOCUMENT, {"from": sender})


def test_minutes_are_of_a_vote_that_is_over_and_not_yet_queued(consortium, stranger):
    question = ask(consortium, make_law(consortium, notice=DAY))
    for moment, expected in ((None, Phase.PENDING), (opened, Phase.OPEN)):
        if moment:
            moment(question)
        with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(expected)):
            record(consortium, question)
    vote(consortium, question, for_=[1])
    record(consortium, closed(question))
    queue(question, stranger)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.QUEUED)):
        record(consortium, question)


def test_rejected_decision_has_minutes_and_no_objections(consortium):
    question = closed(ask(consortium, make_law(consortium)))
    record(consortium, question)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.REJECTED)):
        object_to(consortium, question)


def test_member_objects_once_whatever_is_corrected(consortium, adopted):
    """Or one member could put every decision off for ever, its own exclusion among them."""
    for member in (6, 7):
        object_to(consortium, adopted, member)
        record(consortium, adopted)
    for member in (6, 7):
        with refused("ConsortiumGovernorAlreadyObjected", adopted.id, member):
            object_to(consortium, adopted, member)
    mine_at(adopted.closes_at + STANDSTILL + 1)
    assert phase(adopted) == Phase.BINDING


@pytest.fixture
def awaiting(consortium):
    return adopt(consortium, ask(consortium, make_law(consortium, external_approval=True)))


def approve(consortium, question, approved=True, document=DOCUMENT):
    return question.governor.recordApproval(question.id, approved, document, {"from": consortium.registrar})


def test_decision_waits_for_the_outside_authority(consortium, awaiting, stranger):
    assert phase(awaiting) == Phase.AWAITING_APPROVAL
    with refused("ConsortiumGovernorNotBindingYet", awaiting.id, int(Phase.AWAITING_APPROVAL), awaiting.closes_at):
        queue(awaiting, stranger)
    tx = approve(consortium, awaiting)
    assert tuple(tx.events["ApprovalRecorded"].values()) == (awaiting.id, True, "0x" + "05" * 32)
    assert phase(awaiting) == Phase.BINDING
    queue(awaiting, stranger)


def test_registrar_that_corrects_nothing_does_not_hold_up_the_decision(consortium, adopted):
    object_to(consortium, adopted)
    adopted.governor.recordMinutes(adopted.id, DOCUMENT, {"from": consortium.approver})
    mine_at(adopted.closes_at + STANDSTILL + 1)
    assert phase(adopted) == Phase.BINDING


def test_registrar_that_passes_on_no_answer_does_not_hold_up_the_decision(consortium, awaiting):
    """A change of coordinator may wait for the funder: the second office may record the answer as well."""
    awaiting.governor.recordApproval(awaiting.id, True, DOCUMENT, {"from": consortium.approver})
    assert phase(awaiting) == Phase.BINDING


def test_decision_that_the_outside_authority_refuses_is_defeated(consortium, awaiting, stranger):
    approve(consortium, awaiting, approved=False)
    assert phase(awaiting) == Phase.NOT_APPROVED
    with refused_as("GovernorUnexpectedProposalState"):
        queue(awaiting, stranger)


def test_first_answer_counts(consortium, awaiting):
    approve(consortium, awaiting, approved=False)
    with refused("ConsortiumGovernorUnexpectedPhase", awaiting.id, int(Phase.NOT_APPROVED)):
        approve(consortium, awaiting)


def test_answer_may_come_within_the_standstill_and_does_not_end_it(consortium):
    law = make_law(consortium, external_approval=True, standstill=DAY)
    question = adopt(consortium, ask(consortium, law))
    approve(consortium, question)
    assert phase(question) == Phase.ADOPTED
    mine_at(question.closes_at + DAY + 1)
    assert phase(question) == Phase.BINDING


def test_approval_is_recorded_by_an_office_with_a_document_where_it_is_awaited(consortium, awaiting, stranger):
    with refused("ConsortiumGovernorNotAnOffice", stranger):
        awaiting.governor.recordApproval(awaiting.id, True, DOCUMENT, {"from": stranger})
    with refused("ConsortiumGovernorMissingDocument", awaiting.id):
        approve(consortium, awaiting, document=bytes(32))
    plain = adopt(consortium, ask(consortium, make_law(consortium, "plain")))
    with refused("ConsortiumGovernorUnexpectedPhase", plain.id, int(Phase.BINDING)):
        approve(consortium, plain)


def test_registrar_cannot_approve_before_the_vote_or_what_was_rejected(consortium):
    question = ask(consortium, make_law(consortium, external_approval=True, notice=DAY))
    for moment, expected in ((None, Phase.PENDING), (opened, Phase.OPEN), (closed, Phase.REJECTED)):
        if moment:
            moment(question)
        with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(expected)):
            approve(consortium, question)
