"""Ballots signed once and tried again, elsewhere, altered, first, last, or by wallets that are contracts."""

import pytest
from brownie import web3
from consortium import ABSTAIN, AGAINST, AGREEMENT, DAY, FOR, PARTNER, admission, at, put, wallet_of
from eth_abi import encode
from laws import ask_now, make_law
from phases import counts
from reverts import State, refused, refused_in
from signatures import batch_entry, sign_ballot

FAR = 2**40
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141  # of the curve secp256k1
REASON = "sha256:" + "5" * 59


@pytest.fixture
def question(consortium):
    return ask_now(consortium, make_law(consortium, mandates=3))


@pytest.fixture
def victim(consortium):
    return consortium.wallet(2)


def hand_in(question, voter, support, signature, sender):
    return question.governor.castVoteBySig(question.id, support, voter, signature, {"from": sender})


def refusals(tx):
    """Voter and encoded error of each ballot that was not counted."""
    told = [event for event in tx.events if event.name == "BallotRefused"]
    return [(event["voter"], bytes.fromhex(str(event["refusal"])[2:])) for event in told]


def error(signature, kinds, *facts):
    return web3.keccak(text=f"{signature}({','.join(kinds)})")[:4] + encode(kinds, facts)


def test_attack_15_one_signature_is_one_ballot_however_often_it_is_handed_in(consortium, question, victim, stranger):
    signature = sign_ballot(question.governor, victim, question.id, FOR)
    hand_in(question, victim, FOR, signature, stranger)
    for _ in range(3):
        with refused("ConsortiumGovernorAlreadyVoted", question.id, 2):
            hand_in(question, victim, FOR, signature, stranger)
    entry = batch_entry(question.governor, victim, question.id, FOR)
    tx = question.governor.castVotesBySig(question.id, [entry] * 20, {"from": stranger})
    said = error("ConsortiumGovernorAlreadyVoted", ["uint256", "uint16"], question.id, 2)
    assert refusals(tx) == [(victim, said)] * 20
    assert counts(question) == (0, 1, 0, 8, 0)


def test_attack_15_old_signature_does_not_bring_back_a_ballot_that_was_changed(consortium, victim, stranger):
    question = ask_now(consortium, make_law(consortium, "revisable", revisable=True))
    old = sign_ballot(question.governor, victim, question.id, FOR)
    hand_in(question, victim, FOR, old, stranger)
    question.governor.castVote(question.id, AGAINST, {"from": victim})
    with refused("GovernorInvalidSignature", victim):
        hand_in(question, victim, FOR, old, stranger)
    assert counts(question) == (1, 0, 0, 8, 0)


def test_attack_15_twin_of_a_signature_is_none(question, victim, stranger):
    """For every signature another can be computed without the key; it is refused even if it comes first."""
    signature = bytes.fromhex(sign_ballot(question.governor, victim, question.id, FOR).removeprefix("0x"))
    r, s, v = signature[:32], int.from_bytes(signature[32:64], "big"), signature[64]
    twin = r + (ORDER - s).to_bytes(32, "big") + bytes([55 - v])
    with refused("GovernorInvalidSignature", victim):
        hand_in(question, victim, FOR, twin, stranger)
    assert counts(question) == (0, 0, 0, 8, 0)
    hand_in(question, victim, FOR, signature, stranger)


def test_attack_15_signature_that_recovers_to_nobody_votes_for_nobody(question, victim, stranger):
    nobody = "0x" + "00" * 20
    for voter, expected in ((nobody, "ConsortiumGovernorNotAMember"), (victim, "GovernorInvalidSignature")):
        with refused(expected, voter):
            hand_in(question, voter, FOR, b"\x00" * 65, stranger)
    assert counts(question) == (0, 0, 0, 8, 0)


def test_attack_15_signature_of_a_wallet_left_behind_serves_nobody_else(consortium, question, victim, stranger):
    """Nor could it: the wallet is never given to another member."""
    signature = sign_ballot(question.governor, victim, question.id, FOR)
    consortium.registry.rotateWallet(wallet_of(50), {"from": victim})
    with refused("ConsortiumGovernorWalletRevoked", victim, 2):
        hand_in(question, victim, FOR, signature, stranger)
    taken = (victim.address, *admission(11, PARTNER)[1:])
    with refused("MemberRegistryWalletRevoked", victim, 2):
        consortium.registry.admit(taken)
    assert counts(question) == (0, 0, 0, 8, 0)


def test_attack_16_vote_on_one_proposal_voids_no_ballot_signed_for_another(consortium, question, victim, stranger):
    other = ask_now(consortium, "law_of_the_test", "other")
    signatures = {one.id: sign_ballot(one.governor, victim, one.id, FOR) for one in (question, other)}
    hand_in(question, victim, FOR, signatures[question.id], stranger)
    hand_in(other, victim, FOR, signatures[other.id], stranger)
    assert (counts(question), counts(other)) == ((0, 1, 0, 8, 0), (0, 1, 0, 8, 0))


def test_attack_16_ballot_handed_in_first_does_not_stop_the_batch_it_was_taken_from(
    consortium, question, victim, stranger
):
    entries = [batch_entry(question.governor, consortium.wallet(member), question.id, FOR) for member in (1, 2, 3)]
    hand_in(question, victim, FOR, entries[1][3], stranger)
    tx = question.governor.castVotesBySig(question.id, entries, {"from": stranger})
    said = error("ConsortiumGovernorAlreadyVoted", ["uint256", "uint16"], question.id, 2)
    assert (tx.return_value, refusals(tx)) == (2, [(victim, said)])
    assert counts(question) == (0, 3, 0, 8, 0)


