from dataclasses import dataclass, field

import msgspec
import pytest

from backend.chain import checked_node
from backend.chain.bloom import bloom_of
from backend.chain.checked_node import LOOKED_AT, NEAR_THE_HEAD, CheckedNode
from backend.chain.node import BlockHeader, NodeDistrustedError, NodeRefusedError, RawLog

OURS, FOREIGN = "0x" + "11" * 20, "0x" + "22" * 20
TOPIC = "0x" + "33" * 32


def log(block, index=0, address=OURS, **changed):
    fresh = RawLog(address, (TOPIC,), "0x", hex(block), f"0xb{block}", "0x04", hex(index))
    return msgspec.structs.replace(fresh, **changed)


@dataclass
class Told:
    """A node that tells the truth in its blooms and receipts, and whatever the test likes in its logs."""

    truth: list = field(default_factory=list)
    said: list | None = None
    by_hash: list | None = None
    newest: int = 100
    crowded: int = 0
    has_receipts: bool = True
    asked: list = field(default_factory=list)

    def head(self):
        return self.header(self.newest)

    def header(self, number):
        bloom = bloom_of(each for each in self.truth if each.place[0] == number) | self.crowded
        return BlockHeader(number, f"0xb{number}", f"0xb{number - 1}", number, bloom)

    def headers(self, numbers):
        self.asked += numbers
        return [self.header(number) if number <= self.newest else None for number in numbers]

    def logs(self, first, last, addresses):
        wanted = [each for each in self.truth if first <= each.place[0] <= last and each.address in addresses]
        return wanted if self.said is None else self.said

    def logs_of_block(self, block_hash, addresses):
        if self.by_hash is not None:
            return self.by_hash
        return [each for each in self.truth if each.block_hash == block_hash and each.address in addresses]

    def all_logs_of_block(self, block_hash):
        if not self.has_receipts:
            raise NodeRefusedError("eth_getBlockReceipts", -32601, "unknown method")
        return [each for each in self.truth if each.block_hash == block_hash]


@pytest.mark.parametrize(
    "said",
    [
        [log(9)],
        [log(21)],
        [log(15, address=FOREIGN)],
        [log(15, removed=True)],
        [log(15), log(15, data="0x01")],
        [log(15), log(15, 1, block_hash="0xother")],
        [log(15, block_number="soon")],
    ],
    ids=["before", "after", "foreign", "taken back", "two contents", "two blocks of one number", "nonsense"],
)
def test_logs_that_were_not_asked_for_refuse_the_answer(said):
    with pytest.raises(NodeDistrustedError):
        CheckedNode(Told([log(15)], said)).logs(10, 20, [OURS])


def test_what_was_asked_for_is_passed_on_also_when_it_is_repeated():
    assert CheckedNode(Told([log(15)], [log(15), log(15)])).logs(10, 20, [OURS]) == [log(15), log(15)]


def test_an_empty_answer_is_believed_where_the_blooms_bear_it_out():
    node = Told([log(15, address=FOREIGN)])

    assert CheckedNode(node).logs(10, 20, [OURS]) == []
    assert node.asked == list(range(10, 21))


@pytest.mark.parametrize("by_hash", [None, []], ids=["the block's own logs tell", "only the receipts tell"])
def test_an_empty_answer_that_a_bloom_contradicts_is_refused(by_hash):
    with pytest.raises(NodeDistrustedError, match="left out the logs of block 15"):
        CheckedNode(Told([log(15)], said=[], by_hash=by_hash)).logs(10, 20, [OURS])


def test_a_bloom_that_looks_like_ours_by_chance_does_not_refuse_the_answer(monkeypatch):
    monkeypatch.setattr(checked_node, "may_hold", lambda *_: True)

    assert CheckedNode(Told([log(15, address=FOREIGN)])).logs(10, 20, [OURS]) == []


def test_receipts_that_are_not_those_of_the_header_are_refused():
    node = Told([log(15)], said=[], by_hash=[])
    node.all_logs_of_block = lambda _: []
    with pytest.raises(NodeDistrustedError, match="receipts of block 15"):
        CheckedNode(node).logs(10, 20, [OURS])


def test_where_blooms_say_nothing_any_more_the_blocks_own_logs_decide():
    crowded = (1 << 2048) - 1
    assert CheckedNode(Told([], crowded=crowded, has_receipts=False)).logs(10, 20, [OURS]) == []
    with pytest.raises(NodeDistrustedError, match="left out"):
        CheckedNode(Told([log(15)], said=[], crowded=crowded)).logs(10, 20, [OURS])


def test_a_node_without_receipts_is_believed_after_it_said_nothing_twice():
    node = Told([log(15)], said=[], by_hash=[], has_receipts=False)
    assert CheckedNode(node).logs(10, 20, [OURS]) == []


def test_near_the_head_a_single_missing_block_is_found():
    node = Told([log(98), log(99)], said=[log(99)])
    checked = CheckedNode(node)
    checked.head()
    with pytest.raises(NodeDistrustedError, match="left out the logs of block 98"):
        checked.logs(1, 100, [OURS])


def test_far_from_the_head_an_answer_with_logs_costs_no_further_question():
    node = Told([log(15)], newest=1_000)
    checked = CheckedNode(node)
    checked.head()
    checked.logs(1, 1_000 - NEAR_THE_HEAD, [OURS])
    assert node.asked == []


def test_of_a_wide_empty_range_blocks_are_drawn_by_lot():
    node = Told(newest=10**6)
    CheckedNode(node).logs(1, 100_000, [OURS])
    assert len(set(node.asked)) == LOOKED_AT


def test_logs_up_to_a_block_that_the_node_lacks_are_refused():
    with pytest.raises(NodeDistrustedError, match="without having block 101"):
        CheckedNode(Told(newest=100)).logs(90, 110, [OURS])


def test_a_header_of_another_block_is_refused():
    node = Told()
    node.headers = lambda numbers: [node.header(number + 1) for number in numbers]
    with pytest.raises(NodeDistrustedError, match="asked for block 5, it gave block 6"):
        CheckedNode(node).headers([5])
