"""A lost wallet: two offices and three days, and every way to steal a membership through it."""

import pytest
from brownie import chain
from consortium import AGAINST, DAY, FOR, LEFT, at, mine_at, opened, put, resolution, vote, wallet_of
from reverts import refused

MEMBER = 5
DELAY = 3 * DAY
ZERO = "0x" + "00" * 20


@pytest.fixture
def registry(consortium):
    return consortium.registry


@pytest.fixture
def new():
    return wallet_of(50)


@pytest.fixture
def proposed(registry, consortium, new):
    return registry.proposeRotation(MEMBER, new, {"from": consortium.registrar})


@pytest.fixture
def effective_from(registry, consortium, new, proposed):
    tx = registry.approveRotation(MEMBER, new, {"from": consortium.approver})
    return tx.events["RotationApproved"]["effectiveFrom"]


def test_wallet_changes_when_two_have_agreed_and_the_delay_is_over(registry, consortium, new, effective_from, stranger):
    assert effective_from == chain[-1].timestamp + DELAY
    assert tuple(registry.rotationOf(MEMBER)) == (new, effective_from)
    at(effective_from)
    tx = registry.completeRotation(MEMBER, {"from": stranger})
    assert tuple(tx.events["WalletRotated"].values()) == (MEMBER, consortium.wallet(MEMBER), new)
    assert tuple(registry.memberOf(new)) == (MEMBER, False)
    assert tuple(registry.memberOf(consortium.wallet(MEMBER))) == (MEMBER, True)
    assert tuple(registry.rotationOf(MEMBER)) == (ZERO, 0)


def test_each_step_is_told(proposed, consortium, registry, new):
    assert tuple(proposed.events["RotationProposed"].values()) == (MEMBER, new)
    tx = registry.approveRotation(MEMBER, new, {"from": consortium.approver})
    assert tuple(tx.events["RotationApproved"].values()) == (MEMBER, new, chain[-1].timestamp + DELAY)
    tx = registry.stopRotation(MEMBER, {"from": consortium.wallet(MEMBER)})
    assert tuple(tx.events["RotationStopped"].values()) == (MEMBER, new)


def test_one_second_before_the_delay_is_over_nothing_changes(registry, effective_from, stranger):
    at(effective_from - 1)
    with refused("MemberRegistryRotationDelay", MEMBER, effective_from, effective_from - 1):
        registry.completeRotation(MEMBER, {"from": stranger})


def test_registrar_alone_changes_no_wallet_however_long_it_waits(registry, consortium, proposed):
    mine_at(chain[-1].timestamp + 1_000 * DAY)
    with refused("MemberRegistryRotationNotApproved", MEMBER):
        registry.completeRotation(MEMBER, {"from": consortium.registrar})


def test_nobody_approves_but_the_approver(registry, consortium, proposed, new, stranger):
    for who in (consortium.registrar, consortium.deployer, consortium.wallet(MEMBER), new, stranger):
        with refused("MemberRegistryUnauthorized", who):
            registry.approveRotation(MEMBER, new, {"from": who})


def test_nobody_proposes_but_the_registrar_and_the_owner(registry, consortium, new, stranger):
    for who in (consortium.approver, consortium.wallet(MEMBER), stranger):
        with refused("MemberRegistryUnauthorized", who):
            registry.proposeRotation(MEMBER, new, {"from": who})
    registry.proposeRotation(MEMBER, new, {"from": consortium.deployer})


def test_vacant_office_of_the_approver_approves_nothing(registry, proposed, new, stranger):
    registry.setApprover(ZERO)
    with refused("MemberRegistryUnauthorized", stranger):
        registry.approveRotation(MEMBER, new, {"from": stranger})


def test_registrar_cannot_swap_the_wallet_under_the_approvers_hands(registry, consortium, new, proposed):
    registry.proposeRotation(MEMBER, wallet_of(51), {"from": consortium.registrar})
    with refused("MemberRegistryNoRotation", MEMBER):
        registry.approveRotation(MEMBER, new, {"from": consortium.approver})


def test_registrar_cannot_swap_the_wallet_after_approval(registry, consortium, effective_from):
    registry.proposeRotation(MEMBER, wallet_of(51), {"from": consortium.registrar})
    mine_at(effective_from)
    with refused("MemberRegistryRotationNotApproved", MEMBER):
        registry.completeRotation(MEMBER)


def test_approval_is_given_once(registry, consortium, new, effective_from):
    with refused("MemberRegistryNoRotation", MEMBER):
        registry.approveRotation(MEMBER, new, {"from": consortium.approver})


