"""While one range of blocks is taken in, the next is decoded and the one after it asked for already."""

import threading

import pytest
from sqlalchemy import select

from backend.chain import log_reader
from backend.database.records import ProposalRecord
from backend.domain import events as e
from backend.domain.values import Address
from backend.errors import MirrorError, UndecodableLogError
from tests.backend import story as s
from tests.backend.indexer.simulated_node import SimulatedNode, tell

SPAN = 7
"""Blocks in a range."""
STRANGE = "0x" + "ab" * 32


class WatchedNode(SimulatedNode):
    """Lets a test wait until a range that was asked for has been answered whole, headers included."""

    def __init__(self):
        super().__init__()
        self.answered = threading.Semaphore(0)

    def headers(self, numbers):
        found = super().headers(numbers)
        if threading.current_thread().name.startswith("fetch"):
            self.answered.release()
        return found


@pytest.fixture(autouse=True)
def short_ranges(monkeypatch):
    monkeypatch.setattr(log_reader, "WIDEST_SPAN", SPAN)
    monkeypatch.setattr("backend.indexer.fetching.LogReader", lambda node: log_reader.LogReader(node, SPAN))


@pytest.fixture
def node(story):
    node = WatchedNode()
    tell(node, story.told)
    return node


def wait_for(node, ranges):
    for _ in range(ranges):
        assert node.answered.acquire(timeout=5)


def test_two_ranges_are_asked_for_while_one_is_taken_in_and_no_further_one(follower, node):
    asked = []

    def look(progress):
        if progress.next_block <= node.head().number - SPAN:
            wait_for(node, 1 if asked else 3)
            asked.append(len(node.asked))

    follower.follow_once(look)

    assert asked == [taken + 3 for taken in range(len(asked))]
    assert len(asked) > 3


def test_a_range_read_ahead_that_a_reorganisation_overtakes_is_dropped(make_follower, node, sessions, exported, fresh):
    follower = make_follower(node, sessions, finality_depth=node.head().number)
    seen = []

    def fork(progress):
        seen.append(progress.next_block)
        if len(seen) == 2:
            wait_for(node, 3)
            gone = node.forget(node.head().number - progress.next_block + 3)
            for block in gone:
                node.mine(block.header.time + 1, salt="other")

    progress = follower.follow_once(fork)

    assert progress.cut > 0
    assert node.asked[2][0] == seen[1]
    assert exported(sessions) == fresh(node)


def test_what_was_read_ahead_before_a_body_was_known_is_read_again(follower, node, sessions, exported, fresh):
    governor, timelock = Address("0x" + "99" * 20), Address("0x" + "98" * 20)
    node.mine(s.NOW, (s.REGISTRY, e.BodyCreated(s.BodyId(3), "jury", governor, timelock, 2)))
    for later in range(1, 3 * SPAN):
        member = s.wallet_of(1)
        node.mine(s.NOW + later, (governor, _created(later, member)), (governor, _filed(later)))
    follower.follow_once()

    assert exported(sessions) == fresh(node)
    with sessions() as session:
        put = session.scalars(select(ProposalRecord).where(ProposalRecord.body_id == 3)).all()
    assert len(put) == 3 * SPAN - 1


def _created(number, member):
    times = (s.Timepoint(s.NOW), s.Timepoint(s.NOW + 9))
    return e.ProposalCreated(s.ProposalId(9_000 + number), member, (s.RECORDS,), (0,), ("0x12345678",), *times, "t")


def _filed(number):
    return e.ProposalFiled(s.ProposalId(9_000 + number), number, s.POLICY, s.GA_2_3, s.MEMBERS[0][0], False)


def test_an_unreadable_log_ahead_stops_the_mirror_only_where_it_lies(follower, node, sessions):
    taken = []
    last = node.head().number
    node.mine(s.NOW, (s.REGISTRY, e.SeatEnded(s.BodyId(1), s.MEMBERS[0][0])))
    block = node.blocks[-1]
    strange = type(block.logs[0])(
        s.REGISTRY, (STRANGE,), "0x", hex(last + 1), block.header.hash, block.logs[0].transaction_hash, "0x0"
    )
    node.blocks[-1] = type(block)(block.header, (strange,))

    with pytest.raises(UndecodableLogError, match=f"{STRANGE}.*block {last + 1}, log 0"):
        follower.follow_once(lambda progress: taken.append(progress.next_block))
    assert last - SPAN < taken[-1] - 1 <= last


def test_no_thread_is_left_behind_when_taking_in_fails(follower, node):
    node.mine(s.NOW, (s.GOVERNORS[0], e.ProposalExecuted(s.ProposalId(424242))))

    with pytest.raises(MirrorError):
        follower.follow_once()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("fetch", "decode"))]