def test_attack_16_holder_of_a_mandate_cannot_void_what_its_principal_has_signed(
    consortium, question, victim, stranger
):
    signature = sign_ballot(question.governor, victim, question.id, AGAINST)
    consortium.registry.grantMandate(1, 0, 0, FAR, {"from": victim})
    question.governor.castMandate(question.id, 2, FOR, "", {"from": consortium.wallet(1)})
    hand_in(question, victim, AGAINST, signature, stranger)
    assert counts(question) == (1, 0, 0, 8, 0)


def test_attack_17_what_was_signed_or_filed_for_one_proposal_serves_no_other(consortium, question, victim, stranger):
    """The same texts under another number, or the same proposal twice."""
    signature = sign_ballot(question.governor, victim, question.id, FOR)
    other = ask_now(consortium, "law_of_the_test", "text again")
    with refused("GovernorInvalidSignature", victim):
        hand_in(other, victim, FOR, signature, stranger)
    with refused_in(question, State.ACTIVE):
        put(question.governor, consortium.wallet(1), list(zip(question.targets, question.calldatas, strict=True)))
    assert question.governor.proposalCount() == 2
    assert counts(other) == (0, 0, 0, 8, 0)


def test_attack_30_relayer_cannot_drop_or_swap_the_reason_it_was_given(question, victim, stranger):
    governor = question.governor
    signature = sign_ballot(governor, victim, question.id, FOR, reason=REASON, params=b"")
    others = ["", "sha256:" + "6" * 59]
    for reason in others:
        with refused("GovernorInvalidSignature", victim):
            governor.castVoteWithReasonAndParamsBySig(
                question.id, FOR, victim, reason, b"", signature, {"from": stranger}
            )
    with refused("GovernorInvalidSignature", victim):
        hand_in(question, victim, FOR, signature, stranger)
    batch = [(victim.address, FOR, reason, "0x" + signature.removeprefix("0x")) for reason in others]
    tx = governor.castVotesBySig(question.id, batch, {"from": stranger})
    said = error("GovernorInvalidSignature", ["address"], victim.address)
    assert (tx.return_value, refusals(tx)) == (0, [(victim, said)] * 2)
    assert counts(question) == (0, 0, 0, 8, 0)


@pytest.fixture
def contract_wallet(project, consortium):
    """Member 11 votes with a contract that one key controls."""
    key = wallet_of(60)
    wallet = consortium.deployer.deploy(project.KeyWallet, key)
    consortium.registry.found([(wallet.address, *admission(11, PARTNER)[1:])], AGREEMENT)
    return key, wallet


def test_attack_31_contract_wallet_votes_up_to_the_last_second_and_with_its_own_key_only(
    consortium, contract_wallet, stranger
):
    key, wallet = contract_wallet
    question = ask_now(consortium, make_law(consortium))
    forged = sign_ballot(question.governor, wallet_of(61), question.id, FOR, voter=wallet.address)
    with refused("GovernorInvalidSignature", wallet):
        hand_in(question, wallet, FOR, forged, stranger)
    signature = sign_ballot(question.governor, key, question.id, ABSTAIN, voter=wallet.address)
    at(question.closes_at)
    hand_in(question, wallet, ABSTAIN, signature, stranger)
    assert counts(question) == (0, 0, 1, 9, 0)


def test_attack_31_contract_wallet_that_no_longer_answers_is_replaced(project, consortium, stranger):
    """Two offices and a delay; the member keeps its seat in the electorate of a vote that is already open."""
    stuck = consortium.deployer.deploy(project.ShortWallet)
    consortium.registry.found([(stuck.address, *admission(11, PARTNER)[1:])], AGREEMENT)
    question = ask_now(consortium, make_law(consortium, period=10 * DAY))
    new = wallet_of(62)
    consortium.registry.proposeRotation(11, new, {"from": consortium.registrar})
    tx = consortium.registry.approveRotation(11, new, {"from": consortium.approver})
    at(tx.events["RotationApproved"]["effectiveFrom"])
    consortium.registry.completeRotation(11, {"from": stranger})
    question.governor.castVote(question.id, FOR, {"from": new})
    assert counts(question) == (0, 1, 0, 9, 0)


def test_attack_31_wallet_that_eats_gas_or_answers_endlessly_spoils_nobody_elses_ballot(project, consortium, stranger):
    bad = [consortium.deployer.deploy(container) for container in (project.GreedyWallet, project.ShortWallet)]
    admissions = [(one.address, *admission(number, PARTNER)[1:]) for number, one in enumerate(bad, 11)]
    consortium.registry.found(admissions, AGREEMENT)
    question = ask_now(consortium, make_law(consortium))
    entries = [batch_entry(question.governor, wallet_of(60), question.id, FOR, voter=one.address) for one in bad]
    entries.append(batch_entry(question.governor, consortium.wallet(1), question.id, FOR))
    tx = question.governor.castVotesBySig(question.id, entries, {"from": stranger})
    assert refusals(tx) == [(one, error("GovernorInvalidSignature", ["address"], one.address)) for one in bad]
    assert counts(question) == (0, 1, 0, 10, 0)
