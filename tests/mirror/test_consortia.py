"""Several consortia in one database, on chains of their own: each goes its own pace."""

from __future__ import annotations

import os
import signal

from tests.mirror.chain import blocks_of
from tests.mirror.conftest import wait_until


def test_a_chain_that_stands_still_or_is_gone_holds_up_no_other(database_url, make_chain, told, programs, watch, fresh):
    (one, first), (other, second) = make_chain(31_337), make_chain(99)
    blocks = blocks_of(told)
    for chain in (one, other):
        for block in blocks[:10]:
            chain.tell(block)
    index = programs.start(
        "index",
        deployment=first,
        also_index=second,
        database_url=database_url,
        rpc_url=one.url,
        further_rpc_urls=f"99={other.url}",
        poll_seconds=0.1,
    )
    mirror = watch(database_url)
    for consortium_id, chain in ((1, one), (2, other)):
        wait_until(lambda chain=chain, number=consortium_id: mirror.cursor(number).next_block > chain.head, 120)

    os.kill(one.process.pid, signal.SIGSTOP)
    for block in blocks[10:]:
        other.tell(block)
    mirror.wait_for(other.head, consortium_id=2)
    expected = fresh(other, 99).export()
    standing = mirror.cursor(1).next_block
    os.kill(one.process.pid, signal.SIGCONT)
    other.process.kill()
    for block in blocks[10:]:
        one.tell(block)
    mirror.wait_for(one.head, consortium_id=1)

    assert index.poll() is None
    assert standing < mirror.cursor(1).next_block
    assert mirror.export(1) == fresh(one).export()
    assert mirror.export(2) == expected
