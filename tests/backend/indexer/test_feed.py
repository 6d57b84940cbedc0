"""Readers of the feed of changes end equal to the mirror, whatever happened and whenever they looked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from backend.database.changes import ChangeRecord, FeedRecord, SpanRecord
from backend.database.journal import BlockRecord, EventRecord
from backend.domain import events as e
from backend.errors import InvalidCursorError
from backend.indexer import feed, journal
from backend.indexer.rebuild import rebuild
from backend.queries.changes import read_changes
from backend.queries.event_data import ALL_TYPES, EVENT_CLASSES, TYPES
from backend.queries.moments import moments_between
from backend.queries.refusals import FeedRestartedError
from tests.backend import story as s
from tests.backend.indexer.histories import Lawful, let_days_pass
from tests.backend.indexer.simulated_node import SimulatedNode, tell

ASSEMBLY = s.GOVERNORS[0]
LAWFUL = {"proposal.opened", "proposal.closed"}
"""Moments that nothing in a random history changes after the fact."""


@pytest.fixture
def consortium(mirror):
    return mirror.consortium


@pytest.fixture
def telling(make_follower, consortium):
    """Makes followers that tell what time brings."""

    def make(node, sessions, **more):
        def moments(session, since, until):
            return moments_between(session, consortium, since, until)

        return make_follower(node, sessions, moments=moments, **more)

    return make


class Reader:
    """Takes in the feed as a program elsewhere would, in parts of any size, and undoes what is reverted."""

    def __init__(self, sessions, consortium):
        self.sessions, self.consortium = sessions, consortium
        self.cursor, self.held, self.numbers = "0", {}, []

    def read(self, limit=7, parts=1_000):
        for _ in range(parts):
            with self.sessions() as session:
                part = read_changes(session, self.consortium, self.cursor, limit=limit)
            for change in part.items:
                self.take(change)
            self.cursor = part.next_cursor
            if not part.more:
                return

    def take(self, change):
        self.numbers.append(change.number)
        if change.type == "reverted":
            taken_back = self.held.pop(change.reverts)
            assert taken_back.type == change.reverted_type
        elif change.type != "index.reorganised":
            self.held[change.number] = change

    def places(self):
        return [
            (change.block_number, change.block_hash, change.log_index)
            for change in self.held.values()
            if change.log_index is not None
        ]

    def turns(self):
        moments = (change for change in self.held.values() if change.log_index is None)
        return sorted((c.at, c.type, c.subject.proposal_id) for c in moments if c.type in LAWFUL)


def journal_of(sessions):
    with sessions() as session:
        blocks, events = BlockRecord, EventRecord
        return [
            tuple(row)
            for row in session.execute(
                select(blocks.number, blocks.hash, events.log_index)
                .join(events, events.block_number == blocks.number)
                .order_by(blocks.number, events.log_index)
            )
        ]


def turns_of(sessions, consortium):
    with sessions() as session:
        until = session.get_one(FeedRecord, 1).told_until
        found = moments_between(session, consortium, 0, until)
    return sorted((m.at, m.turn.value, m.proposal_id) for m in found if m.turn.value in LAWFUL)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(draw=st.randoms(use_true_random=False), span=st.integers(1, 40))
def test_whoever_takes_in_the_feed_ends_equal_to_the_mirror_after_any_forks(
    make_sessions, telling, consortium, story, draw, span
):
    node, sessions = SimulatedNode(), make_sessions()
    tell(node, story.told)
    history = Lawful(node, draw, story.told)
    follower = telling(node, sessions, finality_depth=64)
    readers = [Reader(sessions, consortium) for _ in range(3)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "LONGEST_SPAN", span)
        for _ in range(draw.randint(2, 6)):
            history.go_on(draw.randint(1, 5))
            if draw.random() < 0.5:
                let_days_pass(history, draw)
            follower.follow_once()
            for reader in readers:
                reader.read(limit=draw.randint(1, 9), parts=draw.choice((0, 1, 5, 1_000)))
            history.fork(draw.randint(0, 6))
        follower.follow_once()
    newcomer = Reader(sessions, consortium)
    for reader in (*readers, newcomer):
        reader.read(limit=50)

    for reader in (*readers, newcomer):
        assert reader.numbers == list(range(1, len(reader.numbers) + 1))
        assert reader.places() == journal_of(sessions)
        assert reader.turns() == turns_of(sessions, consortium)
        assert reader.held.keys() == newcomer.held.keys()


@pytest.fixture
def live(telling, node, sessions):
    follower = telling(node, sessions, finality_depth=64)
    follower.follow_once()
    return follower


def ballot(member, support=s.FOR):
    return (ASSEMBLY, e.VoteCast(s.wallet_of(member), s.OPEN, support, 1, ""))


def test_a_fork_takes_back_what_was_told_newest_first_and_tells_what_stands_now(live, node, sessions, consortium):
    reader = Reader(sessions, consortium)
    reader.read()
    before = len(reader.numbers)
    node.mine(s.NOW, ballot(3), ballot(6, s.AGAINST))
    live.follow_once()
    node.forget(1)
    node.mine(s.NOW, ballot(6), salt="fork")
    live.follow_once()
    with sessions() as session:
        told = read_changes(session, consortium, reader.cursor).items

    ballots = [(c.type, c.reverted_type, c.reverts and c.reverts - before, c.subject.member_id) for c in told]
    assert [each for each in ballots if "seat.lapsed" not in each] == [
        ("ballot.cast", None, None, 3),
        ("ballot.cast", None, None, 6),
        ("index.reorganised", None, None, None),
        ("reverted", "ballot.cast", 2, 6),
        ("reverted", "ballot.cast", 1, 3),
        ("ballot.cast", None, None, 6),
    ]


def test_what_time_brings_is_told_once_and_again_only_if_a_fork_took_it_back(live, node, sessions, consortium):
    node.mine(s.NOW + 400 * s.DAY)
    live.follow_once()
    live.follow_once()
    reader = Reader(sessions, consortium)
    reader.read()
    once = reader.turns()
    assert len(once) == len(set(once)) > 10
    node.forget(1)
    node.mine(s.NOW + 1, salt="fork")
    live.follow_once()
    reader.read()
    assert set(reader.turns()) < set(once)
    node.mine(s.NOW + 400 * s.DAY)
    live.follow_once()
    reader.read()
    assert reader.turns() == once


def test_a_proposal_that_a_slow_chain_files_late_still_opens(telling, sessions, consortium, story):
    filed = next(index for index, (_, event) in enumerate(story.told) if isinstance(event, e.ProposalCreated))
    node = SimulatedNode()
    tell(node, story.told[:filed])
    follower = telling(node, sessions, finality_depth=64, clock=lambda: s.NOW + 900 * s.DAY)
    follower.follow_once()
    tell(node, story.told[filed:])
    follower.follow_once()
    reader = Reader(sessions, consortium)
    reader.read()

    assert reader.turns() == turns_of(sessions, consortium) != []


def test_trouble_in_telling_the_time_does_not_stop_the_index_and_is_made_up_for(
    make_follower, telling, node, sessions, consortium, caplog
):
    follower = make_follower(node, sessions, finality_depth=64, moments=lambda *_: {}["trouble"])
    progress = follower.follow_once()
    assert progress.events > 60
    assert "could not be told" in caplog.text
    telling(node, sessions, finality_depth=64).follow_once()
    reader = Reader(sessions, consortium)
    reader.read()

    assert reader.turns() == turns_of(sessions, consortium) != []


def test_rebuilding_leaves_the_feed_as_it_is_and_the_export_does_not_know_it(live, node, sessions, exported, fresh):
    node.mine(s.NOW, ballot(3))
    live.follow_once()
    node.forget(1)
    node.mine(s.NOW, salt="fork")
    live.follow_once()
    before = rows_of_feed(sessions)
    with sessions.begin() as session:
        rebuild(session)

    assert rows_of_feed(sessions) == before
    assert exported(sessions) == fresh(node)


def rows_of_feed(sessions):
    with sessions() as session:
        return [
            session.execute(select(*record.__table__.columns)).all()
            for record in (FeedRecord, SpanRecord, ChangeRecord)
        ]


def test_events_cost_no_row_of_their_own(live, sessions):
    with sessions() as session:
        spans = session.scalar(select(func.count()).select_from(SpanRecord))
        rows = session.scalar(select(func.count()).select_from(ChangeRecord).where(ChangeRecord.log_index.is_not(None)))
        events = journal.count(session.connection(), 1)

    assert (spans, rows) == (1, 0)
    assert events > 60


@pytest.mark.parametrize("cursor", ["1", "-1", "zzzzzzzz-1", "0123abcd-01", "0123abcd--1", "0123abcd-1;", "", "0-0"])
def test_attack_a_cursor_that_was_made_up_is_refused(live, sessions, consortium, cursor):
    with sessions() as session, pytest.raises(InvalidCursorError):
        read_changes(session, consortium, cursor)


def test_attack_a_cursor_of_another_feed_or_beyond_the_end_is_refused(live, sessions, consortium):
    with sessions() as session:
        ours = session.get_one(FeedRecord, 1)
        for cursor in (f"{ours.name}-{ours.newest + 1}", f"{'0' * 8}-1", f"{ours.name}-{10**17}"):
            with pytest.raises(FeedRestartedError):
                read_changes(session, consortium, cursor)
        assert read_changes(session, consortium, f"{ours.name}-{ours.newest}").items == ()


def test_every_event_has_a_type_and_every_moment_one_of_its_own():
    assert TYPES.keys() == EVENT_CLASSES.keys()
    assert len(ALL_TYPES) == len(set(ALL_TYPES))
