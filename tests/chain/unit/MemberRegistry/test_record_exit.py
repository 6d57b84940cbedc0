from consortium import LEFT, wallet_of
from reverts import refused


def test_who_leaves_loses_vote_and_seats(consortium):
    tx = consortium.registry.recordExit(1)
    assert tuple(tx.events["SeatEnded"].values()) == (1, 1)
    assert tx.events["VotingRightsChanged"]["rights"] == 0
    assert tuple(consortium.registry.member(1))[2:] == (LEFT, "0x5349", 0, 0)


def test_who_has_left_cannot_leave_again_nor_move_its_wallet(consortium):
    consortium.registry.recordExit(4)
    with refused("MemberRegistryUnexpectedStatus", 4, LEFT):
        consortium.registry.recordExit(4)
    with refused("MemberRegistryUnexpectedStatus", 4, LEFT):
        consortium.registry.rotateWallet(wallet_of(50), {"from": consortium.wallet(4)})
