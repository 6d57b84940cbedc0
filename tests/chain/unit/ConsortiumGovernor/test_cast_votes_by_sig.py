"""Batches of signed ballots: the good ones count, the others are reported, whatever the wallets behind them do."""

import pytest
from brownie import web3
from brownie.convert.utils import build_function_selector
from consortium import ABSTAIN, AGAINST, AGREEMENT, DAY, FOR, PARTNER, admission, at, closed, wallet_of
from eth_abi import encode
from laws import ask, ask_now, make_law
from phases import counts
from reverts import refused, refused_as
from signatures import batch_entry, sign_ballot

REASON = "sha256:" + "5" * 59  # Brownie would turn hexadecimal digits into bytes


@pytest.fixture
def law(consortium):
    return make_law(consortium, period=30 * DAY)


@pytest.fixture
def question(consortium, law):
    return ask_now(consortium, law)


def entry(consortium, question, member, support=FOR, reason="", **extra):
    return batch_entry(question.governor, consortium.wallet(member), question.id, support, reason, **extra)


def hand_in(question, entries, sender):
    return question.governor.castVotesBySig(question.id, entries, {"from": sender})


def refusals(tx, abi):
    """Voter and error of each ballot that was not counted."""
    names = {build_function_selector(error): error["name"] for error in abi if error["type"] == "error"}
    told = [event for event in tx.events if event.name == "BallotRefused"]
    return [(event["voter"], names[str(event["refusal"])[:10]]) for event in told]


def test_good_ballots_of_a_batch_count_with_and_without_reasons(consortium, question, stranger):
    entries = [entry(consortium, question, 1, FOR, REASON), entry(consortium, question, 2, AGAINST)]
    tx = hand_in(question, entries, stranger)
    assert tx.return_value == 2
    assert [event["reason"] for event in tx.events["VoteCast"]] == [REASON, ""]
    assert counts(question) == (1, 1, 0, 8, 0)


def test_bad_ballots_are_reported_and_the_rest_counts(consortium, question, stranger):
    forged = (consortium.wallet(2).address, FOR, "", entry(consortium, question, 3)[3])
    altered = (
        *entry(consortium, question, 4, FOR, REASON)[:2],
        "sha256:" + "6" * 59,
        entry(consortium, question, 4, FOR, REASON)[3],
    )
    entries = [
        entry(consortium, question, 1),
        forged,
        altered,
        (*entry(consortium, question, 5)[:3], "0x"),
        entry(consortium, question, 6, revision=1),
        batch_entry(question.governor, wallet_of(77), question.id, FOR),
        entry(consortium, question, 9),
        entry(consortium, question, 1),
        (*entry(consortium, question, 7)[:1], 3, "", entry(consortium, question, 7)[3]),
        entry(consortium, question, 8, ABSTAIN),
    ]
    tx = hand_in(question, entries, stranger)
    assert tx.return_value == 2
    assert [name for _, name in refusals(tx, question.governor.abi)] == [
        "GovernorInvalidSignature",
        "GovernorInvalidSignature",
        "GovernorInvalidSignature",
        "GovernorInvalidSignature",
        "ConsortiumGovernorNotAMember",
        "ConsortiumGovernorNoVotingRight",
        "ConsortiumGovernorAlreadyVoted",
        "ConsortiumGovernorInvalidChoice",
    ]
    assert counts(question) == (0, 1, 1, 8, 0)


def test_front_run_ballot_does_not_undo_the_relayers_batch(consortium, question, stranger):
    entries = [entry(consortium, question, member) for member in (1, 2)]
    question.governor.castVoteBySig(question.id, FOR, entries[0][0], entries[0][3], {"from": stranger})
    tx = hand_in(question, entries, stranger)
    assert refusals(tx, question.governor.abi) == [(entries[0][0], "ConsortiumGovernorAlreadyVoted")]
    assert counts(question) == (0, 2, 0, 8, 0)


def test_batch_handed_in_twice_counts_once(consortium, question, stranger):
    entries = [entry(consortium, question, member) for member in (1, 2, 3)]
    hand_in(question, entries, stranger)
    assert hand_in(question, entries, stranger).return_value == 0
    assert counts(question) == (0, 3, 0, 8, 0)


@pytest.mark.parametrize(
    ("late", "name"), [(True, "ConsortiumGovernorVotingClosed"), (False, "ConsortiumGovernorVotingNotOpen")]
)
def test_batch_out_of_time_is_reported_whole(consortium, stranger, late, name):
    question = ask(consortium, make_law(consortium, notice=DAY))
    entries = [entry(consortium, question, member) for member in (1, 2)]
    at(question.closes_at + 1 if late else question.opens_at)
    tx = hand_in(question, entries, stranger)
    assert refusals(tx, question.governor.abi) == [(voter, name) for voter, *_ in entries]


