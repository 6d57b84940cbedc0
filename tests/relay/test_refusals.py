"""What is not taken in, each with its code; and that nothing of it is kept."""

from __future__ import annotations

import copy

import pytest
from eth_account import Account
from sqlalchemy import delete, func, select, update

from backend.chain.signer import Signer
from backend.database.desk import RelayBallotRecord, RelayRecord, RelayRequestRecord
from backend.documents.reasons import MOST_TEXT, BallotName, Reason
from backend.domain.ballots import Choice
from backend.domain.values import Address, MemberId, ProposalId
from backend.errors import InvalidDocumentError, ProposalNotFoundError
from backend.queries.members import find_member_record
from backend.relay.accepting import Desk
from backend.relay.handed import Words
from backend.relay.preparing import name_on_record
from backend.relay.reading import read_ballot
from backend.relay.refusals import RelayError
from tests.relay.consortium import CHANGEABLE, FINAL, sign

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


@pytest.fixture
def hand(desk, relayer):
    """Hands in a document and a signature."""

    def make(document, signature, words=None, key=None):
        return desk.take_in(read_ballot(document, signature, words), key)

    return make


@pytest.fixture
def kept(stage):
    def count():
        with stage.mirror.sessions() as session:
            return session.scalar(select(func.count()).select_from(RelayBallotRecord))

    return count


def changed(document, part, **values):
    """The document with other values in one of its parts."""
    other = copy.deepcopy(document)
    other[part].update(values)
    return other


def refused(code, hand, document, signature, **more):
    with pytest.raises(RelayError) as caught:
        hand(document, signature, **more)
    assert caught.value.code == code


def test_attack_15_ballot_signed_for_another_chain_is_not_taken_in(stage, hand, kept):
    document = changed(stage.document("IT-POLIMI"), "domain", chainId=1)
    refused("BALLOT_FOR_ANOTHER_CHAIN", hand, document, sign(stage.key("IT-POLIMI"), document))
    assert kept() == 0


def test_attack_15_ballot_signed_for_another_chain_under_this_chains_name_is_no_signature(stage, hand, kept):
    document = stage.document("IT-POLIMI")
    elsewhere = sign(stage.key("IT-POLIMI"), changed(document, "domain", chainId=1))
    refused("INVALID_SIGNATURE", hand, document, elsewhere)
    assert kept() == 0


def test_attack_30_relay_is_not_made_to_call_a_foreign_contract(stage, hand, kept):
    for foreign in (stage.deployment.registry, "0x" + "77" * 20):
        document = changed(stage.document("IT-POLIMI"), "domain", verifyingContract=foreign)
        refused("FOREIGN_CONTRACT", hand, document, sign(stage.key("IT-POLIMI"), document))
    assert kept() == 0


def test_a_ballot_signed_for_another_governor_is_not_taken_in(stage, hand):
    board = next(body for body in stage.deployment.bodies if body.name == "executive_board")
    document = changed(stage.document("IT-POLIMI"), "domain", verifyingContract=board.governor, name=board.name)
    with pytest.raises(ProposalNotFoundError):
        hand(document, sign(stage.key("IT-POLIMI"), document))


def test_a_proposal_that_nobody_put_is_not_found(stage, hand):
    document = changed(stage.document("IT-POLIMI"), "message", proposalId="7", nonce=str(7 << 64))
    with pytest.raises(ProposalNotFoundError):
        hand(document, sign(stage.key("IT-POLIMI"), document))


def test_who_is_no_member_is_refused_before_the_chain_is_asked(stage, hand):
    stranger = Account.from_key("0x" + "77" * 32)
    document = changed(stage.document("IT-POLIMI"), "message", voter=stranger.address)
    refused("NOT_A_MEMBER", hand, document, sign("0x" + "77" * 32, document))


def test_somebody_elses_signature_is_refused(stage, hand, kept):
    document = stage.document("IT-POLIMI")
    refused("INVALID_SIGNATURE", hand, document, sign(stage.key("IT-UNIBO"), document))
    assert kept() == 0


