"""From a member's signature to the tally."""

import pytest

from backend.chain.signer import Signer
from backend.documents.reasons import BallotName, Reason
from backend.domain.ballots import Choice
from backend.domain.values import Address, MemberId, ProposalId
from backend.queries.ballots import list_ballots
from backend.queries.members import find_member_record
from backend.queries.relay import find_relayed_ballot
from backend.relay.handed import Words
from backend.relay.reading import read_ballot
from tests.relay.consortium import CHANGEABLE, ETHER, FINAL, GWEI


@pytest.fixture
def way(stage):
    """How far a ballot is."""

    def ask(ballot_id):
        with stage.mirror.reading() as reading:
            return find_relayed_ballot(reading.session, reading.consortium, ballot_id)

    return ask


def test_a_signed_ballot_goes_from_accepted_to_final_and_is_in_the_tally(stage, relayer, hand_in, way):
    ballot_id = hand_in("IT-POLIMI", Choice.FOR)
    seen = [way(ballot_id).status]
    stage.node.call("evm_setAutomine", False)
    relayer.turn()
    seen.append(way(ballot_id).status)
    stage.mine()
    stage.index()
    relayer.turn()
    seen.append(way(ballot_id).status)
    stage.mine(3)
    stage.index()
    relayer.turn()
    seen.append(way(ballot_id).status)

    assert seen == ["accepted", "sent", "included", "final"]
    assert tuple(stage.counted()) == (0, 1, 0)
    with stage.mirror.reading() as reading:
        page = list_ballots(reading.session, reading.consortium, stage.founded.proposals[CHANGEABLE])
    assert [(each.member.code, each.choice, each.transaction_hash) for each in page.items] == [
        ("IT-POLIMI", "for", way(ballot_id).transaction_hash)
    ]


def test_ballots_on_one_proposal_travel_together_and_one_bad_one_spoils_no_other(stage, relayer, hand_in, way):
    stage.node.call("evm_setAutomine", False)
    good = [hand_in("IT-POLIMI"), hand_in("IT-UNIBO", Choice.AGAINST)]
    bad = hand_in("IT-POLITO")
    relayer.turn()
    # Before the batch is in a block, the member votes itself: the ballot in the batch is then one too many.
    assert len(stage.pool) == 1
    voter = Signer(stage.key("IT-POLITO")).address
    stage.node.call("anvil_setBalance", voter, hex(ETHER))
    own = stage.governor.data("castVote", stage.founded.proposals[CHANGEABLE], 2)
    stage.send_as(voter, own, price=GWEI)  # the higher price goes first
    stage.mine()
    stage.index()
    relayer.turn()

    assert [way(each).status for each in good] == ["included", "included"]
    assert (way(bad).status, way(bad).failure) == ("failed", "SUPERSEDED")
    assert tuple(stage.counted()) == (1, 1, 1)


def test_a_reason_goes_with_its_ballot_and_its_words_are_kept(stage, relayer, desk, way):
    with stage.mirror.reading() as reading:
        member = find_member_record(reading.session, reading.consortium, "IT-UNIBO")
    name = BallotName(
        Address(stage.governor.address), ProposalId(stage.founded.proposals[FINAL]), MemberId(member.member_id)
    )
    reason = Reason(name, "en", "Because it is time.")
    document, signature = stage.signed("IT-UNIBO", kind=FINAL, commitment=reason.commitment)
    taken = desk.take_in(read_ballot(document, signature, Words("en", reason.text, reason.salt)))
    relayer.turn()
    stage.index()
    with stage.mirror.reading() as reading:
        page = list_ballots(reading.session, reading.consortium, stage.founded.proposals[FINAL])

    assert way(taken.ballot.id).status == "included"
    assert (page.items[0].reason_commitment, page.items[0].reason) == (reason.commitment, "Because it is time.")
