"""Whatever network, node, process and disk do, the mirror ends up as one that reads the chain for the first time.

Small by default; `scripts/bench_chaos.py` runs the same in earnest, and collects the figures.
"""

from __future__ import annotations

import json
import os
import resource
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from backend.chain.connection import Connection
from backend.chain.endpoints import open_node
from backend.database.journal import EventRecord
from backend.database.schema import upgrade
from backend.exit_codes import ExitCode
from backend.indexer.follower import Follower
from scripts.figures import line
from tests.mirror.chaos_proxy import FAULTS, Chaos, proxy
from tests.mirror.conftest import deployment_on, wait_until
from tests.mirror.crowd import Crowd, Forks

SEED = int(os.environ.get("ZBOR_CHAOS_SEED", "7"))
DEEPEST = 64


@dataclass(frozen=True)
class Size:
    """How much is done."""

    kills: int
    forks: int
    bursts: int


SIZE = Size(200, 100, 100) if os.environ.get("ZBOR_CHAOS_SIZE") == "large" else Size(2, 5, 3)
LIES = [name for name in FAULTS if name not in {"wrong_chain", "hang"}]


def figure(name, value, unit="", goal=None, **more):
    """Keep a figure for whoever asked for them; with a goal, one that should be small."""
    path = os.environ.get("ZBOR_CHAOS_FIGURES")
    if path:
        with Path(path).open("a") as lines:
            kept = line(name, value, unit, goal, ok=goal is None or value <= goal)
            lines.write(json.dumps(kept | more) + "\n")


@pytest.fixture
def chain_and_record(make_chain, told):
    chain, record = make_chain()
    chain.tell(told)
    return chain, record


@pytest.fixture
def chain(chain_and_record):
    return chain_and_record[0]


@pytest.fixture
def crowd(chain, told):
    crowd = Crowd(chain, told, SEED)
    crowd.join()
    return crowd


@pytest.fixture
def settings(chain_and_record, sqlite_url):
    chain, record = chain_and_record
    return {"deployment": record, "database_url": sqlite_url, "rpc_url": chain.url, "poll_seconds": 0.05}


@pytest.fixture
def fresh(tmp_path, chain, watch):
    """What a mirror says that reads the chain for the first time now."""
    numbers = iter(range(10_000))

    def read():
        url = f"sqlite:///{tmp_path}/fresh{next(numbers)}.db"
        upgrade(url)
        opened = watch(url)
        with Connection(chain.url) as node:
            Follower(node, opened.sessions, deployment_on()).follow_once()
        return opened

    return read


def events_in(mirror):
    with mirror.sessions() as session:
        return session.scalar(select(func.count()).select_from(EventRecord))


def assert_the_same(mirror, other):
    assert events_in(mirror) == events_in(other)
    assert mirror.export() == other.export()


def test_kill_9_at_any_point_loses_nothing_and_doubles_nothing(crowd, settings, programs, watch, fresh):
    random = Random(SEED)
    mirror = watch(settings["database_url"])
    begun = time.monotonic()
    alive = 0
    for _ in range(SIZE.kills):
        crowd.vote(random.randint(1, 30))
        index = programs.start("index", **settings)
        if random.random() < 0.8:
            before = (found := mirror.cursor()) and found.next_block if alive else 0
            wait_until(lambda before=before: (now := mirror.cursor()) and now.next_block > (before or 0), 60)
            crowd.vote(random.randint(0, 5))
            alive += 1
        time.sleep(random.uniform(0, 0.3))
        index.kill()
        index.wait()
    programs.start("index", **settings)
    mirror.wait_for(crowd.chain.head)
    figure("kill -9 of the indexer", SIZE.kills, "kills", ballots=crowd.cast, seconds=round(time.monotonic() - begun))

    assert_the_same(mirror, fresh())


def test_random_reorganisations_with_ballots_that_move_are_followed(crowd, tmp_path, watch, fresh):
    url = f"sqlite:///{tmp_path}/live.db"
    upgrade(url)
    mirror = watch(url)
    forks = Forks(crowd.chain, crowd)
    forks.add(crowd.vote(DEEPEST + 6))
    depths, cut = [], 0
    with proxy(crowd.chain.url, Chaos({}, hides_finality=True)) as address, open_node([address], 31_337) as node:
        follower = Follower(node, mirror.sessions, deployment_on(), finality_depth=DEEPEST + 6)
        follower.follow_once()
        for _ in range(SIZE.forks):
            depths.append(crowd.random.randint(1, DEEPEST))
            forks.reorganise(depths[-1])
            forks.add(crowd.vote(crowd.random.randint(0, 3)))
            cut += follower.follow_once().cut
            forks.add(crowd.vote(crowd.random.randint(0, 3)))
            follower.follow_once()
        assert_the_same(mirror, fresh())
    figure("reorganisations", len(depths), "forks", deepest=max(depths), ballots_moved=forks.moved, lost=forks.gone)

    # The first of the new blocks is the old one where neither has a ballot.
    assert 0.9 * sum(depths) < cut <= sum(depths)


