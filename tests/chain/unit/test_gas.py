"""What acts cost, by receipts, never above these limits. A change that makes one dearer has to say why."""

from consortium import AGREEMENT, FOR, PARTNER, admission, adopt, execute, opened, put, queue, resolution, wallet_of

REASON = "sha256:" + "5" * 59
DESCRIPTION = "bafkrei" + "a" * 52 + "#proposer={}"


def test_founding_thirty_members_costs_little_for_each(consortium):
    tx = consortium.registry.found([admission(number, PARTNER) for number in range(11, 41)], AGREEMENT)
    assert tx.gas_used <= 30 * 85_000


def test_ballots_cost_little_wherever_they_are_kept(consortium):
    consortium.registry.found([admission(number, PARTNER) for number in range(11, 41)], AGREEMENT)
    governor = consortium.assembly
    question = opened(put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    first, again, new_word, known_word = (
        governor.castVote(question.id, FOR, {"from": wallet_of(number)}).gas_used for number in (1, 2, 17, 18)
    )
    reason = governor.castVoteWithReason(question.id, FOR, REASON, {"from": wallet_of(19)}).gas_used
    assert max(first, again, known_word) <= 44_000
    assert new_word <= 62_000
    assert reason <= 47_000


def test_proposal_with_kind_and_frozen_rule(consortium):
    put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")], "first of the body")
    target, data = resolution(consortium, "work_plan")
    description = DESCRIPTION.format(consortium.wallet(2).address.lower())
    tx = consortium.assembly.propose([target], [0], [data], description, {"from": consortium.wallet(2)})
    assert tx.gas_used <= 131_000


def test_queue_and_execute_together(consortium):
    question = adopt(
        consortium, put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")])
    )
    gas = queue(question, consortium.wallet(1)).gas_used + execute(question, consortium.wallet(1)).gas_used
    assert gas <= 225_000
