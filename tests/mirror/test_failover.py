"""A primary is lost for good, and its replica promoted, while the mirror is being written."""

from __future__ import annotations

import time

from scripts.postgres import running_postgres, running_replica
from tests.mirror.chain import blocks_of
from tests.mirror.conftest import wait_until

MOST = 5.0
"""Seconds from the promotion until somebody leads on the new primary."""


def test_the_mirror_goes_on_at_the_promoted_replica(make_chain, told, programs, watch, fresh, say):
    chain, record = make_chain()
    blocks = blocks_of(told)
    half = len(blocks) // 2
    with running_postgres(durable=True) as primary, running_replica(primary) as replica:
        primary.create_database("mirror")
        hosts = f"host={primary.folder}:5432&host={replica.folder}:5432"
        url = f"postgresql+psycopg://postgres@/mirror?{hosts}&target_session_attrs=read-write"
        settings = {"deployment": record, "database_url": url, "rpc_url": chain.url, "poll_seconds": 0.1}
        indexers = [programs.start("index", **settings) for _ in range(2)]
        before = watch(primary.url("mirror"))
        wait_until(lambda: before.leader() is not None, 120)
        for block in blocks[:half]:
            chain.tell(block)
        before.wait_for(chain.head)
        for block in blocks[half:]:
            chain.tell(block)
        primary.kill()
        begun = time.monotonic()
        replica.promote()
        after = watch(replica.url("mirror"))
        wait_until(lambda: after.leader().term > 1, 30)
        seconds = time.monotonic() - begun
        after.wait_for(chain.head)
        say(f"led again on the promoted replica after {seconds:.2f} s")

        assert [each.poll() for each in indexers] == [None, None]
        assert after.export() == fresh(chain)
        assert seconds <= MOST
        programs.end()
