"""The database goes away while the mirror is written: it is restarted, crashes, or is lost and its replica promoted."""

from __future__ import annotations

import time
from contextlib import ExitStack
from statistics import median

import pytest

from scripts.postgres import PostgresServer, postgres_folder
from tests.mirror.conftest import wait_until
from tests.mirror.reference import assert_the_same
from tests.mirror.sizes import SIZE, TAKEOVER, figure


def test_a_server_that_is_restarted_or_killed_under_load_loses_and_doubles_nothing(
    crowd, settings, postgres, postgres_url, programs, watch, reference, fresh
):
    chain, beside = crowd.chain, reference(crowd.chain)
    indexers = [programs.fork("index", **{**settings, "database_url": postgres_url}) for _ in range(2)]
    mirror = watch(postgres_url)
    mirror.wait_for(chain.head, 120)
    times = []
    for number in range(SIZE.restarts):
        term = mirror.leader().term
        with crowd.voting():
            before = mirror.cursor().next_block
            wait_until(lambda before=before: mirror.cursor().next_block > before)
            (postgres.stop, postgres.crash)[number % 2]()
            time.sleep(crowd.random.uniform(0, 1))
            postgres.start()
            begun = time.monotonic()
            wait_until(lambda term=term: mirror.leader().term > term)
            times.append(time.monotonic() - begun)
        mirror.wait_for(chain.head, 120)
        assert_the_same(mirror, beside.read())
    more = {"restarts": len(times), "by_kill_9": len(times) // 2, "median": round(median(times), 2)}
    figure("an indexer leads again after PostgreSQL is back", max(times), "s", goal=TAKEOVER, **more)

    assert [each.poll() for each in indexers] == [None, None]
    assert_the_same(mirror, fresh(chain))


@pytest.fixture
def servers_and_folders():
    """A primary, and folders for the replicas that follow it one after another."""
    with ExitStack() as stack:
        servers = [PostgresServer(stack.enter_context(postgres_folder()), durable=True)]
        servers[0].create()
        servers[0].start()
        servers[0].create_database("mirror")
        folders = [stack.enter_context(postgres_folder()) for _ in range(SIZE.failovers)]
        yield servers, folders
        for server in servers:
            server.kill()


def lose(primary, replica, mirror):
    """Let a primary crash and promote its replica. Returns the seconds until an indexer leads there."""
    struck, begun = time.time(), time.monotonic()
    primary.crash()
    replica.promote()
    # The replica may have missed an election, so that its terms prove nothing.
    wait_until(lambda: mirror.leader().since > struck)
    return time.monotonic() - begun


def test_a_primary_that_is_lost_under_load_is_replaced_by_its_promoted_replica(
    crowd, settings, servers_and_folders, programs, watch, reference, fresh
):
    chain, beside = crowd.chain, reference(crowd.chain)
    servers, folders = servers_and_folders
    hosts = "&".join(f"host={folder}:5432" for folder in (servers[0].folder, *folders))
    url = f"postgresql+psycopg://postgres@/mirror?{hosts}&target_session_attrs=read-write"
    indexers = [programs.fork("index", **{**settings, "database_url": url}) for _ in range(2)]
    watch(servers[0].url("mirror")).wait_for(chain.head, 120)
    times = []
    for folder in folders:
        primary, replica = servers[-1], servers[-1].replica(folder)
        servers.append(replica)
        replica.start()
        mirror = watch(replica.url("mirror"))
        with crowd.voting():
            before = mirror.cursor().next_block
            wait_until(lambda mirror=mirror, before=before: mirror.cursor().next_block > before)
            times.append(lose(primary, replica, mirror))
        mirror.wait_for(chain.head, 120)
        assert_the_same(mirror, beside.read())
    more = {"failovers": len(times), "median": round(median(times), 2)}
    figure("an indexer leads on the promoted replica", max(times), "s", goal=TAKEOVER, **more)

    assert [each.poll() for each in indexers] == [None, None]
    assert_the_same(mirror, fresh(chain))
    programs.end()
