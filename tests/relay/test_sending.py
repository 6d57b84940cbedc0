"""What can go wrong between a kept ballot and a final block: nothing is lost, and nothing counts twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.chain.sending import open_sending_node
from backend.chain.signer import Call, Price, Signer
from backend.database.desk import RelayAttemptRecord, RelayBallotRecord, RelayTransactionRecord
from backend.domain.ballots import Choice
from backend.queries.relay import find_relayed_ballot, read_relay
from backend.relay.relayer import Relayer
from backend.relay.signing import Drafts, ForbiddenCallError
from scripts.toolchain import free_port
from tests.relay.consortium import CHAIN_ID, CHANGEABLE, ETHER, GWEI, KEY


def way(stage, ballot_id):
    with stage.mirror.reading() as reading:
        return find_relayed_ballot(reading.session, reading.consortium, ballot_id)


def relay_of(stage):
    with stage.mirror.reading() as reading:
        return read_relay(reading.session, reading.consortium, stage.mirror.wall_clock())


def kept(stage, record):
    with stage.mirror.sessions() as session:
        return session.scalars(select(record)).all()


def settle(stage, relayer, blocks=1):
    stage.mine(blocks)
    stage.index()
    relayer.turn()


def test_a_transaction_that_was_signed_and_never_sent_is_sent_after_a_restart(stage, relayer, make_relayer, hand_in):
    ballot_id = hand_in("IT-POLIMI")
    stage.node.call("evm_setAutomine", False)
    relayer.turn()
    stage.forget_pool()
    assert stage.pool == {}
    make_relayer().turn()
    assert len(stage.pool) == 1
    settle(stage, relayer)

    assert way(stage, ballot_id).status == "included"
    assert len(kept(stage, RelayAttemptRecord)) == 1


def test_a_restart_after_the_block_sends_nothing_again(stage, relayer, make_relayer, hand_in):
    ballot_id = hand_in("IT-POLIMI")
    relayer.turn()
    stage.index()
    for _ in range(3):
        make_relayer().turn()

    assert way(stage, ballot_id).status == "included"
    assert stage.pool == {}
    assert len(kept(stage, RelayAttemptRecord)) == 1
    assert stage.node.call("eth_getTransactionCount", relayer.sender, "latest") == "0x1"


def test_a_ballot_that_a_reorganisation_took_back_is_sent_again(stage, relayer, hand_in):
    stage.node.call("evm_setAutomine", False)
    before = stage.node.call("evm_snapshot")
    ballot_id = hand_in("IT-POLIMI")
    relayer.turn()
    settle(stage, relayer)
    assert way(stage, ballot_id).status == "included"
    stage.node.call("evm_revert", before)
    stage.node.call("anvil_dropAllTransactions")
    stage.mine(2)
    stage.index()
    gone = way(stage, ballot_id).status
    relayer.turn()
    settle(stage, relayer)

    assert gone == "sent"
    assert way(stage, ballot_id).status == "included"
    assert tuple(stage.counted()) == (0, 1, 0)
    assert len(kept(stage, RelayTransactionRecord)) == 1


def test_a_refusal_that_a_reorganisation_took_back_is_forgotten(stage, relayer, hand_in):
    stage.node.call("evm_setAutomine", False)
    before = stage.node.call("evm_snapshot")
    ballot_id = hand_in("IT-POLIMI")
    relayer.turn()
    raw = kept(stage, RelayAttemptRecord)[0].raw
    stage.forget_pool()
    member_votes(stage, "IT-POLIMI", Choice.ABSTAIN)
    stage.mine()
    stage.node.call("eth_sendRawTransaction", raw)
    settle(stage, relayer)
    refused = way(stage, ballot_id)
    stage.node.call("evm_revert", before)
    stage.node.call("anvil_dropAllTransactions")
    stage.mine(3)
    stage.index()
    relayer.turn()
    settle(stage, relayer)

    assert (refused.status, refused.failure) == ("failed", "SUPERSEDED")
    assert way(stage, ballot_id).status == "included"
    assert tuple(stage.counted()) == (0, 1, 0)


def member_votes(stage, code, choice):
    """The member sends a ballot itself."""
    address = Signer(stage.key(code)).address
    data = stage.governor.data("castVote", stage.founded.proposals[CHANGEABLE], int(choice))
    stage.send_as(address, data)


def test_a_ballot_that_somebody_else_brought_to_the_chain_counts_as_done(stage, relayer, hand_in):
    ballot_id = hand_in("IT-POLIMI")
    row = kept(stage, RelayBallotRecord)[0]
    data = stage.governor.data(
        "castVoteBySig(uint256,uint8,address,bytes)", row.proposal_id, 1, row.voter, bytes.fromhex(row.signature[2:])
    )
    stage.send_as(stage.node.call("eth_accounts")[0], data)
    settle(stage, relayer, 4)

    assert way(stage, ballot_id).status == "final"
    assert stage.node.call("eth_getTransactionCount", relayer.sender, "latest") == "0x0"


def test_a_stuck_transaction_is_offered_at_a_higher_price_under_its_own_number(
    stage, dear, make_relayer, hand_in, clock
):
    relayer = make_relayer()
    relayer.turn()
    stage.node.call("evm_setAutomine", False)
    ballot_id = hand_in("IT-POLIMI")
    relayer.turn()
    stage.node.call("anvil_setNextBlockBaseFeePerGas", hex(20 * GWEI))
    stage.mine()
    relayer.turn()
    patient = len(kept(stage, RelayAttemptRecord))
    clock.moved += 40
    relayer.turn()
    stage.node.call("anvil_setNextBlockBaseFeePerGas", hex(20 * GWEI))
    settle(stage, relayer)
    first, second = kept(stage, RelayAttemptRecord)

    assert patient == 1
    assert (first.nonce, second.nonce) == (0, 0)
    assert second.most >= first.most * 11 // 10
    assert second.tip >= first.tip * 11 // 10
    assert way(stage, ballot_id).status == "included"
    assert way(stage, ballot_id).transaction_hash == second.hash


def test_nothing_is_sent_while_fees_are_above_the_limit(stage, dear, make_relayer, hand_in):
    make_relayer().turn()
    ballot_id = hand_in("IT-POLIMI")
    mean = make_relayer(most_wei=GWEI)
    assert mean.turn() == "FEES_TOO_HIGH"
    assert (way(stage, ballot_id).status, relay_of(stage).status) == ("accepted", "waiting")
    make_relayer().turn()
    stage.index()

    assert way(stage, ballot_id).status == "included"


def test_a_relay_without_money_says_so_and_keeps_what_it_took_in(stage, dear, make_relayer, hand_in):
    make_relayer().turn()
    full = relay_of(stage)
    ballot_id = hand_in("IT-POLIMI")
    stage.node.call("anvil_setBalance", Signer(KEY).address, hex(10**6))
    relayer = make_relayer()
    assert relayer.turn() == "RELAY_EMPTY"
    empty = relay_of(stage)
    waits = way(stage, ballot_id).status
    stage.node.call("anvil_setBalance", Signer(KEY).address, hex(ETHER))
    relayer.turn()
    stage.index()

    assert (full.status, full.ballots_left > 100) == ("ready", True)
    assert (empty.status, empty.ballots_left, empty.problem, waits) == ("empty", 0, "RELAY_EMPTY", "accepted")
    assert way(stage, ballot_id).status == "included"


def test_what_is_kept_in_reserve_is_not_spent(stage, dear, make_relayer, hand_in):
    make_relayer().turn()
    ballot_id = hand_in("IT-POLIMI")
    assert make_relayer(reserve_wei=ETHER).turn() == "RELAY_EMPTY"

    assert way(stage, ballot_id).status == "accepted"
    assert int(stage.node.call("eth_getBalance", Signer(KEY).address, "latest"), 16) == ETHER


def test_a_number_that_was_used_for_something_else_costs_no_ballot(stage, relayer, hand_in, clock):
    stage.node.call("evm_setAutomine", False)
    ballot_id = hand_in("IT-POLIMI")
    relayer.turn()
    stage.forget_pool()
    other = Signer(KEY).sign(Call(CHAIN_ID, 0, relayer.sender, "0x", 21_000, Price(0, 0)))
    stage.node.call("eth_sendRawTransaction", other.raw)
    stage.mine()
    relayer.turn()
    clock.moved += 40
    relayer.turn()
    settle(stage, relayer)

    assert way(stage, ballot_id).status == "included"
    assert [row.nonce for row in kept(stage, RelayTransactionRecord)] == [0, 1]


def test_a_gap_in_the_numbers_is_filled(stage, relayer, hand_in):
    """A foreign transaction under number 0 was taken back, and the relay's own under number 1 cannot move."""
    stage.node.call("evm_setAutomine", False)
    before = stage.node.call("evm_snapshot")
    other = Signer(KEY).sign(Call(CHAIN_ID, 0, relayer.sender, "0x", 21_000, Price(0, 0)))
    stage.node.call("eth_sendRawTransaction", other.raw)
    stage.mine()
    ballot_id = hand_in("IT-POLIMI")
    relayer.turn()
    assert [row.nonce for row in kept(stage, RelayTransactionRecord)] == [1]
    stage.node.call("evm_revert", before)
    stage.node.call("anvil_dropAllTransactions")
    stage.mine(2)
    stage.index()
    for _ in range(3):
        relayer.turn()
    settle(stage, relayer)

    assert way(stage, ballot_id).status == "included"
    assert stage.node.call("eth_getTransactionCount", relayer.sender, "latest") == "0x1"


