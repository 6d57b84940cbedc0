"""Answers are read from a streaming replica while it is fresh, and from the database itself when it is not."""

from __future__ import annotations

import json
import time
import urllib.request

import pytest

from scripts.postgres import running_replica
from scripts.toolchain import free_port
from tests.mirror.conftest import wait_until

MOST_STALE = 3


@pytest.fixture
def installed(postgres, postgres_url, make_chain, told, programs, watch):
    """A followed chain, a replica, and a server that only answers, reading from the replica."""
    chain, record = make_chain()
    port = free_port()
    with running_replica(postgres) as replica:
        settings = {"deployment": record, "database_url": postgres_url, "rpc_url": chain.url, "poll_seconds": 0.1}
        chain.tell(told)
        programs.start("index", **settings)
        mirror = watch(postgres_url)
        mirror.wait_for(chain.head, 120)
        copy = replica.url(postgres_url.partition("?")[0].rpartition("/")[2])
        reads = {"database_read_url": copy, "most_stale_seconds": MOST_STALE, "index": "0", "port": port}
        programs.start("serve", **settings, **reads)
        wait_until(lambda: ask(port), 120)
        yield chain, replica, port


def ask(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/status", timeout=5) as answer:
            return json.load(answer)["as_of"]
    except OSError:
        return None


def test_a_replica_that_lags_is_passed_over_and_the_answers_say_what_they_are_as_of(installed):
    chain, replica, port = installed
    assert ask(port)["block"] == chain.head
    replica.sql("SELECT pg_wal_replay_pause()")
    behind = chain.head
    chain.mine()
    begun = time.monotonic()
    time.sleep(MOST_STALE / 3)
    held = ask(port)
    wait_until(lambda: ask(port)["block"] == chain.head, 30)
    seconds = time.monotonic() - begun

    assert held["block"] == behind  # it was the replica that answered
    assert seconds <= MOST_STALE + 1.5
    replica.sql("SELECT pg_wal_replay_resume()")
    wait_until(lambda: ask(port)["lag"] == 0, 30)
    replica.stop()
    chain.mine()
    wait_until(lambda: ask(port)["block"] == chain.head, 30)
    assert ask(port)["lag"] <= 1