def test_attack_15_twin_of_a_signature_is_not_taken_in(stage, hand):
    document, signature = stage.signed("IT-POLIMI")
    raw = bytes.fromhex(signature[2:])
    twin = raw[:32] + (ORDER - int.from_bytes(raw[32:64])).to_bytes(32) + bytes([55 - raw[64]])
    refused("INVALID_SIGNATURE", hand, document, "0x" + twin.hex())


def test_a_signature_that_ends_as_some_hardware_wallets_do_is_mended(stage, hand):
    document, signature = stage.signed("IT-POLIMI")
    raw = bytes.fromhex(signature[2:])
    assert hand(document, "0x" + (raw[:64] + bytes([raw[64] - 27])).hex()).new


@pytest.mark.parametrize("signature", ["0x", "0x" + "00" * 65, "0x" + "ff" * 64, "0x" + "ab" * 5000])
def test_no_signature_at_all_is_refused(stage, hand, signature):
    refused("INVALID_SIGNATURE", hand, stage.document("IT-POLIMI"), signature)


def test_a_ballot_for_another_turn_is_refused(stage, hand):
    document = stage.document("IT-POLIMI")
    for nonce in (int(document["message"]["nonce"]) + 1, int(document["message"]["nonce"]) + (1 << 64), 0):
        other = changed(document, "message", nonce=str(nonce))
        refused("WRONG_NONCE", hand, other, sign(stage.key("IT-POLIMI"), other))


def test_a_ballot_that_cannot_be_changed_any_more_is_refused(stage, hand, relayer):
    hand(*stage.signed("IT-POLIMI", kind=FINAL))
    second = changed(stage.document("IT-POLIMI", kind=FINAL), "message", support=0)
    relayer.turn()
    stage.index()
    second["message"]["nonce"] = str(int(second["message"]["nonce"]) + 1)
    refused("ALREADY_VOTED", hand, second, sign(stage.key("IT-POLIMI"), second))


def test_a_ballot_that_may_be_changed_is_taken_in_again_with_its_next_nonce(stage, hand, relayer):
    hand(*stage.signed("IT-POLIMI", Choice.FOR))
    relayer.turn()
    stage.index()
    assert hand(*stage.signed("IT-POLIMI", Choice.AGAINST)).new
    relayer.turn()

    assert tuple(stage.counted()) == (1, 0, 0)


def test_another_ballot_of_the_same_turn_has_to_wait(stage, hand, kept):
    hand(*stage.signed("IT-POLIMI", Choice.FOR))
    refused("BALLOT_UNDER_WAY", hand, *stage.signed("IT-POLIMI", Choice.AGAINST))
    assert kept() == 1


def test_attack_17_body_that_is_sent_again_is_one_ballot(stage, hand, kept, relayer):
    document, signature = stage.signed("IT-POLIMI")
    first = hand(document, signature)
    relayer.turn()
    stage.index()
    again = hand(document, signature, key="a second time")

    assert (first.new, again.new, again.ballot.id) == (True, False, first.ballot.id)
    assert (kept(), again.ballot.status) == (1, "included")
    assert tuple(stage.counted()) == (0, 1, 0)


def test_attack_17_idempotency_key_stands_for_one_ballot(stage, hand):
    first = hand(*stage.signed("IT-POLIMI"), key="k1")
    assert hand(*stage.signed("IT-POLIMI"), key="k1").ballot.id == first.ballot.id
    refused("IDEMPOTENCY_KEY_REUSED", hand, *stage.signed("IT-POLIMI", kind=FINAL), key="k1")
    assert hand(*stage.signed("IT-UNIBO"), key="k1").new


