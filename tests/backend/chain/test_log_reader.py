import msgspec
import pytest

from backend.chain.log_reader import AIM, FIRST_SPAN, FORGIVING, LogReader, in_order
from backend.chain.node import NodeRefusedError, RawLog
from backend.errors import NodeUnavailableError


def log(block, index, **changed):
    fresh = RawLog("0x01", ("0x02",), "0x", hex(block), f"0xb{block}", "0x04", hex(index))
    return msgspec.structs.replace(fresh, **changed)


class ShyNode:
    """Gives logs of at most `widest` blocks, one log in each; may stay away."""

    def __init__(self, widest=10**9, per_block=1):
        self.widest = widest
        self.per_block = per_block
        self.away = False
        self.asked = []

    def logs(self, first, last, _addresses):
        self.asked.append(last - first + 1)
        if self.away:
            raise NodeUnavailableError("away")
        if last - first + 1 > self.widest:
            raise NodeRefusedError("eth_getLogs", -32005, "too wide")
        return [log(block, index) for block in range(first, last + 1) for index in range(self.per_block)]


def read_all(reader, last):
    first, found = 1, []
    while first <= last:
        until, logs = reader.read(first, last, [])
        found += logs
        first = until + 1
    return found


@pytest.mark.parametrize("widest", [1, 2, 3, 7, 999, 1000, 1001])
def test_every_block_is_read_once_whatever_the_node_allows(widest):
    found = read_all(LogReader(ShyNode(widest)), 2500)

    assert [each.place[0] for each in found] == list(range(1, 2501))


def test_the_limit_is_learned_so_that_few_questions_are_refused():
    node = ShyNode(widest=100)
    read_all(LogReader(node), 6000)

    assert sum(width > 100 for width in node.asked) <= 6


def test_a_limit_is_forgotten_after_many_good_answers():
    node = ShyNode(widest=4, per_block=0)
    reader = LogReader(node)
    reader.read(1, 4000, [])
    node.widest = 10**9
    for _ in range(FORGIVING + 10):
        reader.read(1, 10**6, [])

    assert reader.span > 1000


def test_ranges_widen_over_empty_blocks_and_narrow_over_full_ones():
    quiet, busy = LogReader(ShyNode(per_block=0)), LogReader(ShyNode(per_block=50))
    before = quiet.span
    quiet.read(1, 10**6, [])
    busy.read(1, 10**6, [])

    assert quiet.span > before > busy.span


def test_a_node_that_refuses_a_single_block_is_believed():
    with pytest.raises(NodeRefusedError):
        LogReader(ShyNode(widest=0)).read(1, 100, [])


def test_after_an_outage_less_is_asked_for():
    node = ShyNode()
    reader = LogReader(node)
    node.away = True
    with pytest.raises(NodeUnavailableError):
        reader.read(1, 10_000, [])
    node.away = False
    reader.read(1, 10_000, [])

    assert node.asked == [FIRST_SPAN, FIRST_SPAN // 2]


def test_logs_come_in_the_chains_order_each_once_and_without_those_taken_back():
    jumbled = [log(2, 16), log(1, 3), log(2, 2), log(1, 3), log(10, 0), log(3, 0, removed=True)]

    assert [each.place for each in in_order(jumbled)] == [(1, 3), (2, 2), (2, 16), (10, 0)]


@pytest.mark.parametrize("per_block", [1, 7, 25, 400])
def test_answers_come_to_hold_about_as_many_logs_as_fit(per_block):
    node = ShyNode(per_block=per_block)
    reader = LogReader(node)
    sizes = [len(reader.read(1, 10**6, [])[1]) for _ in range(10)]

    assert sizes[-1] == pytest.approx(AIM, rel=0.1)


def test_few_blocks_at_the_head_do_not_teach_to_ask_for_less():
    reader = LogReader(ShyNode())
    for head in range(1, 20):
        reader.read(head, head, [])

    assert reader.span == FIRST_SPAN
