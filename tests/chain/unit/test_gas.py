"""What acts cost, by receipts, never above these limits. A change that makes one dearer has to say why."""

import pytest
from consortium import (
    ABSTAIN,
    AGREEMENT,
    FOR,
    PARTNER,
    admission,
    adopt,
    execute,
    opened,
    put,
    queue,
    resolution,
    wallet_of,
)
from laws import ask_now, make_law
from signatures import batch_entry, sign_ballot

REASON = "sha256:" + "5" * 59
TEXT = "bafkrei" + "a" * 52
MOST_CODE = 24_000


@pytest.fixture
def forty(consortium):
    """Forty members, thirty of them admitted at once."""
    tx = consortium.registry.found([admission(number, PARTNER) for number in range(11, 41)], AGREEMENT)
    assert tx.gas_used <= 30 * 85_000
    return consortium


@pytest.fixture
def question(forty):
    return opened(put(forty.assembly, forty.wallet(1), [resolution(forty, "urgent_matter")]))


def test_founding_thirty_members_costs_little_for_each(forty):
    assert forty.registry.memberCount() == 40


def test_ballots_cost_little_wherever_they_are_kept(question):
    """Members 1 to 16 share the first word with the proposal's data; 17 opens a word, 18 finds it open."""
    first, again, new_word, known_word = (
        question.governor.castVote(question.id, FOR, {"from": wallet_of(number)}).gas_used for number in (1, 2, 17, 18)
    )
    reason = question.governor.castVoteWithReason(question.id, FOR, REASON, {"from": wallet_of(19)}).gas_used
    assert max(first, again) <= 42_000
    assert known_word <= 44_000
    assert new_word <= 62_000
    assert reason <= 47_000


def test_signed_ballots_cost_little(question, stranger):
    governor = question.governor
    governor.castVote(question.id, FOR, {"from": wallet_of(17)})
    plain, reasoned = wallet_of(18), wallet_of(19)
    signature = sign_ballot(governor, plain, question.id, FOR)
    tx = governor.castVoteBySig(question.id, FOR, plain, signature, {"from": stranger})
    assert tx.gas_used <= 60_000
    signature = sign_ballot(governor, reasoned, question.id, FOR, reason=REASON, params=b"")
    parts = (question.id, FOR, reasoned, REASON, b"", signature)
    assert governor.castVoteWithReasonAndParamsBySig(*parts, {"from": stranger}).gas_used <= 63_000


def test_batch_of_fifty_signed_ballots_with_reasons_costs_little_for_each(forty, stranger):
    forty.registry.found([admission(number, PARTNER) for number in range(41, 53)], AGREEMENT)
    question = ask_now(forty, make_law(forty))
    voters = [number for number in range(1, 53) if number not in (9, 10)]
    entries = [batch_entry(question.governor, wallet_of(number), question.id, FOR, REASON) for number in voters]
    tx = question.governor.castVotesBySig(question.id, entries, {"from": stranger})
    assert tx.return_value == 50
    assert tx.gas_used <= 50 * 26_000


def test_changed_ballot_and_mandate_cost_little(forty):
    question = ask_now(forty, make_law(forty, revisable=True, mandates=1))
    question.governor.castVote(question.id, FOR, {"from": wallet_of(1)})
    assert question.governor.castVote(question.id, ABSTAIN, {"from": wallet_of(1)}).gas_used <= 58_000
    forty.registry.grantMandate(2, 0, 0, 2**40, {"from": wallet_of(3)})
    tx = question.governor.castVoteWithMandates(question.id, FOR, "", [3], {"from": wallet_of(2)})
    assert tx.gas_used <= 125_000


@pytest.mark.parametrize(("suffix", "limit"), [("#lang=sl", 115_000), ("#proposer={}", 116_000)])
def test_proposal_with_kind_and_frozen_rule(consortium, suffix, limit):
    put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")], "first of the body")
    target, data = resolution(consortium, "work_plan")
    description = TEXT + suffix.format(consortium.wallet(2).address.lower())
    tx = consortium.assembly.propose([target], [0], [data], description, {"from": consortium.wallet(2)})
    assert tx.gas_used <= limit


def test_queue_and_execute_together(consortium):
    question = adopt(
        consortium, put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    )
    gas = queue(question, consortium.wallet(1)).gas_used + execute(question, consortium.wallet(1)).gas_used
    assert gas <= 225_000


@pytest.mark.parametrize("name", ["ConsortiumGovernor", "Acts", "Lens"])
def test_code_leaves_room_below_the_limit_of_the_chain(project, name):
    assert len(project._build.get(name)["deployedBytecode"]) / 2 <= MOST_CODE
