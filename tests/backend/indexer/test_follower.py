import threading

import pytest
from sqlalchemy import func, select

from backend.database.journal import BlockRecord, CursorRecord, EventRecord
from backend.database.records import BodyRecord, EarlierVoteRecord, ProposalRecord, VoteRecord
from backend.domain import events as e
from backend.domain.values import Address, BodyId, ProposalId, Timepoint
from backend.errors import MirrorBusyError, MirrorError, NodeUnavailableError
from backend.indexer import follower as following
from backend.indexer.follower import follow_once, run
from backend.indexer.projections import HANDLERS, PoisonEventError
from backend.indexer.pulse import Pulse
from tests.backend import story as s


def count(sessions, record):
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(record))


def cursor_of(sessions):
    with sessions() as session:
        return session.get(CursorRecord, 1)


def test_a_chain_is_taken_in_whole(follower, sessions, node, story):
    progress = follower.follow_once()

    assert progress.events == len(story.told) == count(sessions, EventRecord)
    assert progress.next_block == node.head().number + 1
    assert count(sessions, ProposalRecord) == sum(isinstance(event, e.ProposalFiled) for _, event in story.told)
    ballots = sum(isinstance(event, e.VoteCast) for _, event in story.told)
    assert count(sessions, VoteRecord) + count(sessions, EarlierVoteRecord) == ballots


def test_each_event_has_the_mark_by_which_its_transaction_is_found(follower, sessions):
    follower.follow_once()
    with sessions() as session:
        found = session.execute(select(EventRecord.transaction_hash, EventRecord.transaction_mark)).all()

    assert len({mark for _, mark in found}) > 100
    assert [mark for _, mark in found] == [whole[2:10] for whole, _ in found]


def test_one_look_needs_no_follower_of_its_own(node, sessions, deployment, story):
    assert follow_once(node, sessions, deployment).events == len(story.told)


def test_the_cursor_says_which_block_the_mirror_has(follower, sessions, node):
    follower.follow_once()
    cursor, head = cursor_of(sessions), node.head()

    assert (cursor.next_block - 1, cursor.block_hash, cursor.block_time) == (head.number, head.hash, head.time)
    assert cursor.head_number == head.number
    assert cursor.finalized_number == head.number - 2


def test_the_nodes_own_word_on_finality_goes_before_the_depth(follower, sessions, node):
    node.finalized = 20
    follower.follow_once()

    assert cursor_of(sessions).finalized_number == 20


def test_following_again_changes_nothing_but_the_time_of_the_look(make_follower, node, sessions, exported):
    ticks = iter(range(1000, 2000))
    follower = make_follower(node, sessions, clock=lambda: float(next(ticks)))
    follower.follow_once()
    before, text = cursor_of(sessions), exported(sessions)

    assert follower.follow_once().events == 0
    after = cursor_of(sessions)
    assert exported(sessions) == text
    assert after.revision == before.revision
    assert after.checked_at > before.checked_at


def test_the_revision_moves_with_each_block_taken_in(follower, sessions, node):
    follower.follow_once()
    before = cursor_of(sessions).revision
    node.mine(s.NOW)
    follower.follow_once()

    assert cursor_of(sessions).revision > before


def test_block_by_block_and_all_at_once_give_the_same_mirror(make_follower, node, make_sessions, exported, fresh):
    sessions = make_sessions()
    live = make_follower(node, sessions)
    for number in range(node.start + 1, node.head().number + 1):
        node.visible = number
        live.follow_once()
    node.visible = None

    assert exported(sessions) == fresh(node)


def test_a_node_that_gives_few_blocks_at_once_is_asked_for_fewer(follower, node, sessions, story):
    node.widest = 7
    follower.follow_once()

    assert count(sessions, EventRecord) == len(story.told)
    assert all(last - first < 7 for first, last in node.asked[-5:])


def test_logs_without_times_get_them_from_headers(make_follower, make_sessions, story, node, exported):
    timed, untimed = make_sessions(), make_sessions()
    make_follower(node, timed).follow_once()
    for block in node.blocks:
        node.blocks[node.blocks.index(block)] = type(block)(block.header, tuple(_untimed(log) for log in block.logs))
    make_follower(node, untimed).follow_once()

    assert exported(untimed) == exported(timed)


def _untimed(log):
    return type(log)(
        log.address, log.topics, log.data, log.block_number, log.block_hash, log.transaction_hash, log.log_index
    )