def test_a_node_that_drops_delays_truncates_repeats_reorders_and_lies_does_no_harm(
    chain_and_record, told, settings, programs, watch, fresh
):
    chain, _ = chain_and_record
    chaos = Chaos(dict.fromkeys(LIES, 0.5 / len(LIES)), seed=SEED)
    mirror = watch(settings["database_url"])
    with proxy(chain.url, chaos) as address:
        index = programs.start("index", **{**settings, "rpc_url": f"{address},{address}"})
        mirror.wait_for(chain.head, 120)
        crowd = Crowd(chain, told, SEED)
        crowd.join()
        for _ in range(SIZE.bursts):
            crowd.vote(crowd.random.randint(1, 20))
            mirror.wait_for(chain.head, 120)
        assert index.poll() is None
    happened = dict(sorted(chaos.happened.items()))
    figure("faults between indexer and node", sum(happened.values()), "faults", requests=chaos.requests, kinds=happened)

    assert sum(happened.values()) > 5
    assert_the_same(mirror, fresh())


def test_a_full_disk_is_waited_out(crowd, settings, programs, watch, fresh):
    mirror = watch(settings["database_url"])
    index = programs.start("index", **settings)
    mirror.wait_for(crowd.chain.head)
    _, hard = resource.prlimit(index.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(index.pid, resource.RLIMIT_FSIZE, (index.log.stat().st_size + 20_000, hard))
    before = mirror.cursor().next_block
    crowd.vote(10)
    wait_until(lambda: "Next try" in index.log.read_text(), 30)
    assert (index.poll(), mirror.cursor().next_block) == (None, before)
    resource.prlimit(index.pid, resource.RLIMIT_FSIZE, (hard, hard))
    mirror.wait_for(crowd.chain.head)

    assert_the_same(mirror, fresh())


def test_a_database_that_vanishes_between_two_looks_is_waited_out(
    crowd, settings, postgres, postgres_url, programs, watch, fresh
):
    index = programs.start("index", **{**settings, "database_url": postgres_url})
    mirror = watch(postgres_url)
    mirror.wait_for(crowd.chain.head)
    for _ in range(max(1, SIZE.bursts // 10)):
        crowd.vote(5)
        postgres.kill()
        crowd.vote(5)
        postgres.start()
        mirror.wait_for(crowd.chain.head, 120)

    assert index.poll() is None
    assert_the_same(mirror, fresh())


def test_a_node_on_another_chain_is_left_out_and_the_other_followed(chain, settings, programs, watch):
    mirror = watch(settings["database_url"])
    with proxy(chain.url, Chaos({"wrong_chain": 1.0})) as address:
        index = programs.start("index", **{**settings, "rpc_url": f"{address}/key-s3cret,{chain.url}"})
        mirror.wait_for(chain.head)
    assert "Node 1 is left out: it serves chain 1, not 31337" in index.log.read_text()
    assert "s3cret" not in index.log.read_text()


def test_where_every_node_is_on_another_chain_the_process_ends_with_a_code_of_its_own(chain, settings, programs):
    with proxy(chain.url, Chaos({"wrong_chain": 1.0})) as address:
        index = programs.start("index", **{**settings, "rpc_url": address})
        assert index.wait(60) == ExitCode.CONTRADICTED


def test_an_indexer_that_hangs_ends_with_a_code_of_its_own(chain, settings, programs, watch):
    mirror = watch(settings["database_url"])
    chaos = Chaos({})
    with proxy(chain.url, chaos) as address:
        hung = {"rpc_url": address, "stall_seconds": 2, "log_format": "json"}
        index = programs.start("index", **{**settings, **hung})
        mirror.wait_for(chain.head)
        chaos.shares = {"hang": 1.0}
        assert index.wait(60) == ExitCode.STALLED
    last = json.loads(index.log.read_text().splitlines()[-1])
    assert (last["level"], last["logger"]) == ("critical", "backend.indexer.watchdog")
