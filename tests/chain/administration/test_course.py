"""Vetoes, minutes, recusals, further calls, mandates and lost wallets, by the functions the scripts are made of."""

from __future__ import annotations

import pytest

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from backend.domain.proposals import ProposalState
from backend.domain.rules import VetoGround
from scripts.contract import RefusedError
from scripts.findings import PHASES
from scripts.mandate import grant_mandate, revoke_mandate
from scripts.proceedings import (
    close,
    object_to_minutes,
    record_approval,
    record_minutes,
    recuse,
    veto,
    withdraw_veto,
)
from scripts.propose import Call, filing, find_filing, reconvene, resolution, resolution_for, revise
from scripts.queue_and_execute import queue
from scripts.roll import founders
from scripts.rotate_wallet import approve_rotation, complete_rotation, propose_rotation, stop_rotation
from scripts.vote import vote, vote_by_mandate

DAY = 86_400
HASH = b"\x11" * 32


@pytest.fixture
def code_of_refusal():
    def code(call, *arguments):
        with pytest.raises(RefusedError) as refused:
            call(*arguments)
        return refused.value.code

    return code


@pytest.fixture
def vote_all(assembly, member, roll):
    def vote_all(proposal_id, but=(), choice=Choice.FOR):
        for organisation in founders(roll):
            if organisation.member_class != MemberClass.ASSOCIATE and organisation.code not in but:
                vote(member(organisation.code), assembly, proposal_id, choice)

    return vote_all


@pytest.fixture
def state(assembly):
    return lambda proposal_id: PHASES[assembly.read("phaseOf", proposal_id)]


@pytest.fixture
def number(registry, roll):
    return lambda code: registry.read("memberOf", roll[code].wallet)[0]


def test_a_vetoed_decision_does_not_bind_and_a_revised_one_takes_its_place(
    put, vote_all, state, assembly, member, handed_over, node, cid, move_to
):
    proposal_id, _ = put("service_catalogue")
    vote_all(proposal_id)
    veto(member("RO-EXEMPLU"), assembly, proposal_id, VetoGround.COSTS, HASH)
    move_to(assembly.read("proposalDeadline", proposal_id) + 1)
    assert state(proposal_id) is ProposalState.VETOED
    proposer = member("IT-TORINO")
    call = resolution(handed_over.contract(node, "Rulebook"), handed_over, "service_catalogue", cid)
    filed = filing([call], cid, proposer.address)
    revised = revise(proposer, assembly, proposal_id, filed, node.block_time + DAY)
    assert state(revised) is ProposalState.PENDING
    with pytest.raises(RefusedError):
        withdraw_veto(member("RO-EXEMPLU"), assembly, proposal_id)


def test_a_veto_that_is_withdrawn_lets_the_decision_bind(put, vote_all, state, assembly, member, move_to):
    proposal_id, _ = put("service_catalogue")
    vote_all(proposal_id)
    veto(member("RO-EXEMPLU"), assembly, proposal_id, VetoGround.OWN_WORK, HASH)
    withdraw_veto(member("RO-EXEMPLU"), assembly, proposal_id)
    move_to(assembly.read("bindingAt", proposal_id) + 1)
    assert state(proposal_id) is ProposalState.BINDING


def test_an_objection_delays_a_decision_until_corrected_minutes_are_accepted(
    put, vote_all, assembly, member, office, move_to, code_of_refusal
):
    proposal_id, filed = put("work_plan")
    vote_all(proposal_id)
    deadline = assembly.read("proposalDeadline", proposal_id)
    move_to(deadline + 8 * DAY)
    assert code_of_refusal(record_minutes, member("SI-PIP"), assembly, proposal_id, HASH) == "NOT_AN_OFFICE"
    record_minutes(office("coordinator"), assembly, proposal_id, HASH)
    assert assembly.read("bindingAt", proposal_id) == deadline + 25 * DAY
    object_to_minutes(member("IT-ESEMPIO"), assembly, proposal_id, HASH)
    assert assembly.read("bindingAt", proposal_id) == 0
    move_to(deadline + 26 * DAY)
    assert code_of_refusal(queue, member("SI-PIP"), assembly, filed) == "NOT_BINDING_YET"
    record_minutes(office("coordinator"), assembly, proposal_id, HASH)
    move_to(assembly.read("bindingAt", proposal_id) + 1)
    assert queue(member("SI-PIP"), assembly, filed) > deadline + 41 * DAY


def test_a_certain_outcome_ends_the_vote_early(put, vote_all, state, assembly, member, move_to, code_of_refusal):
    proposal_id, _ = put("agenda_addition")
    assert code_of_refusal(close, member("SI-PIP"), assembly, proposal_id) == "OUTCOME_OPEN"
    vote_all(proposal_id, but=("RO-EXEMPLU",))
    vote(member("RO-EXEMPLU"), assembly, proposal_id, Choice.AGAINST)
    close(member("SI-PIP"), assembly, proposal_id)
    move_to(assembly.read("proposalDeadline", proposal_id) + 1)
    assert state(proposal_id) is ProposalState.REJECTED
    assert code_of_refusal(vote, member("SI-PIP"), assembly, proposal_id, Choice.FOR) == "VOTING_CLOSED"


