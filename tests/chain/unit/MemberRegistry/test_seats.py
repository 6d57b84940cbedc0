from brownie import chain
from consortium import DAY, at, mine_at
from reverts import refused

BOARD = 1


def test_seat_gives_the_vote_and_its_end_takes_it(consortium):
    registry = consortium.registry
    assert registry.grantSeat(BOARD, 5).events["VotingRightsChanged"]["rights"] == 0b111
    granted = chain[-1].timestamp
    at(granted + DAY)
    assert registry.endSeat(BOARD, 5).events["VotingRightsChanged"]["rights"] == 0b101
    mine_at(granted + 2 * DAY)
    assert [registry.entitledAt(BOARD, granted + offset) for offset in (-1, 0, DAY - 1, DAY)] == [3, 4, 4, 3]


def test_associate_gets_no_seat(consortium):
    with refused("MemberRegistryInvalidSeat", BOARD, 9):
        consortium.registry.grantSeat(BOARD, 9)


def test_seat_is_not_granted_twice_nor_ended_twice(consortium):
    with refused("MemberRegistryInvalidSeat", BOARD, 1):
        consortium.registry.grantSeat(BOARD, 1)
    with refused("MemberRegistryInvalidSeat", BOARD, 5):
        consortium.registry.endSeat(BOARD, 5)


def test_body_of_classes_has_no_seats(consortium):
    with refused("MemberRegistryInvalidSeat", 0, 5):
        consortium.registry.grantSeat(0, 5)


def test_body_that_does_not_exist_has_no_seats(consortium):
    with refused("MemberRegistryUnknownBody", 3):
        consortium.registry.grantSeat(3, 5)


def test_who_has_left_gets_no_seat(consortium):
    consortium.registry.recordExit(5)
    with refused("MemberRegistryInvalidSeat", BOARD, 5):
        consortium.registry.grantSeat(BOARD, 5)


def test_seats_are_refused_to_everyone_but_the_owner(consortium):
    for act in (consortium.registry.grantSeat, consortium.registry.endSeat):
        with refused("OwnableUnauthorizedAccount", consortium.registrar):
            act(BOARD, 5, {"from": consortium.registrar})
