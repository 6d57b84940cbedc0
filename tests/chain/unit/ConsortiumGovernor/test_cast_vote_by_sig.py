"""Signed ballots: only the signer's standing counts, and one signature counts once, here and nowhere else."""

import pytest
from brownie import chain
from consortium import AGAINST, DAY, FOR, at, opened, put, resolution, wallet_of
from reverts import refused
from signatures import sign_ballot as signed


@pytest.fixture
def governor(consortium):
    return consortium.assembly


@pytest.fixture
def question(consortium):
    return opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))


@pytest.fixture
def member(consortium):
    return consortium.wallet(2)


def test_anyone_may_hand_in_a_signed_ballot(governor, question, member, stranger):
    signature = signed(governor, member, question.id, FOR)
    tx = governor.castVoteBySig(question.id, FOR, member, signature, {"from": stranger})
    assert tuple(tx.events["VoteCast"].values()) == (member, question.id, FOR, 1, "")
    assert tuple(governor.proposalVotes(question.id)) == (0, 1, 0)


def test_reason_is_part_of_what_is_signed(governor, question, member, stranger):
    signature = signed(governor, member, question.id, FOR, reason="because", params=b"")
    with refused("GovernorInvalidSignature", member):
        governor.castVoteWithReasonAndParamsBySig(
            question.id, FOR, member, "although", b"", signature, {"from": stranger}
        )
    tx = governor.castVoteWithReasonAndParamsBySig(
        question.id, FOR, member, "because", b"", signature, {"from": stranger}
    )
    assert tuple(tx.events["VoteCast"].values()) == (member, question.id, FOR, 1, "because")


def test_params_are_refused_even_when_signed(governor, question, member, stranger):
    signature = signed(governor, member, question.id, FOR, reason="", params=b"\x01")
    with refused("ConsortiumGovernorParamsNotSupported"):
        governor.castVoteWithReasonAndParamsBySig(question.id, FOR, member, "", b"\x01", signature, {"from": stranger})


def test_nonce_is_the_proposal_and_the_revision(governor, question, member):
    assert governor.ballotNonce(question.id, member) == question.id << 64
    governor.castVote(question.id, FOR, {"from": member})
    assert governor.ballotNonce(question.id, member) == (question.id << 64) + 1


def test_signed_ballot_is_not_counted_twice(governor, question, member, stranger):
    signature = signed(governor, member, question.id, FOR)
    governor.castVoteBySig(question.id, FOR, member, signature, {"from": stranger})
    with refused("ConsortiumGovernorAlreadyVoted", question.id, 2):
        governor.castVoteBySig(question.id, FOR, member, signature, {"from": stranger})
    again = signed(governor, member, question.id, AGAINST, revision=1)
    with refused("ConsortiumGovernorAlreadyVoted", question.id, 2):
        governor.castVoteBySig(question.id, AGAINST, member, again, {"from": stranger})
    assert tuple(governor.proposalVotes(question.id)) == (0, 1, 0)


def test_ballot_signed_before_a_direct_one_is_void(governor, question, member, stranger):
    signature = signed(governor, member, question.id, AGAINST)
    governor.castVote(question.id, FOR, {"from": member})
    with refused("ConsortiumGovernorAlreadyVoted", question.id, 2):
        governor.castVoteBySig(question.id, AGAINST, member, signature, {"from": stranger})


def test_ballot_signed_for_one_proposal_does_not_count_on_another(consortium, governor, question, member, stranger):
    other = opened(put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")], "other"))
    signature = signed(governor, member, question.id, FOR)
    with refused("GovernorInvalidSignature", member):
        governor.castVoteBySig(other.id, FOR, member, signature, {"from": stranger})


def test_ballot_on_one_proposal_does_not_void_one_signed_for_another(consortium, governor, question, member, stranger):
    other = opened(put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")], "other"))
    signature = signed(governor, member, question.id, FOR)
    governor.castVote(other.id, FOR, {"from": member})
    governor.castVoteBySig(question.id, FOR, member, signature, {"from": stranger})


def test_ballot_signed_for_one_body_does_not_count_in_another_with_the_same_proposal_id(project, consortium, stranger):
    twin_setup = ("general_assembly", consortium.registry, consortium.rulebook, consortium.timelocks[0], 0)
    twin = consortium.deployer.deploy(project.ConsortiumGovernor, (*twin_setup, consortium.rulebook.rule(1)[0]))
    actions = [resolution(consortium, "urgent_matter")]
    here = put(consortium.assembly, consortium.wallet(1), actions)
    there = opened(put(twin, consortium.wallet(1), actions))
    assert here.id == there.id
    signature = signed(consortium.assembly, consortium.wallet(2), here.id, FOR)
    with refused("GovernorInvalidSignature", consortium.wallet(2)):
        twin.castVoteBySig(there.id, FOR, consortium.wallet(2), signature, {"from": stranger})


def test_ballot_signed_by_someone_else_is_refused(consortium, governor, question, member, stranger):
    forged = bytearray.fromhex(signed(governor, consortium.wallet(3), question.id, FOR).removeprefix("0x"))
    with refused("GovernorInvalidSignature", member):
        governor.castVoteBySig(question.id, FOR, member, bytes(forged), {"from": stranger})


def test_choice_is_part_of_what_is_signed(governor, question, member, stranger):
    signature = signed(governor, member, question.id, FOR)
    with refused("GovernorInvalidSignature", member):
        governor.castVoteBySig(question.id, AGAINST, member, signature, {"from": stranger})


def test_ballot_signed_for_another_chain_is_refused(governor, question, member, stranger, monkeypatch):
    monkeypatch.setattr(type(chain), "id", 1)
    signature = signed(governor, member, question.id, FOR)
    monkeypatch.undo()
    with refused("GovernorInvalidSignature", member):
        governor.castVoteBySig(question.id, FOR, member, signature, {"from": stranger})


def test_ballot_of_a_defaulting_member_is_refused_whoever_relays_it(consortium, governor, member):
    until = consortium.registry.notifyBreach(2, 30 * DAY).events["BreachNotified"]["remedyUntil"]
    at(until - DAY)
    question = put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    at(until + 1)
    consortium.registry.declareDefault(2)
    signature = signed(governor, member, question.id, FOR)
    with refused("ConsortiumGovernorMemberDefaulting", 2):
        governor.castVoteBySig(question.id, FOR, member, signature, {"from": consortium.wallet(1)})


def test_ballot_signed_with_a_wallet_left_behind_is_refused(consortium, governor, question, member, stranger):
    signature = signed(governor, member, question.id, FOR)
    consortium.registry.rotateWallet(wallet_of(50), {"from": member})
    with refused("ConsortiumGovernorWalletRevoked", member, 2):
        governor.castVoteBySig(question.id, FOR, member, signature, {"from": stranger})