def test_a_recused_member_is_out_of_numerator_and_denominator(
    put, assembly, member, handed_over, node, cid, number, code_of_refusal
):
    rulebook = handed_over.contract(node, "Rulebook")
    proposal_id, _ = put("", resolution_for(rulebook, handed_over, "grant_award", number("GR-PARADEIGMA"), cid))
    recuse(member("IT-ESEMPIO"), assembly, proposal_id)
    for code in ("GR-PARADEIGMA", "IT-ESEMPIO"):
        assert code_of_refusal(vote, member(code), assembly, proposal_id, Choice.FOR) == "RECUSED"
    assert assembly.read("tallyOf", proposal_id)[3:5] == (24, 2)


def test_an_award_cannot_be_put_without_naming_whom_it_is_for(put, code_of_refusal):
    assert code_of_refusal(put, "grant_award") == "NOT_A_RESOLUTION"


def test_an_answer_from_outside_is_waited_for(put, vote_all, state, assembly, office, registry, move_to):
    successor = office("next_coordinator").address
    proposal_id, _ = put("", Call(registry.address, registry.data("setRegistrar", successor)))
    vote_all(proposal_id)
    move_to(assembly.read("bindingAt", proposal_id) + 1)
    assert state(proposal_id) is ProposalState.AWAITING_APPROVAL
    record_approval(office("coordinator"), assembly, proposal_id, True, HASH)
    assert state(proposal_id) is ProposalState.BINDING


def test_a_question_without_a_quorum_is_called_again_until_it_falls_away(put, state, assembly, member, node, move_to):
    proposal_id, filed = put("annual_report")
    for attempt in (2, 3):
        move_to(assembly.read("proposalDeadline", proposal_id) + 1)
        assert state(proposal_id) is ProposalState.NO_QUORUM
        previous = proposal_id
        proposal_id = reconvene(member("SI-PIP"), assembly, filed, node.block_time + 16 * DAY)
        assert assembly.read("attemptOf", proposal_id) == (attempt, previous)
        filed = find_filing(assembly, proposal_id)
        move_to(assembly.read("proposalSnapshot", proposal_id) + 1)
    vote(member("SI-PIP"), assembly, proposal_id, Choice.FOR)
    move_to(assembly.read("proposalDeadline", proposal_id) + 1)
    assert state(proposal_id) is ProposalState.ADOPTED


def test_a_holder_casts_one_ballot_by_mandate_and_the_member_overrides_it(
    written, assembly, member, registry, number, node, code_of_refusal
):
    proposal_id, _ = written
    until = node.block_time + DAY
    for code in ("SI-SONCNA", "SI-LRF", "SI-MGTS"):
        grant_mandate(member(code), registry, number("SI-HASHNET"), 0, until)
    revoke_mandate(member("SI-MGTS"), registry, 0)
    holder, cast = member("SI-HASHNET"), Choice.FOR
    by_mandate = [holder, assembly, proposal_id]
    assert code_of_refusal(vote_by_mandate, *by_mandate, number("SI-MGTS"), cast) == "NO_MANDATE"
    vote_by_mandate(*by_mandate, number("SI-SONCNA"), cast)
    assert code_of_refusal(vote_by_mandate, *by_mandate, number("SI-LRF"), cast) == "PROXY_LIMIT"
    vote(member("SI-SONCNA"), assembly, proposal_id, Choice.AGAINST)
    assert code_of_refusal(vote_by_mandate, *by_mandate, number("SI-SONCNA"), cast) == "OWN_BALLOT_STANDS"
    assert assembly.read("proposalVotes", proposal_id) == (1, 0, 0)


def test_a_lost_wallet_is_replaced_by_two_offices_and_its_ballot_counts_once(
    written, assembly, member, office, registry, number, node, move_to, code_of_refusal
):
    proposal_id, _ = written
    lost, fresh = member("GR-PARADEIGMA"), member("GR-PARADEIGMA", 2)
    about = (registry, number("GR-PARADEIGMA"))
    vote(lost, assembly, proposal_id, Choice.AGAINST)
    propose_rotation(office("coordinator"), *about, fresh.address)
    assert code_of_refusal(approve_rotation, office("coordinator"), *about, fresh.address) == "UNAUTHORIZED"
    approve_rotation(office("approver"), *about, fresh.address)
    assert code_of_refusal(complete_rotation, fresh, *about) == "ROTATION_DELAY"
    move_to(node.block_time + 3 * DAY)
    complete_rotation(office("coordinator"), *about)
    assert code_of_refusal(vote, lost, assembly, proposal_id, Choice.FOR) == "WALLET_REVOKED"
    vote(fresh, assembly, proposal_id, Choice.FOR)
    assert assembly.read("proposalVotes", proposal_id) == (0, 1, 0)


def test_a_wallet_that_was_not_lost_stops_its_replacement(member, office, registry, number, move_to, node):
    about = (registry, number("GR-PARADEIGMA"))
    propose_rotation(office("coordinator"), *about, member("GR-PARADEIGMA", 2).address)
    stop_rotation(member("GR-PARADEIGMA"), *about)
    with pytest.raises(RefusedError):
        approve_rotation(office("approver"), *about, member("GR-PARADEIGMA", 2).address)
