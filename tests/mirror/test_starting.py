"""Programs that start at the same moment on a database that is not there yet."""

from __future__ import annotations

from scripts.toolchain import free_port
from tests.mirror.conftest import wait_until


def test_programs_that_start_at_once_on_a_fresh_database_wait_for_one_another(
    database_url, make_chain, told, programs, watch
):
    chain, record = make_chain()
    chain.tell(told)
    settings = {"deployment": record, "database_url": database_url, "rpc_url": chain.url, "poll_seconds": 0.1}
    index = programs.start("index", **settings)
    serve = programs.start("serve", port=free_port(), **settings)
    status = programs.start("status", **settings)
    status.wait(120)
    assert status.returncode == 0 or "has not taken in any block" in status.log.read_text()
    mirror = watch(database_url)
    wait_until(lambda: mirror.cursor() and mirror.cursor().next_block > chain.head)

    assert (index.poll(), serve.poll()) == (None, None)
    assert "locked" not in index.log.read_text() + serve.log.read_text()