def test_ballots_signed_for_another_proposal_are_refused(consortium, question, law, stranger):
    other = ask_now(consortium, law, "other")
    tx = hand_in(other, [entry(consortium, question, 1)], stranger)
    assert refusals(tx, other.governor.abi) == [(consortium.wallet(1), "GovernorInvalidSignature")]


def test_refusal_carries_its_facts(consortium, question, stranger):
    tx = hand_in(question, [entry(consortium, question, 9)], stranger)
    selector = web3.keccak(text="ConsortiumGovernorNoVotingRight(uint16,uint8)")[:4]
    assert bytes.fromhex(str(tx.events["BallotRefused"]["refusal"])[2:]) == selector + encode(
        ["uint16", "uint8"], [9, 0]
    )


def test_batch_takes_a_hundred_ballots_and_no_more(consortium, question, stranger):
    one = entry(consortium, question, 1)
    assert hand_in(question, [one] * 100, stranger).return_value == 1
    with refused("ConsortiumGovernorBatchTooLarge", 101, 100):
        hand_in(question, [one] * 101, stranger)
    assert hand_in(question, [], stranger).return_value == 0


def test_batch_on_a_proposal_that_does_not_exist_is_refused(consortium, question, stranger):
    with refused("GovernorNonexistentProposal", 7):
        question.governor.castVotesBySig(7, [entry(consortium, question, 1)], {"from": stranger})


@pytest.fixture
def contract_wallets(project, consortium):
    """Members 11 to 14: a wallet with one key, one that eats gas, one that answers endlessly, one that stops short."""
    deployer, key = consortium.deployer, wallet_of(60)
    wallets = [
        deployer.deploy(project.KeyWallet, key),
        deployer.deploy(project.GreedyWallet),
        deployer.deploy(project.BombWallet),
        deployer.deploy(project.ShortWallet),
    ]
    admissions = [(wallet.address, *admission(number, PARTNER)[1:]) for number, wallet in enumerate(wallets, 11)]
    consortium.registry.found(admissions, AGREEMENT)
    return key, wallets


def test_contract_wallet_votes_by_signature(consortium, contract_wallets, law, stranger):
    key, wallets = contract_wallets
    question = ask_now(consortium, law)
    signature = sign_ballot(question.governor, key, question.id, FOR, voter=wallets[0].address)
    question.governor.castVoteBySig(question.id, FOR, wallets[0], signature, {"from": stranger})
    assert counts(question)[:3] == (0, 1, 0)


def test_wallets_that_eat_gas_or_answer_endlessly_do_not_stop_a_batch(consortium, contract_wallets, law, stranger):
    key, wallets = contract_wallets
    question = ask_now(consortium, law)
    of_contracts = [batch_entry(question.governor, key, question.id, FOR, voter=wallet.address) for wallet in wallets]
    entries = [*of_contracts, entry(consortium, question, 1)]
    tx = hand_in(question, entries, stranger)
    refused_voters = [voter for voter, _ in refusals(tx, question.governor.abi)]
    assert refused_voters == [wallets[1], wallets[3]]
    assert tx.return_value == 3  # who answers yes votes, however much it says beside
    assert tx.gas_used < 700_000


def test_relayer_that_is_mean_with_gas_gets_its_batch_back(consortium, contract_wallets, law, stranger):
    """Else it could make a contract wallet's good ballot look bad."""
    key, wallets = contract_wallets
    question = ask_now(consortium, law)
    entries = [batch_entry(question.governor, key, question.id, FOR, voter=wallets[0].address)]
    with refused_as("CappedSignaturesTooLittleGas"):
        question.governor.castVotesBySig(question.id, entries, {"from": stranger, "gas_limit": 200_000})


def test_contract_wallet_without_a_member_behind_it_is_never_called(project, consortium, question, stranger):
    greedy = consortium.deployer.deploy(project.GreedyWallet)
    tx = hand_in(
        question, [batch_entry(question.governor, wallet_of(60), question.id, FOR, voter=greedy.address)], stranger
    )
    assert refusals(tx, question.governor.abi) == [(greedy, "ConsortiumGovernorNotAMember")]
    assert tx.gas_used < 100_000


def test_closed_question_keeps_its_tally_whatever_is_handed_in(consortium, question, stranger):
    hand_in(question, [entry(consortium, question, 1)], stranger)
    before = counts(closed(question))
    hand_in(question, [entry(consortium, question, member) for member in (2, 3)], stranger)
    assert counts(question) == before
