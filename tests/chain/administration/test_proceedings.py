"""Admitting, proposing, voting, queueing and executing, by the functions the scripts are made of."""

from __future__ import annotations

import pytest
from brownie import accounts

from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from backend.domain.proposals import ProposalState
from scripts.admit_member import admission, record_accession
from scripts.contract import RefusedError
from scripts.findings import PHASES
from scripts.propose import filing, find_filing, propose, resolution, withdraw
from scripts.queue_and_execute import execute, queue
from scripts.roll import founders
from scripts.vote import relay_vote, send_signed, vote

DAY = 86_400


def vote_all(assembly, proposal_id, member, roll, choice=Choice.FOR):
    for organisation in founders(roll):
        if organisation.member_class != MemberClass.ASSOCIATE:
            vote(member(organisation.code), assembly, proposal_id, choice)


def test_a_resolution_is_put_decided_and_recorded(written, assembly, member, roll, handed_over, node, move_to):
    proposal_id, filed = written
    vote_all(assembly, proposal_id, member, roll)
    move_to(assembly.read("bindingAt", proposal_id) + 1)
    move_to(queue(member("SI-PIP"), assembly, filed) + 1)
    execute(member("RO-GDC"), assembly, filed)
    (resolved,) = handed_over.contract(node, "Records").logged("Resolved")
    assert resolved["timelock"] == handed_over.bodies[0].timelock


def test_what_was_filed_can_be_found_again_on_chain(written, assembly):
    proposal_id, filed = written
    assert find_filing(assembly, proposal_id) == filed
    with pytest.raises(KeyError):
        find_filing(assembly, proposal_id + 1)


def test_only_the_commitment_of_a_reason_goes_on_chain(written, assembly, member):
    proposal_id, _ = written
    vote(member("SI-PIP"), assembly, proposal_id, Choice.AGAINST, "0x" + "ab" * 32)
    (cast,) = assembly.logged("VoteCast")
    assert (cast["reason"], cast["support"]) == ("0x" + "ab" * 32, 0)


def test_a_signed_ballot_counts_for_its_signer_whoever_sends_it(written, assembly, member, office):
    proposal_id, _ = written
    relay_vote(office("coordinator"), member("SI-LRF"), assembly, proposal_id, Choice.FOR)
    (cast,) = assembly.logged("VoteCast")
    assert cast["voter"] == member("SI-LRF").address


def test_a_changed_ballot_takes_the_place_of_the_first(written, assembly, member):
    proposal_id, _ = written
    vote(member("SI-PIP"), assembly, proposal_id, Choice.AGAINST)
    vote(member("SI-PIP"), assembly, proposal_id, Choice.FOR)
    assert assembly.read("proposalVotes", proposal_id) == (0, 1, 0)


def test_a_second_ballot_is_refused_with_its_code_where_none_may_be_changed(put, assembly, member):
    proposal_id, _ = put("agenda_addition")
    vote(member("SI-PIP"), assembly, proposal_id, Choice.FOR)
    with pytest.raises(RefusedError) as refused:
        vote(member("SI-PIP"), assembly, proposal_id, Choice.FOR)
    assert refused.value.code == "ALREADY_VOTED"


def test_the_same_signed_ballot_does_not_count_twice(written, assembly, member, office):
    proposal_id, _ = written
    voter, relayer = member("SI-LRF"), office("coordinator")
    signature = relay_vote(relayer, voter, assembly, proposal_id, Choice.FOR)
    vote(voter, assembly, proposal_id, Choice.AGAINST)
    with pytest.raises(RefusedError) as refused:
        send_signed(relayer, voter.address, assembly, proposal_id, Choice.FOR, signature)
    assert refused.value.code == "INVALID_SIGNATURE"
    assert assembly.read("proposalVotes", proposal_id) == (1, 0, 0)


def test_a_refusal_is_told_the_same_whether_foreseen_or_mined(written, assembly, member):
    proposal_id, _ = written
    for gas in (None, 1_000_000):
        with pytest.raises(RefusedError) as refused:
            vote(member("DE-VILSTAL"), assembly, proposal_id, Choice.FOR, gas=gas)
        assert refused.value.code == "NO_VOTING_RIGHT"


def test_a_meeting_too_early_is_refused_with_the_earliest_second(handed_over, assembly, member, node, cid):
    proposer = member("SI-PIP")
    call = resolution(handed_over.contract(node, "Rulebook"), handed_over, "work_plan", cid)
    opens_at = node.block_time + 14 * DAY
    with pytest.raises(RefusedError) as refused:
        propose(proposer, assembly, filing([call], cid, proposer.address), opens_at, gas=1_000_000)
    assert refused.value.code == "NOTICE_TOO_SHORT"
    assert refused.value.facts == (opens_at, node.block_time + 45 * DAY)


def test_a_proposal_is_withdrawn_by_its_proposer_only(handed_over, assembly, member, node, cid):
    proposer = member("SI-PIP")
    call = resolution(handed_over.contract(node, "Rulebook"), handed_over, "work_plan", cid)
    filed = filing([call], cid, proposer.address)
    proposal_id = propose(proposer, assembly, filed)
    with pytest.raises(RefusedError):
        withdraw(member("SI-LRF"), assembly, filed)
    withdraw(proposer, assembly, filed)
    assert PHASES[assembly.read("phaseOf", proposal_id)] is ProposalState.WITHDRAWN


def test_an_admitted_organisation_votes_once_its_document_is_recorded(
    registry, roll, office, cid, member, assembly, move_to
):
    newcomer = roll["HU-ZALA"]
    proposer = member("SI-PIP")
    filed = filing([admission(registry, newcomer, MemberClass.PARTNER)], cid, proposer.address)
    proposal_id = propose(proposer, assembly, filed)
    move_to(assembly.read("proposalSnapshot", proposal_id) + 1)
    vote_all(assembly, proposal_id, member, roll)
    move_to(assembly.read("bindingAt", proposal_id) + 1)
    move_to(queue(proposer, assembly, filed) + 1)
    execute(proposer, assembly, filed)
    number = record_accession(office("coordinator"), registry, newcomer.wallet, b"signed")
    assert registry.read("member", number)[2] == MemberStatus.ACTIVE


def test_an_accession_is_recorded_by_the_registrar_only(registry, roll, member, office):
    assert accounts[1].address == office("coordinator").address
    with pytest.raises(RefusedError) as refused:
        record_accession(member("SI-PIP"), registry, roll["SI-PIP"].wallet, b"forged")
    assert refused.value.code == "UNAUTHORIZED"
