"""Clients of a real server that wait for the next block: told from the database itself, and sent home at the end."""

from __future__ import annotations

import json
import signal
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from scripts.postgres import running_replica
from scripts.toolchain import free_port
from tests.mirror.conftest import wait_until

WAITERS = 20


@pytest.fixture
def followed(postgres_url, make_chain, told, programs, watch):
    """A followed chain on PostgreSQL, and what starts a server that only answers. Gives the port it listens at."""
    chain, record = make_chain()
    settings = {"deployment": record, "database_url": postgres_url, "rpc_url": chain.url, "poll_seconds": 0.1}
    chain.tell(told)
    programs.start("index", **settings)
    watch(postgres_url).wait_for(chain.head, 120)

    def serve(**more):
        port = free_port()
        process = programs.start("serve", **settings, index="0", port=port, **more)
        wait_until(lambda: answered(port), 120)
        return port, process

    return chain, serve


def answered(port):
    try:
        return ask(port)
    except OSError:
        return None


def ask(port, wait=None):
    asked = "" if wait is None else f"?wait={wait}"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/status{asked}", timeout=60) as answer:
        return json.load(answer)["as_of"]


def test_the_next_block_is_told_though_the_replica_that_is_read_from_has_stopped(followed, postgres, postgres_url):
    chain, serve = followed
    with running_replica(postgres) as replica, ThreadPoolExecutor() as clients:
        copy = replica.url(postgres_url.partition("?")[0].rpartition("/")[2])
        port, _ = serve(database_read_url=copy, most_stale_seconds=3600)
        wait_until(lambda: ask(port)["block"] == chain.head)
        replica.sql("SELECT pg_wal_replay_pause()")
        known = ask(port)
        waiter = clients.submit(ask, port, known["revision"])
        chain.mine()
        told = waiter.result()

        assert told["revision"] > known["revision"]
        assert told["block"] == chain.head
        assert ask(port)["block"] == known["block"]


def test_those_who_wait_are_answered_when_the_server_is_told_to_stop(followed):
    _, serve = followed
    port, process = serve()
    far = ask(port)["revision"] + 1_000_000
    with ThreadPoolExecutor(WAITERS) as clients:
        # Those who ask the very same share one answer, and one place among the waiting.
        waiters = [clients.submit(ask, port, far + number) for number in range(WAITERS)]
        wait_until(lambda: waiting(port) == WAITERS)
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        assert all(waiter.result()["revision"] < far for waiter in waiters)


def waiting(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        lines = answer.read().decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("zbor_waiting "))