def test_a_member_has_its_quota_and_no_other_member_pays_for_it(stage, sending, relayer):
    mean = Desk(stage.mirror, sending, name_on_record, 1)
    mean.take_in(read_ballot(*stage.signed("IT-POLIMI"), None))
    with pytest.raises(RelayError) as caught:
        mean.take_in(read_ballot(*stage.signed("IT-POLIMI", kind=FINAL), None))
    assert caught.value.code == "RELAY_QUOTA"
    assert mean.take_in(read_ballot(*stage.signed("IT-UNIBO"), None)).new
    with stage.mirror.writing() as session:
        session.execute(update(RelayRequestRecord).values(at=RelayRequestRecord.at - 86_401))
    assert mean.take_in(read_ballot(*stage.signed("IT-POLIMI", kind=FINAL), None)).new


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("RELAY_OFF", delete(RelayRecord)),
        ("RELAY_AWAY", update(RelayRecord).values(seen_at=RelayRecord.seen_at - 301)),
        ("RELAY_EMPTY", update(RelayRecord).values(price="2", balance="1")),
    ],
)
def test_a_relay_that_cannot_send_takes_nothing_in(stage, hand, kept, code, change):
    with stage.mirror.writing() as session:
        session.execute(change)
    refused(code, hand, *stage.signed("IT-POLIMI"))
    assert kept() == 0


def test_the_chain_has_the_last_word_before_a_ballot_is_kept(stage, hand, kept):
    """The member has voted itself a moment ago, and the mirror does not know it yet."""
    document, signature = stage.signed("IT-POLIMI", kind=FINAL)
    address = document["message"]["voter"]
    stage.send_as(address, stage.governor.data("castVote", stage.founded.proposals[FINAL], 1))
    refused("ALREADY_VOTED", hand, document, signature)
    assert kept() == 0


def test_a_ballot_after_the_deadline_is_refused(stage, hand, relayer, kept):
    document, signature = stage.signed("IT-POLIMI", kind=FINAL)
    stage.node.call("evm_increaseTime", 2 * 86_400)
    stage.mine()
    stage.index()
    refused("VOTING_CLOSED", hand, document, signature)
    assert kept() == 0


def test_a_contract_wallet_votes_by_its_own_word(stage, hand, relayer):
    """The member moves to a wallet that is a contract; its one key signs, and the contract says yes (ERC-1271)."""
    owner = Signer("0x" + "66" * 32)
    wallet = stage.deploy("KeyWallet", owner.address)
    stage.move_wallet("IT-POLIMI", wallet)
    document = stage.document("IT-POLIMI")
    refused("INVALID_SIGNATURE", hand, document, sign(stage.key("IT-POLIMI"), document))
    taken = hand(document, sign("0x" + "66" * 32, document))
    relayer.turn()

    assert document["message"]["voter"] == wallet
    assert taken.new
    assert tuple(stage.counted()) == (0, 1, 0)


def test_a_recused_member_is_refused(stage, hand):
    document, signature = stage.signed("IT-POLIMI", kind=FINAL)
    address = document["message"]["voter"]
    stage.send_as(address, stage.governor.data("recuse", stage.founded.proposals[FINAL]))
    stage.index()
    refused("RECUSED", hand, document, signature)


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("message", {"support": 3.5}),
        ("message", {"support": True}),
        ("message", {"proposalId": "1e3"}),
        ("message", {"proposalId": str(1 << 192)}),
        ("message", {"voter": "0x12"}),
        ("message", {"more": 1}),
        ("domain", {"salt": "0x"}),
        ("domain", {"version": "2"}),
        ("domain", {"name": "executive_board"}),
        ("types", {"Ballot": [{"name": "proposalId", "type": "uint256"}]}),
        ("types", {"Transfer": [{"name": "to", "type": "address"}]}),
    ],
)
def test_a_document_that_is_no_ballot_is_refused(stage, hand, part, values):
    document, signature = stage.signed("IT-POLIMI")
    refused("TYPED_DATA_INVALID", hand, changed(document, part, **values), signature)


