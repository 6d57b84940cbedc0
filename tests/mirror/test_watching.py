"""New blocks come by subscription; health tells the parts apart; figures are offered."""

from __future__ import annotations

import time
from statistics import median

import httpx

from scripts.toolchain import free_port
from tests.backend import story as s
from tests.mirror.chaos_proxy import Chaos, proxy
from tests.mirror.conftest import wait_until
from tests.mirror.sizes import SIZE, figure

NEVER = 3600
"""Seconds between looks; none comes by itself while a test runs."""


def get(port, path):
    return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=10)


def is_ready(port):
    try:
        return get(port, "/health").status_code == 200
    except httpx.HTTPError:
        return False


def test_an_announced_block_is_in_the_mirror_without_the_next_look(crowd, settings, programs, watch):
    chain = crowd.chain
    announced = {"poll_seconds": NEVER, "ws_url": chain.url.replace("http", "ws")}
    programs.fork("index", **{**settings, **announced})
    mirror = watch(settings["database_url"])
    mirror.wait_for(chain.head)
    seconds = []
    for _ in range(SIZE.announced):
        time.sleep(crowd.random.uniform(0.05, 0.5))
        chain.log(s.GOVERNORS[0], crowd.ballot())
        chain.mine()
        begun = time.monotonic()
        wait_until(lambda: mirror.cursor().next_block > chain.head, often=0.002)
        seconds.append(time.monotonic() - begun)
    seconds.sort()
    p99 = seconds[int(len(seconds) * 0.99)]
    figure("from a mined block to the row", round(median(seconds) * 1000), "ms", p99=round(p99 * 1000), goal=100)


def test_health_tells_node_indexer_and_database_apart(chain, settings, programs):
    chaos, port = Chaos(), free_port()
    with proxy(chain.url, chaos) as address:
        programs.start("serve", **{**settings, "rpc_url": address}, port=port)
        wait_until(lambda: is_ready(port))
        well = get(port, "/health").json()
        chaos.faults = ["drop"]
        wait_until(lambda: get(port, "/health").json()["node"]["status"] == "away")
        ill, ready, live = (get(port, path) for path in ("/health", "/health/ready", "/health/live"))
        figures = get(port, "/metrics").text
        chaos.faults = []
        wait_until(lambda: is_ready(port))

    parts = {name: part["status"] for name, part in well.items() if name != "status"}
    assert parts == {"comparison": "ok", "database": "ok", "indexer": "ok", "node": "ok", "webhooks": "ok"}
    assert (well["indexer"]["block"], well["indexer"]["blocks_behind"]) == (chain.head, 0)
    assert (ill.status_code, ready.status_code, live.status_code) == (503, 200, 200)
    assert (ill.json()["status"], ill.json()["database"]["status"]) == ("degraded", "ok")
    assert 'zbor_node_failures_total{node="1"}' in figures
    assert "zbor_blocks_behind 0.0" in figures


def test_an_indexer_offers_its_figures_where_it_is_told_to(chain, settings, programs, watch):
    port = free_port()
    programs.fork("index", **settings, metrics_port=port)
    watch(settings["database_url"]).wait_for(chain.head)
    wait_until(lambda: "zbor_last_look_seconds" in get(port, "/metrics").text)
