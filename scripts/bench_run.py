"""One measured run, in a process of its own so that its memory is its own: the mirror reads a chain up to a block.

Prints one JSON object: seconds of wall clock and of CPU from the first question to the last commit, events, requests,
and the most memory the process ever had.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import httpx
from msgspec.structs import replace

from backend.chain.checked_node import CheckedNode
from backend.chain.connection import Connection
from backend.chain.contracts import load_deployment
from backend.chain.endpoints import Endpoints
from backend.chain.node import BlockHeader
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.indexer.follower import Follower
from backend.interpreter import prepare_interpreter


class Until(Connection):
    """A node whose newest block is an earlier one, so that one chain serves to measure several lengths."""

    def __init__(self, url: str, block: int, client: httpx.Client) -> None:
        super().__init__(url, client=client)
        self._block = block

    def head(self) -> BlockHeader:
        """Give the header of that block."""
        (header,) = self.headers([self._block])
        if header is None:
            raise LookupError(self._block)
        return header


def measure(url: str, deployment: Path, database: str, until: int, times: int = 1) -> dict[str, Any]:
    """Read from genesis to that block into a fresh database, once for each of `times` consortia of its own."""
    upgrade(database)
    requests: list[httpx.Request] = []
    client = httpx.Client(timeout=120, event_hooks={"request": [requests.append]})
    record, engine = load_deployment(deployment), engine_from(database)
    prepare_interpreter()
    with Until(url, until, client) as connection:
        node = Endpoints([CheckedNode(connection)], record.chain_id)
        wall, cpu, events = time.perf_counter(), time.process_time(), 0
        for chain_id in range(record.chain_id, record.chain_id + times):
            follower = Follower(
                node, session_factory(engine), replace(record, chain_id=chain_id, network=str(chain_id))
            )
            events += follower.follow_once().events
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    engine.dispose()
    return {"wall": wall, "cpu": cpu, "events": events, "requests": len(requests), "memory": memory()}


def memory() -> float:
    """The most memory this process ever had, in MB.

    Not that of `getrusage`, which counts in what the parent had when it forked.
    """
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Measure what the command line says: address, record, database, block, and how many times."""
    url, deployment, database, until, *times = sys.argv[1:]
    print(json.dumps(measure(url, Path(deployment), database, int(until), *map(int, times))))


if __name__ == "__main__":
    main()
