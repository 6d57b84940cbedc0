"""One indexer leads; whoever dies, stands still or loses its connection is followed by another within seconds."""

from __future__ import annotations

import os
import signal
import threading
import time
from statistics import median

import pytest

from backend.database.leadership import begin_term, sessions_in_term
from backend.database.schema import upgrade
from backend.errors import LeadershipLostError
from backend.indexer.consortia import register
from backend.indexer.election import Candidate
from tests.mirror.chain import blocks_of
from tests.mirror.conftest import deployment_on, wait_until

KILLS = {"sqlite": 2, "postgresql": 5}
MOST = 3.0
"""Seconds in which a standby must have taken over."""
LOCK = (31_337, "0x01")


@pytest.fixture
def mirror(database_url, watch):
    """A database with a consortium that nobody follows yet."""
    upgrade(database_url)
    opened = watch(database_url)
    with opened.sessions.begin() as session:
        register(session, deployment_on())
    return opened


@pytest.fixture
def indexers(programs, database_url, make_chain):
    """A chain, and three programs that want to follow it."""
    chain, record = make_chain()
    settings = {"deployment": record, "database_url": database_url, "rpc_url": chain.url, "poll_seconds": 0.1}

    def start():
        process = programs.start("index", **settings)
        running[process.pid] = process

    running = {}
    for _ in range(3):
        start()
    return chain, running, start


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


def test_leaders_that_are_killed_one_after_another_lose_nothing_and_double_nothing(
    say, database_url, indexers, told, watch, fresh
):
    chain, running, start = indexers
    mirror = watch(database_url)
    wait_until(lambda: mirror.leader() is not None, 120)
    blocks = blocks_of(told)
    size = -(-len(blocks) // KILLS[mirror.engine.dialect.name])
    times = []
    for start_at in range(0, len(blocks), size):
        for block in blocks[start_at : start_at + size]:
            chain.tell(block)
        leader = mirror.leader()
        struck = running.pop(pid_of(leader))
        wait_until(lambda: stands_by(running.values()), 120)
        times.append(take_over(mirror, leader, struck.kill))
        start()
    mirror.wait_for(chain.head)
    say(f"takeover after kill -9: median {median(times):.2f} s, longest {max(times):.2f} s of {len(times)}")

    assert mirror.export() == fresh(chain)
    assert max(times) <= MOST


def test_a_leader_that_stands_still_is_replaced_and_writes_nothing_when_it_wakes_up(
    say, postgres_url, programs, make_chain, told, watch, fresh
):
    chain, record = make_chain()
    settings = {"deployment": record, "database_url": postgres_url, "rpc_url": chain.url, "poll_seconds": 0.1}
    running = {process.pid: process for process in (programs.start("index", **settings) for _ in range(2))}
    mirror = watch(postgres_url)
    wait_until(lambda: mirror.leader() is not None, 120)
    wait_until(lambda: stands_by(running.values()), 120)
    leader = mirror.leader()
    seconds = take_over(mirror, leader, lambda: os.kill(pid_of(leader), signal.SIGSTOP))
    chain.tell(told)
    os.kill(pid_of(leader), signal.SIGCONT)
    mirror.wait_for(chain.head)
    wait_until(lambda: stands_by([running[pid_of(leader)]]))
    say(f"takeover after standing still: {seconds:.2f} s")

    assert mirror.leader().term == leader.term + 1
    assert mirror.export() == fresh(chain)
    assert seconds <= MOST


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
    begun = time.monotonic()
    begin_term(mirror.engine, 1, "two", 0.0)
    stuck.invalidate()

    assert time.monotonic() - begun < MOST


def test_a_server_that_crashes_under_its_indexer_loses_nothing(
    say, postgres, postgres_url, programs, make_chain, told, watch, fresh
):
    chain, record = make_chain()
    settings = {"deployment": record, "database_url": postgres_url, "rpc_url": chain.url, "poll_seconds": 0.1}
    index = programs.start("index", **settings)
    mirror = watch(postgres_url)
    wait_until(lambda: mirror.leader() is not None, 120)
    for block in blocks_of(told)[:20]:
        chain.tell(block)
    postgres.kill()
    for block in blocks_of(told)[20:]:
        chain.tell(block)
    postgres.start()
    begun = time.monotonic()
    wait_until(lambda: mirror.leader().term > 1)
    seconds = time.monotonic() - begun
    mirror.wait_for(chain.head)
    say(f"led again after the server's crash: {seconds:.2f} s")

    assert index.poll() is None
    assert mirror.export() == fresh(chain)
    assert seconds <= MOST