def reason_of(stage, code, text="Because."):
    with stage.mirror.reading() as reading:
        member_id = MemberId(find_member_record(reading.session, reading.consortium, code).member_id)
    proposal = ProposalId(stage.founded.proposals[CHANGEABLE])
    return Reason(BallotName(Address(stage.governor.address), proposal, member_id), "en", text)


def test_attack_30_words_of_another_are_not_put_under_a_ballot(stage, hand, kept):
    reason = reason_of(stage, "IT-POLIMI")
    document, signature = stage.signed("IT-POLIMI", commitment=reason.commitment)
    for words in (Words("en", "Other words.", reason.salt), Words("en", reason.text, "00" * 32)):
        refused("REASON_MISMATCH", hand, document, signature, words=words)
    refused("REASON_MISMATCH", hand, *stage.signed("IT-POLIMI"), words=Words("en", reason.text, reason.salt))
    theirs = reason_of(stage, "IT-UNIBO")
    copied = stage.signed("IT-POLIMI", commitment=theirs.commitment)
    refused("REASON_MISMATCH", hand, *copied, words=Words("en", theirs.text, theirs.salt))
    assert kept() == 0


def test_a_reason_that_is_too_long_is_refused(stage, hand, kept):
    document, signature = stage.signed("IT-POLIMI", commitment="0x" + "ab" * 32)
    with pytest.raises(InvalidDocumentError):
        hand(document, signature, words=Words("en", "x" * (MOST_TEXT + 1), "00" * 32))
    assert kept() == 0


def test_plain_words_do_not_go_on_chain(stage, hand, kept):
    for reason, code in (("because", "REASON_MISMATCH"), ("x" * 67, "TYPED_DATA_INVALID")):
        document = stage.document("IT-POLIMI", commitment=reason)
        refused(code, hand, document, sign(stage.key("IT-POLIMI"), document))
    assert kept() == 0


def test_attack_30_words_that_a_second_request_brings_are_not_dropped(stage, hand):
    reason = reason_of(stage, "IT-POLIMI")
    document, signature = stage.signed("IT-POLIMI", commitment=reason.commitment)
    hand(document, signature)
    again = hand(document, signature, words=Words("en", reason.text, reason.salt))

    assert not again.new
    assert stage.mirror.consortium.documents.get_reason(reason.commitment) == reason


def test_attack_a_request_of_then_does_not_bring_erased_words_back(stage, hand, relayer):
    reason = reason_of(stage, "IT-POLIMI")
    document, signature = stage.signed("IT-POLIMI", commitment=reason.commitment)
    words, documents = Words("en", reason.text, reason.salt), stage.mirror.consortium.documents
    hand(document, signature, words=words)
    relayer.turn()
    stage.index()
    assert documents.erase_reason(reason.commitment)
    hand(document, signature, words=words)

    assert documents.get_reason(reason.commitment) is None


def test_attack_17_a_failed_ballot_is_handed_in_again_under_its_own_key(stage, hand, kept):
    document, signature = stage.signed("IT-POLIMI")
    first = hand(document, signature, key="k1")
    with stage.mirror.writing() as session:
        session.execute(update(RelayBallotRecord).values(failure="REVERTED"))
    again = hand(document, signature, key="k1")

    assert (again.new, again.ballot.id, again.ballot.status) == (True, first.ballot.id, "accepted")
    assert (hand(document, signature, key="k1").new, kept()) == (False, 1)


def test_attack_words_of_a_failed_ballot_do_not_outlive_it(stage, hand):
    first, second = reason_of(stage, "IT-POLIMI", "First."), reason_of(stage, "IT-POLIMI", "Second.")
    for reason in (first, second):
        document, signature = stage.signed("IT-POLIMI", commitment=reason.commitment)
        hand(document, signature, words=Words("en", reason.text, reason.salt))
        with stage.mirror.writing() as session:
            session.execute(update(RelayBallotRecord).values(failure="REVERTED"))
    documents = stage.mirror.consortium.documents

    assert documents.get_reason(first.commitment) is None
    assert documents.get_reason(second.commitment) == second
