"""Between indexer and node stands one that drops, delays, truncates, repeats, reorders and lies."""

from __future__ import annotations

import time

from tests.mirror.chaos_proxy import FAULTS, Chaos, proxy
from tests.mirror.reference import assert_the_same
from tests.mirror.sizes import SEED, SIZE, figure

LIES = sorted(FAULTS.keys() - {"wrong_chain", "hang"})
"""Those after which one can go on."""


def test_a_node_that_drops_delays_truncates_repeats_reorders_and_lies_does_no_harm(
    crowd, settings, programs, watch, fresh
):
    crowd.vote(SIZE.past)
    chain = crowd.chain
    chaos = Chaos(LIES, share=0.3, seed=SEED, most_blocks=100)
    mirror = watch(settings["database_url"])
    begun = time.monotonic()
    with proxy(chain.url, chaos) as address:
        index = programs.fork("index", **{**settings, "rpc_url": f"{address},{address}"})
        mirror.wait_for(chain.head, 600)
        in_the_past = chaos.happened.total()
        while min(chaos.happened[fault] for fault in LIES) < SIZE.faults:
            crowd.vote(crowd.random.randint(1, 20))
            mirror.wait_for(chain.head, 120)
        assert index.poll() is None
    more = {"in_the_past": in_the_past, "requests": chaos.requests, "kinds": dict(sorted(chaos.happened.items()))}
    total = chaos.happened.total()
    figure("faults between indexer and node", total, "faults", **more, seconds=round(time.monotonic() - begun))

    assert in_the_past > 0
    assert_the_same(mirror, fresh(chain))
