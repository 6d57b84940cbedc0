"""New blocks come by subscription; health tells the parts apart; figures are offered."""

from __future__ import annotations

import time
from random import Random
from statistics import median

import httpx
import pytest

from scripts.toolchain import free_port
from tests.backend import story as s
from tests.mirror.chaos_proxy import Chaos, proxy
from tests.mirror.conftest import wait_until
from tests.mirror.crowd import Crowd
from tests.mirror.test_chaos import SIZE, figure


@pytest.fixture
def chain_and_settings(make_chain, told, sqlite_url):
    chain, record = make_chain()
    chain.tell(told)
    settings = {"deployment": record, "database_url": sqlite_url, "rpc_url": chain.url}
    return chain, settings


def get(port, path):
    return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=10)


def is_ready(port):
    try:
        return get(port, "/health").status_code == 200
    except httpx.HTTPError:
        return False


def test_an_announced_block_is_in_the_mirror_long_before_the_next_look(chain_and_settings, told, programs, watch):
    chain, settings = chain_and_settings
    crowd = Crowd(chain, told, 3)
    crowd.join()
    programs.start("index", **settings, poll_seconds=30, ws_url=chain.url.replace("http", "ws"))
    mirror = watch(settings["database_url"])
    mirror.wait_for(chain.head)
    random, seconds = Random(3), []
    time.sleep(1)
    for _ in range(100 if SIZE.kills == 200 else 8):
        time.sleep(random.uniform(0.05, 0.5))
        chain.log(s.GOVERNORS[0], crowd.ballot())
        chain.mine()
        begun, head = time.monotonic(), chain.head
        while mirror.cursor().next_block <= head:
            assert time.monotonic() < begun + 20
            time.sleep(0.002)
        seconds.append(time.monotonic() - begun)
    seconds.sort()
    p99 = seconds[int(len(seconds) * 0.99)]
    figure("from a mined block to the row", round(median(seconds) * 1000), "ms", p99=round(p99 * 1000), goal=100)

    assert median(seconds) < 1.0


def test_health_tells_node_indexer_and_database_apart(chain_and_settings, programs):
    chain, settings = chain_and_settings
    chaos, port = Chaos({}), free_port()
    with proxy(chain.url, chaos) as address:
        programs.start("serve", **{**settings, "rpc_url": address}, port=port, poll_seconds=0.05)
        wait_until(lambda: is_ready(port))
        well = get(port, "/health").json()
        chaos.shares = {"drop": 1.0}
        wait_until(lambda: get(port, "/health").json()["node"]["status"] == "away")
        ill, ready, live = (get(port, path) for path in ("/health", "/health/ready", "/health/live"))
        figures = get(port, "/metrics").text
        chaos.shares = {}
        wait_until(lambda: is_ready(port))

    parts = {name: part["status"] for name, part in well.items() if name != "status"}
    assert parts == {"comparison": "ok", "database": "ok", "indexer": "ok", "node": "ok"}
    assert (well["indexer"]["block"], well["indexer"]["blocks_behind"]) == (chain.head, 0)
    assert (ill.status_code, ready.status_code, live.status_code) == (503, 200, 200)
    assert (ill.json()["status"], ill.json()["database"]["status"]) == ("degraded", "ok")
    assert 'zbor_node_failures_total{node="1"}' in figures
    assert "zbor_blocks_behind 0.0" in figures


def test_an_indexer_offers_its_figures_where_it_is_told_to(chain_and_settings, programs, watch):
    chain, settings = chain_and_settings
    port = free_port()
    programs.start("index", **settings, metrics_port=port)
    watch(settings["database_url"]).wait_for(chain.head)
    wait_until(lambda: "zbor_last_look_seconds" in get(port, "/metrics").text)
