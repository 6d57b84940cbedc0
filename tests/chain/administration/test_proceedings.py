"""Admitting, proposing, voting, queueing and executing, by the functions the scripts are made of."""

from __future__ import annotations

import pytest
from brownie import accounts, chain

from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.store import DocumentStore
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass, MemberStatus
from scripts.admit_member import admission, record_accession
from scripts.contract import RefusedError
from scripts.propose import filing, find_filing, propose, resolution, withdraw
from scripts.queue_and_execute import execute, queue
from scripts.replay_scenario import REGISTRAR_KEY
from scripts.roll import founders, sample_key
from scripts.vote import relay_vote, vote
from scripts.wallet import Wallet

DAY = 86_400
TEXT = ProposalDocument("en", "T1", {"en": Text("A question", "", "")})


@pytest.fixture
def cid(tmp_path):
    return DocumentStore(tmp_path).put_proposal(TEXT)


@pytest.fixture
def member(node):
    return lambda code: Wallet(node, sample_key(code))


@pytest.fixture
def assembly(handed_over, node):
    return handed_over.governor(node, "general_assembly")


@pytest.fixture
def written(handed_over, node, assembly, member, cid):
    """An open written procedure, and how it was filed."""
    proposer = member("SI-PIP")
    call = resolution(handed_over.contract(node, "Rulebook"), handed_over, "service_catalogue", cid)
    filed = filing([call], cid, proposer.address)
    proposal_id = propose(proposer, assembly, filed)
    chain.sleep(2)
    chain.mine()
    return proposal_id, filed


def vote_all(assembly, proposal_id, member, roll, choice=Choice.FOR):
    for organisation in founders(roll):
        if organisation.member_class != MemberClass.ASSOCIATE:
            vote(member(organisation.code), assembly, proposal_id, choice)


def test_a_resolution_is_put_decided_and_recorded(written, assembly, member, roll, handed_over, node):
    proposal_id, filed = written
    vote_all(assembly, proposal_id, member, roll)
    chain.sleep(10 * DAY)
    chain.mine()
    eta = queue(member("SI-PIP"), assembly, filed)
    chain.sleep(eta - chain.time() + 1)
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


def test_a_signed_ballot_counts_for_its_signer_whoever_sends_it(written, assembly, member, node):
    proposal_id, _ = written
    relay_vote(Wallet(node, REGISTRAR_KEY), member("SI-LRF"), assembly, proposal_id, Choice.FOR)
    (cast,) = assembly.logged("VoteCast")
    assert cast["voter"] == member("SI-LRF").address


def test_a_second_ballot_is_refused_with_its_code(written, assembly, member):
    proposal_id, _ = written
    vote(member("SI-PIP"), assembly, proposal_id, Choice.FOR)
    with pytest.raises(RefusedError) as refused:
        vote(member("SI-PIP"), assembly, proposal_id, Choice.FOR)
    assert refused.value.code == "ALREADY_VOTED"


def test_a_refusal_is_told_the_same_whether_foreseen_or_mined(written, assembly, member):
    proposal_id, _ = written
    for gas in (None, 1_000_000):
        with pytest.raises(RefusedError) as refused:
            vote(member("DE-VILSTAL"), assembly, proposal_id, Choice.FOR, gas=gas)
        assert refused.value.code == "NO_VOTING_RIGHT"


def test_a_meeting_too_early_is_refused_with_the_earliest_second(handed_over, assembly, member, node, cid):
    proposer = member("SI-PIP")
    call = resolution(handed_over.contract(node, "Rulebook"), handed_over, "work_plan", cid)
    opens_at = chain.time() + 14 * DAY
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
    assert assembly.read("phaseOf", proposal_id) == 8


def test_an_admitted_organisation_votes_once_its_document_is_recorded(handed_over, roll, node, cid, member, assembly):
    registry, newcomer = handed_over.contract(node, "MemberRegistry"), roll["HU-ZALA"]
    proposer = member("SI-PIP")
    filed = filing([admission(registry, newcomer, MemberClass.PARTNER)], cid, proposer.address)
    proposal_id = propose(proposer, assembly, filed)
    chain.sleep(45 * DAY + 10)
    chain.mine()
    vote_all(assembly, proposal_id, member, roll)
    chain.sleep(DAY)
    chain.mine()
    chain.sleep(queue(proposer, assembly, filed) - chain.time() + 1)
    execute(proposer, assembly, filed)
    number = record_accession(Wallet(node, REGISTRAR_KEY), registry, newcomer.wallet, b"signed")
    assert registry.read("member", number)[2] == MemberStatus.ACTIVE


def test_an_accession_is_recorded_by_the_registrar_only(handed_over, roll, node):
    assert accounts[1].address == Wallet(node, REGISTRAR_KEY).address
    registry = handed_over.contract(node, "MemberRegistry")
    with pytest.raises(RefusedError) as refused:
        record_accession(Wallet(node, sample_key("SI-PIP")), registry, roll["SI-PIP"].wallet, b"forged")
    assert refused.value.code == "UNAUTHORIZED"
