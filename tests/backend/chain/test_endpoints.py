import logging

import pytest

from backend.chain.connection import Patience
from backend.chain.endpoints import COMPARED_EVERY, DISTRUST, Endpoints
from backend.chain.node import BlockHeader, NodeBusyError, NodeRefusedError
from backend.errors import NodeUnavailableError, WrongChainError


class Clock:
    """Stands still but for those who sleep."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


class Scripted:
    """A node with a head and perhaps a mood."""

    def __init__(self, head=10, chain=31337, salt=""):
        self.newest, self.chain, self.salt = head, chain, salt
        self.mood = None
        self.asked = 0
        self.found = []

    def _answer(self, value):
        self.asked += 1
        if isinstance(self.mood, Exception):
            raise self.mood
        return value

    def chain_id(self):
        return self._answer(self.chain)

    def head(self):
        return self._answer(self.header(self.newest))

    def header(self, number):
        return BlockHeader(number, f"0x{number}{self.salt}", f"0x{number - 1}{self.salt}", number)

    def headers(self, numbers):
        return self._answer([self.header(number) if number <= self.newest else None for number in numbers])

    def logs(self, _first, _last, _addresses):
        return self._answer(self.found)

    def finalized_number(self):
        return self._answer(None)

    def has_code(self, _address):
        return self._answer(True)


AWAY = NodeUnavailableError("away")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def over(clock):
    def make(*nodes, chain_id=31337, attempts=3):
        return Endpoints(nodes, chain_id, Patience(attempts, sleep=clock.sleep), clock)

    return make


def test_the_first_node_is_asked_while_it_is_well(over):
    first, second = Scripted(10), Scripted(11)
    endpoints = over(first, second)

    assert [endpoints.head().number for _ in range(3)] == [10, 10, 10]
    assert second.asked == 0


def test_another_node_is_asked_when_one_fails_and_nothing_is_lost_by_waiting(over, clock):
    first, second = Scripted(10), Scripted(11)
    first.mood = AWAY
    endpoints = over(first, second)
    before = clock.now

    assert endpoints.head().number == 11
    assert clock.now == before
    assert [each.failures for each in endpoints.endpoints] == [1, 0]


def test_a_node_that_came_back_is_asked_when_the_other_fails(over, clock):
    first, second = Scripted(10), Scripted(11)
    first.mood = AWAY
    endpoints = over(first, second)
    endpoints.head()
    first.mood, second.mood = None, AWAY

    assert endpoints.head().number == 10


def test_one_node_is_tried_again_after_pauses_and_then_given_up(over, clock):
    node = Scripted()
    node.mood = AWAY
    with pytest.raises(NodeUnavailableError, match="away"):
        over(node, attempts=4).head()

    assert node.asked == 4
    assert clock.now > 1_000.0


def test_a_node_that_asks_for_rest_gets_it(over, clock):
    first, second = Scripted(10), Scripted(11)
    first.mood = NodeBusyError("HTTP status 429", 60.0)
    endpoints = over(first, second)
    endpoints.head()
    asked = first.asked
    first.mood, second.mood = None, AWAY
    with pytest.raises(NodeUnavailableError):
        endpoints.head()
    assert first.asked == asked

    clock.now += 60
    assert endpoints.head().number == 10


def test_a_node_on_another_chain_is_left_out_by_number(over, caplog):
    stray, right = Scripted(99, chain=1), Scripted(10)
    with caplog.at_level(logging.ERROR):
        endpoints = over(stray, right)
        assert endpoints.head().number == 10
        right.mood = AWAY
        with pytest.raises(NodeUnavailableError):
            endpoints.head()

    assert [record.getMessage() for record in caplog.records] == ["Node 1 is left out: it serves chain 1, not 31337"]
    assert endpoints.endpoints[0].health == 0


def test_where_no_node_serves_the_chain_it_is_said_which_one_does(over):
    with pytest.raises(WrongChainError, match="serves chain 1,"):
        over(Scripted(chain=1), Scripted(chain=2)).head()


def test_a_node_that_lags_is_left_for_one_that_is_further(over, clock):
    lagging, fresh = Scripted(10), Scripted(20)
    endpoints = over(lagging, fresh)
    assert endpoints.head().number == 10
    clock.now += COMPARED_EVERY

    assert endpoints.head().number == 20
    assert endpoints.head().number == 20


def test_a_no_is_passed_on_and_harms_nobodys_health(over):
    node = Scripted()
    node.mood = NodeRefusedError("eth_getLogs", -32005, "too wide")
    endpoints = over(node, chain_id=None)
    with pytest.raises(NodeRefusedError):
        endpoints.logs(1, 2, [])

    assert endpoints.endpoints[0].failures == 0


def test_nothing_in_a_wide_range_is_asked_of_a_second_node_too(over):
    forgetful, whole = Scripted(), Scripted()
    whole.found = ["a log"]
    endpoints = over(forgetful, whole)

    assert endpoints.logs(1, 100_000, []) == ["a log"]
    assert endpoints.endpoints[0].failures == 1


def test_witnesses_are_the_others_that_have_the_block(over):
    current, behind, other, away = Scripted(10), Scripted(8), Scripted(10, salt="b"), Scripted()
    away.mood = AWAY
    endpoints = over(current, behind, other, away)
    endpoints.head()

    assert [witness.hash for witness in endpoints.witnesses(9)] == ["0x9b"]
    assert [witness.hash for witness in endpoints.witnesses(8)] == ["0x8", "0x8b"]


def test_a_node_that_others_contradict_is_asked_last_for_a_while(over, clock):
    liar, honest = Scripted(10), Scripted(11)
    endpoints = over(liar, honest)
    endpoints.head()
    endpoints.distrust("it lied")
    assert endpoints.head().number == 11
    honest.mood = AWAY
    clock.now += DISTRUST

    assert endpoints.head().number == 10