def test_two_relays_at_once_count_every_ballot_once(stage, relayer, make_relayer, hand_in):
    stage.node.call("evm_setAutomine", False)
    ids = [hand_in(code) for code in ("IT-POLIMI", "IT-UNIBO", "IT-POLITO")]
    other = make_relayer()
    for _ in range(3):
        relayer.turn()
        other.turn()
    settle(stage, other)
    relayer.turn()

    assert {way(stage, each).status for each in ids} == {"included"}
    assert tuple(stage.counted()) == (0, 3, 0)
    assert stage.node.call("eth_getTransactionCount", relayer.sender, "latest") == "0x1"


def test_a_node_that_is_away_is_passed_over(stage, make_relayer, hand_in, clock):
    make_relayer().turn()
    ballot_id = hand_in("IT-POLIMI")
    urls = [f"http://127.0.0.1:{free_port()}", stage.node.url]
    with open_sending_node(urls, CHAIN_ID) as node:
        policy = make_relayer().policy
        Relayer(node, Signer(KEY), stage.mirror, policy, clock).turn()
    stage.index()

    assert way(stage, ballot_id).status == "included"


@pytest.mark.parametrize("what", ["contract", "function"])
def test_the_key_signs_for_nothing_but_ballots(stage, relayer, hand_in, what):
    stage.node.call("evm_setAutomine", False)
    hand_in("IT-POLIMI")
    relayer.turn()
    row = kept(stage, RelayTransactionRecord)[0]
    if what == "contract":
        row.governor = stage.deployment.registry
    else:
        row.data = stage.governor.data("castVote", row.proposal_id, 1)
    with stage.mirror.sessions() as session, pytest.raises(ForbiddenCallError):
        Drafts(Signer(KEY), stage.mirror.consortium, session).again(row, Price(0, 0))


def test_the_key_is_in_no_text(relayer):
    assert "5e5e" not in repr(relayer)
    assert "5e5e" not in repr(relayer.signer)
