import pytest
from brownie import chain
from consortium import AGAINST, DAY, DEFAULTING, FOR, at, opened, put, resolution, vote, wallet_of
from reverts import refused


def test_whole_standing_moves_to_the_new_wallet(consortium):
    registry, old, new = consortium.registry, consortium.wallet(2), wallet_of(50)
    before = tuple(registry.member(2))[1:]
    tx = registry.rotateWallet(new, {"from": old})
    assert tuple(tx.events["WalletRotated"].values()) == (2, old, new)
    assert registry.walletOf(2) == new
    assert tuple(registry.member(2))[1:] == before
    assert tuple(registry.memberOf(new)) == (2, False)
    assert tuple(registry.memberOf(old)) == (2, True)


def test_old_wallet_can_do_nothing_any_more(consortium):
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    with refused("MemberRegistryWalletRevoked", consortium.wallet(2), 2):
        consortium.registry.rotateWallet(wallet_of(51), {"from": consortium.wallet(2)})


@pytest.mark.parametrize("taken", [2, 3])
def test_wallet_of_a_member_is_refused_as_the_new_one(consortium, taken):
    with refused("MemberRegistryWalletInUse", consortium.wallet(taken), taken):
        consortium.registry.rotateWallet(consortium.wallet(taken), {"from": consortium.wallet(2)})


def test_wallet_left_behind_is_never_used_again_not_even_by_its_member(consortium):
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    for mover in (wallet_of(50), consortium.wallet(3)):
        with refused("MemberRegistryWalletRevoked", consortium.wallet(2), 2):
            consortium.registry.rotateWallet(consortium.wallet(2), {"from": mover})


def test_stranger_has_no_wallet_to_move(consortium, stranger):
    with refused("MemberRegistryUnknownWallet", stranger):
        consortium.registry.rotateWallet(wallet_of(50), {"from": stranger})


def test_rotation_during_a_vote_keeps_one_ballot(consortium):
    governor, new = consortium.assembly, wallet_of(50)
    question = opened(put(governor, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    vote(consortium, question, for_=[2])
    consortium.registry.rotateWallet(new, {"from": consortium.wallet(2)})
    with refused("ConsortiumGovernorAlreadyVoted", question.id, 2):
        governor.castVote(question.id, AGAINST, {"from": new})
    with refused("ConsortiumGovernorWalletRevoked", consortium.wallet(2), 2):
        governor.castVote(question.id, AGAINST, {"from": consortium.wallet(2)})
    assert governor.hasVoted(question.id, new)
    assert tuple(governor.proposalVotes(question.id)) == (0, 1, 0)


def test_member_that_moved_during_a_vote_still_belongs_to_the_electorate(consortium):
    question = opened(put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "urgent_matter")]))
    consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
    consortium.assembly.castVote(question.id, FOR, {"from": wallet_of(50)})
    assert tuple(consortium.assembly.proposalVotes(question.id)) == (0, 1, 0)


def test_member_in_default_cannot_take_an_applicants_wallet(consortium):
    consortium.registry.notifyBreach(2, 30 * DAY)
    at(chain[-1].timestamp + 30 * DAY + 1)
    consortium.registry.declareDefault(2)
    with refused("MemberRegistryUnexpectedStatus", 2, DEFAULTING):
        consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(2)})
