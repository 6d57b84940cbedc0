"""One indexer leads; whoever dies, stands still or loses its connection is followed by another within seconds."""

from __future__ import annotations

import os
import signal
import threading
import time
from statistics import median

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from backend.database.leadership import begin_term, sessions_in_term
from backend.database.schema import upgrade
from backend.errors import LeadershipLostError
from backend.indexer.consortia import register
from backend.indexer.election import Candidate
from tests.mirror.chain import blocks_of
from tests.mirror.conftest import deployment_on, wait_until
from tests.mirror.crowd import Crowd
from tests.mirror.reference import assert_the_same
from tests.mirror.sizes import SEED, SIZE, TAKEOVER, figure

LOCK = (31_337, "0x01")


@pytest.fixture
def mirror(database_url, watch):
    """A database with a consortium that nobody follows yet."""
    upgrade(database_url)
    opened = watch(database_url)
    with opened.sessions.begin() as session:
        register(session, deployment_on())
    return opened


class Indexers:
    """Programs that all want to follow one chain."""

    def __init__(self, start):
        self._start = start
        self.running = {}

    def add(self):
        process = self._start()
        self.running[process.pid] = process

    def remove(self, leader):
        """Take the leader out, when another stands by. Returns its process."""
        process = self.running.pop(pid_of(leader))
        wait_until(lambda: stands_by(self.running.values()), 120)
        return process


@pytest.fixture
def indexers(programs, database_url, make_chain):
    """A chain, and three programs that want to follow it."""
    chain, record = make_chain()
    settings = {"deployment": record, "database_url": database_url, "rpc_url": chain.url, "poll_seconds": 0.1}
    started = Indexers(lambda: programs.fork("index", **settings))
    for _ in range(3):
        started.add()
    return chain, started


def pid_of(leader):
    return int(leader.name.rpartition(":")[2])


def stands_by(processes):
    """Whether one of the others is waiting to be elected."""
    return any("standing by" in process.log.read_text() for process in processes)


def take_over(mirror, former, strike):
    """Seconds from a strike at the leader until another leads."""
    begun = time.monotonic()
    strike()
    wait_until(lambda: mirror.leader().term > former.term, 30)
    return time.monotonic() - begun


def events_under(chain, told, kills):
    """Lets things happen on the chain, a little more at each call: the story first, then ballots without end."""
    blocks = blocks_of(told)
    size = -(-2 * len(blocks) // kills)
    for start_at in range(0, len(blocks), size):
        for block in blocks[start_at : start_at + size]:
            chain.tell(block)
        yield
    crowd = Crowd(chain, told, SEED)
    crowd.join()
    while True:
        crowd.vote(crowd.random.randint(1, 20))
        yield


def test_leaders_that_are_killed_one_after_another_lose_nothing_and_double_nothing(
    database_url, indexers, told, watch, reference, fresh
):
    chain, programs = indexers
    mirror, beside = watch(database_url), reference(chain)
    engine = mirror.engine.dialect.name
    wait_until(lambda: mirror.leader() is not None, 120)
    happens = events_under(chain, told, SIZE.leaders[engine])
    times = []
    for _ in range(SIZE.leaders[engine]):
        leader = mirror.leader()
        struck = programs.remove(leader)
        next(happens)
        times.append(take_over(mirror, leader, struck.kill))
        assert pid_of(mirror.leader()) in programs.running
        programs.add()
        mirror.wait_for(chain.head)
        assert_the_same(mirror, beside.read())
    name = f"a standby leads after kill -9 of the leader, {engine}"
    figure(name, max(times), "s", goal=TAKEOVER, median=round(median(times), 2), kills=len(times))

    assert_the_same(mirror, fresh(chain))


def test_a_leader_that_stands_still_is_replaced_and_writes_nothing_when_it_wakes_up(
    postgres_url, programs, make_chain, told, watch, fresh
):
    chain, record = make_chain()
    settings = {"deployment": record, "database_url": postgres_url, "rpc_url": chain.url, "poll_seconds": 0.1}
    running = {process.pid: process for process in (programs.fork("index", **settings) for _ in range(2))}
    mirror = watch(postgres_url)
    wait_until(lambda: mirror.leader() is not None, 120)
    wait_until(lambda: stands_by(running.values()), 120)
    leader = mirror.leader()
    seconds = take_over(mirror, leader, lambda: os.kill(pid_of(leader), signal.SIGSTOP))
    chain.tell(told)
    os.kill(pid_of(leader), signal.SIGCONT)
    mirror.wait_for(chain.head)
    wait_until(lambda: stands_by([running[pid_of(leader)]]))
    figure("a standby leads after the leader stands still", seconds, "s", goal=TAKEOVER)

    assert mirror.leader().term == leader.term + 1
    assert_the_same(mirror, fresh(chain))


def test_who_is_told_to_stop_while_waiting_leads_nothing(mirror):
    stop = threading.Event()
    first, second = (Candidate(mirror.engine, 1, LOCK) for _ in range(2))
    with first.elected(threading.Event()) as leading:
        assert leading.number == 1
        threading.Timer(0.5, stop.set).start()
        with second.elected(stop) as term:
            assert term is None
    with second.elected(threading.Event()) as term:
        assert term.number == 2


def test_a_term_that_is_over_can_neither_read_nor_write(mirror):
    term = begin_term(mirror.engine, 1, "one", 0.0)
    sessions = sessions_in_term(mirror.engine, 1, term, "one")
    with sessions.begin() as session:
        session.connection()
    assert begin_term(mirror.engine, 1, "two", 0.0) == term + 1
    namesake = sessions_in_term(mirror.engine, 1, term + 1, "one")
    for over in (sessions, namesake):
        with pytest.raises(LeadershipLostError), over.begin() as session:
            session.connection()


def test_another_consortium_is_led_by_another(mirror):
    with mirror.sessions.begin() as session:
        other = register(session, deployment_on(99))
    with (
        Candidate(mirror.engine, 1, LOCK).elected(threading.Event()) as one,
        Candidate(mirror.engine, other, (99, "0x01")).elected(threading.Event()) as two,
    ):
        assert (one.number, two.number) == (1, 1)


def test_a_transaction_of_a_leader_taken_for_dead_is_undone(postgres_url, watch):
    upgrade(postgres_url)
    mirror = watch(postgres_url)
    with mirror.sessions.begin() as session:
        register(session, deployment_on())
    sessions = sessions_in_term(mirror.engine, 1, begin_term(mirror.engine, 1, "one", 0.0), "one")
    stuck = sessions()
    stuck.connection()
    begin_term(mirror.engine, 1, "two", 0.0)  # would wait for the other's transaction for ever
    with pytest.raises(DBAPIError):
        stuck.execute(select(1))
    stuck.invalidate()

    assert mirror.leader().name == "two"