def test_a_body_created_within_a_range_is_heard_in_the_same_range(follower, node, sessions):
    governor, timelock = Address("0x" + "99" * 20), Address("0x" + "98" * 20)
    created = e.ProposalCreated(
        ProposalId(77), s.wallet_of(1), (s.RECORDS,), (0,), ("0x12345678",), Timepoint(s.NOW), Timepoint(s.NOW + 9), "t"
    )
    filed = e.ProposalFiled(ProposalId(77), 1, s.POLICY, s.GA_2_3, s.MEMBERS[0][0], extraordinary=True)
    node.mine(s.NOW, (s.REGISTRY, e.BodyCreated(BodyId(3), "jury", governor, timelock, 2)))
    node.mine(s.NOW + 1, (governor, created), (governor, filed))
    follower.follow_once()

    with sessions() as session:
        assert session.get(BodyRecord, (1, 3)).name == "jury"
        assert session.get(ProposalRecord, (1, 3, 77)).extraordinary


def test_a_crash_within_a_batch_leaves_nothing_of_it(follower, sessions, node, story, exported, monkeypatch):
    node.visible = node.head().number - 5
    follower.follow_once()
    text, journaled = exported(sessions), count(sessions, EventRecord)
    node.visible = None

    def crash(*_):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setitem(HANDLERS, type(story.told[-1][1]), crash)
        with pytest.raises(RuntimeError, match="power cut"):
            follower.follow_once()
    assert exported(sessions) == text
    assert count(sessions, EventRecord) == journaled

    follower.follow_once()
    assert count(sessions, EventRecord) == len(story.told)


def test_an_event_that_contradicts_the_mirror_stops_it_and_is_named(follower, node, sessions):
    follower.follow_once()
    before = cursor_of(sessions).next_block
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(Address("0x" + "77" * 20), s.OPEN, 1, 1, "")))

    with pytest.raises(PoisonEventError, match=f"VoteCast in block {node.head().number}, log 0"):
        follower.follow_once()
    assert cursor_of(sessions).next_block == before


def test_an_act_of_a_proposal_that_is_not_on_record_stops_the_mirror(follower, node):
    node.mine(s.NOW, (s.GOVERNORS[0], e.ProposalExecuted(ProposalId(424242))))

    with pytest.raises(MirrorError, match="executed_at"):
        follower.follow_once()


def test_two_indexers_on_one_database_are_noticed(make_follower, node, sessions, monkeypatch):
    one, other = make_follower(node, sessions), make_follower(node, sessions)
    take_in = one._take_in

    def take_in_after_the_other(*taken):
        other.follow_once()
        take_in(*taken)

    monkeypatch.setattr(one, "_take_in", take_in_after_the_other)
    with pytest.raises(MirrorBusyError):
        one.follow_once()


def test_empty_blocks_are_kept_only_until_they_are_final(follower, node, sessions):
    for later in range(20):
        node.mine(s.NOW + later)
        follower.follow_once()

    with sessions() as session:
        empty = session.scalars(
            select(BlockRecord.number).where(
                ~select(EventRecord).where(EventRecord.block_number == BlockRecord.number).exists()
            )
        ).all()
    assert set(empty) == {node.head().number - back for back in range(3)}


def test_an_outage_of_the_node_is_waited_out(follower, node, sessions, story):
    node.fails = 2
    stop = threading.Event()
    runner = threading.Thread(target=run, args=(follower, stop, 0.01))
    runner.start()
    while count(sessions, EventRecord) < len(story.told) and runner.is_alive():
        pass
    stop.set()
    runner.join(timeout=10)

    assert count(sessions, EventRecord) == len(story.told)


def test_pauses_grow_while_the_node_is_away_and_shrink_when_it_is_back(follower, node, monkeypatch):
    node.fails = 3
    pauses = []

    class Impatient(Pulse):
        def wait(self, seconds, stop):
            pauses.append(seconds)
            if len(pauses) == 5:
                stop.set()

    run(follower, threading.Event(), 10.0, Impatient())

    assert pauses[3:] == [10.0, 10.0]
    for pause, middle in zip(pauses[:3], (20.0, 30.0, 30.0), strict=True):
        assert 0.75 * middle <= pause <= 1.25 * middle
    assert following.LONGEST_PAUSE == 30.0


def test_a_poisoned_mirror_does_not_try_for_ever(follower, node):
    node.mine(s.NOW, (s.GOVERNORS[0], e.VoteCast(Address("0x" + "77" * 20), s.OPEN, 1, 1, "")))

    with pytest.raises(PoisonEventError):
        run(follower, threading.Event(), 0.01)


def test_a_node_that_stays_away_is_reported_to_who_looks_once(follower, node):
    node.fails = 1_000

    with pytest.raises(NodeUnavailableError):
        follower.follow_once()
