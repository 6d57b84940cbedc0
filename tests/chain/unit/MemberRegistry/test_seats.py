import pytest
from brownie import chain
from consortium import DAY, at, mine_at
from reverts import refused

BOARD = 1


def test_seat_gives_the_vote_and_its_end_takes_it(consortium):
    registry = consortium.registry
    assert registry.grantSeat(BOARD, 5, 0).events["VotingRightsChanged"]["rights"] == 0b111
    granted = chain[-1].timestamp
    at(granted + DAY)
    assert registry.endSeat(BOARD, 5).events["VotingRightsChanged"]["rights"] == 0b101
    mine_at(granted + 2 * DAY)
    assert [registry.entitledAt(BOARD, granted + offset) for offset in (-1, 0, DAY - 1, DAY)] == [3, 4, 4, 3]


def test_associate_gets_no_seat(consortium):
    with refused("MemberRegistryInvalidSeat", BOARD, 9):
        consortium.registry.grantSeat(BOARD, 9, 0)


def test_seat_is_not_granted_twice_nor_ended_twice(consortium):
    with refused("MemberRegistryInvalidSeat", BOARD, 1):
        consortium.registry.grantSeat(BOARD, 1, 0)
    with refused("MemberRegistryInvalidSeat", BOARD, 5):
        consortium.registry.endSeat(BOARD, 5)


def test_body_of_classes_has_no_seats(consortium):
    with refused("MemberRegistryInvalidSeat", 0, 5):
        consortium.registry.grantSeat(0, 5, 0)


def test_body_that_does_not_exist_has_no_seats(consortium):
    with refused("MemberRegistryUnknownBody", 3):
        consortium.registry.grantSeat(3, 5, 0)


def test_who_has_left_gets_no_seat(consortium):
    consortium.registry.recordExit(5)
    with refused("MemberRegistryInvalidSeat", BOARD, 5):
        consortium.registry.grantSeat(BOARD, 5, 0)


def test_seats_are_refused_to_everyone_but_the_owner(consortium):
    for act, arguments in ((consortium.registry.grantSeat, (BOARD, 5, 0)), (consortium.registry.endSeat, (BOARD, 5))):
        with refused("OwnableUnauthorizedAccount", consortium.registrar):
            act(*arguments, {"from": consortium.registrar})


@pytest.fixture
def until(consortium):
    """Member 5 holds a seat until this second."""
    last = chain[-1].timestamp + 100 * DAY
    consortium.registry.grantSeat(BOARD, 5, last)
    return last


def test_seat_says_how_long_its_term_is(consortium, until):
    assert [consortium.registry.termOf(BOARD, member_id) for member_id in (1, 5)] == [0, until]
    with refused("MemberRegistryInvalidSeat", BOARD, 6):
        consortium.registry.termOf(BOARD, 6)


def test_term_that_is_over_already_is_refused(consortium):
    now = chain[-1].timestamp + DAY
    at(now)
    with refused("MemberRegistryInvalidTerm", now - 1, now):
        consortium.registry.grantSeat(BOARD, 5, now - 1)
    at(now + 1)
    consortium.registry.grantSeat(BOARD, 5, now + 1)


def test_anyone_clears_a_seat_the_second_after_its_term_and_not_before(consortium, until, stranger):
    at(until)
    with refused("MemberRegistryTermRunning", BOARD, 5, until):
        consortium.registry.clearLapsedSeat(BOARD, 5, {"from": stranger})
    at(until + 1)
    tx = consortium.registry.clearLapsedSeat(BOARD, 5, {"from": stranger})
    assert tuple(tx.events["SeatEnded"].values()) == (BOARD, 5)
    mine_at(until + 2)
    assert [consortium.registry.entitledAt(BOARD, second) for second in (until, until + 1)] == [4, 3]


def test_seat_without_term_is_never_cleared(consortium, stranger):
    mine_at(chain[-1].timestamp + 10_000 * DAY)
    with refused("MemberRegistryTermRunning", BOARD, 1, 0):
        consortium.registry.clearLapsedSeat(BOARD, 1, {"from": stranger})


def test_seat_is_not_cleared_twice(consortium, until, stranger):
    mine_at(until + 1)
    consortium.registry.clearLapsedSeat(BOARD, 5, {"from": stranger})
    with refused("MemberRegistryInvalidSeat", BOARD, 5):
        consortium.registry.clearLapsedSeat(BOARD, 5, {"from": stranger})


def test_who_is_elected_again_gets_the_new_term_whether_the_old_one_was_cleared_or_not(consortium, until):
    tx = consortium.registry.grantSeat(BOARD, 5, until + DAY)
    assert tuple(tx.events["SeatGranted"].values()) == (BOARD, 5, until + DAY)
    assert "VotingRightsChanged" not in tx.events
    mine_at(until + 1)
    with refused("MemberRegistryTermRunning", BOARD, 5, until + DAY):
        consortium.registry.clearLapsedSeat(BOARD, 5)


def test_term_granted_again_after_its_end_starts_afresh(consortium, until):
    consortium.registry.endSeat(BOARD, 5)
    consortium.registry.grantSeat(BOARD, 5, 0)
    assert consortium.registry.termOf(BOARD, 5) == 0