def test_wallet_that_was_not_lost_stops_it(registry, consortium, effective_from):
    mine_at(effective_from)
    registry.stopRotation(MEMBER, {"from": consortium.wallet(MEMBER)})
    with refused("MemberRegistryNoRotation", MEMBER):
        registry.completeRotation(MEMBER)
    assert registry.walletOf(MEMBER) == consortium.wallet(MEMBER)


def test_owner_stops_it_and_nobody_else_does(registry, consortium, new, proposed, stranger):
    for who in (consortium.registrar, consortium.approver, consortium.wallet(1), new, stranger):
        with refused("MemberRegistryUnauthorized", who):
            registry.stopRotation(MEMBER, {"from": who})
    registry.stopRotation(MEMBER, {"from": consortium.deployer})
    assert tuple(registry.rotationOf(MEMBER)) == (ZERO, 0)


def test_member_that_moves_by_itself_stops_what_was_pending(registry, consortium, effective_from, new):
    tx = registry.rotateWallet(wallet_of(51), {"from": consortium.wallet(MEMBER)})
    assert tuple(tx.events["RotationStopped"].values()) == (MEMBER, new)
    mine_at(effective_from)
    with refused("MemberRegistryNoRotation", MEMBER):
        registry.completeRotation(MEMBER)


def test_without_a_proposal_there_is_nothing_to_approve_stop_or_complete(registry, consortium, new):
    acts = {
        registry.approveRotation: (MEMBER, new, {"from": consortium.approver}),
        registry.stopRotation: (MEMBER, {"from": consortium.wallet(MEMBER)}),
        registry.completeRotation: (MEMBER,),
    }
    for act, arguments in acts.items():
        with refused("MemberRegistryNoRotation", MEMBER):
            act(*arguments)


@pytest.mark.parametrize("taken", [MEMBER, 3])
def test_wallet_of_a_member_is_never_the_new_one(registry, consortium, taken):
    with refused("MemberRegistryWalletInUse", consortium.wallet(taken), taken):
        registry.proposeRotation(MEMBER, consortium.wallet(taken), {"from": consortium.registrar})


def test_wallet_is_never_reassigned_even_if_it_was_taken_during_the_delay(registry, consortium, new, effective_from):
    registry.rotateWallet(new, {"from": consortium.wallet(6)})
    mine_at(effective_from)
    with refused("MemberRegistryWalletInUse", new, 6):
        registry.completeRotation(MEMBER)
    registry.rotateWallet(wallet_of(51), {"from": new})
    with refused("MemberRegistryWalletRevoked", new, 6):
        registry.completeRotation(MEMBER)


def test_zero_is_no_wallet(registry, consortium):
    with refused("MemberRegistryInvalidWallet", ZERO):
        registry.proposeRotation(MEMBER, ZERO, {"from": consortium.registrar})


def test_who_has_left_gets_no_other_wallet(registry, consortium, new, effective_from):
    registry.recordExit(MEMBER)
    mine_at(effective_from)
    for act, arguments in ((registry.completeRotation, ()), (registry.proposeRotation, (new,))):
        with refused("MemberRegistryUnexpectedStatus", MEMBER, LEFT):
            act(MEMBER, *arguments, {"from": consortium.registrar})


def test_ballot_of_the_lost_wallet_stays_and_counts_once(registry, consortium, new):
    governor = consortium.assembly
    question = opened(put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    vote(consortium, question, for_=[MEMBER])
    registry.proposeRotation(MEMBER, new, {"from": consortium.registrar})
    tx = registry.approveRotation(MEMBER, new, {"from": consortium.approver})
    at(tx.events["RotationApproved"]["effectiveFrom"])
    registry.completeRotation(MEMBER)
    with refused("ConsortiumGovernorAlreadyVoted", question.id, MEMBER):
        governor.castVote(question.id, AGAINST, {"from": new})
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(MEMBER), MEMBER):
        governor.castVote(question.id, AGAINST, {"from": consortium.wallet(MEMBER)})
    assert tuple(governor.proposalVotes(question.id)) == (0, 1, 0)


def test_new_wallet_casts_the_ballot_that_the_lost_one_could_not(registry, consortium, new, effective_from):
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    at(max(effective_from, chain[-1].timestamp + 1))
    registry.completeRotation(MEMBER)
    consortium.assembly.castVote(question.id, FOR, {"from": new})
    assert tuple(consortium.assembly.proposalVotes(question.id)) == (0, 1, 0)
