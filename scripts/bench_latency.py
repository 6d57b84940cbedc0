"""How long after a block is mined its ballot is in the API's answer, on a chain and a service of this run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from scripts.bench_history import MEMBERS, Assembly, file_proposals, founded, open_assembly, signed_ballot
from scripts.findings import from_api
from scripts.processes import service
from scripts.toolchain import environment, free_port

BLOCKS = 100
POLL_SECONDS = "0.05"
PATIENCE = 10
"""Seconds after which a ballot counts as lost."""


def seconds_to_api(folder: Path) -> tuple[float, float]:
    """Median and 99th percentile of seconds, over a hundred blocks at random gaps."""
    with founded(folder, lambda _: None, int(time.time()) - 3_600) as (node, record):
        assembly = open_assembly(node, record, folder)
        filed = file_proposals(assembly, 0, Random(0))  # noqa: S311
        settings = {
            "ZBOR_RPC_URL": node.url,
            "ZBOR_WS_URL": node.url.replace("http:", "ws:", 1),
            "ZBOR_DEPLOYMENT": str(folder / "deployment.json"),
            "ZBOR_DATABASE_URL": f"sqlite:///{folder / 'latency.db'}",
            "ZBOR_DOCUMENTS": str(folder / "documents"),
            "ZBOR_POLL_SECONDS": POLL_SECONDS,
        }
        env = environment(folder / "home", free_port())
        with service(free_port(), env, settings, folder / "service.log") as url:
            found = sorted(_seconds(assembly, url, filed))
    return statistics.median(found), found[int(len(found) * 0.99) - 1]


def _seconds(assembly: Assembly, url: str, filed: list[int]) -> Iterator[float]:
    random = Random(1)  # noqa: S311
    for number in range(BLOCKS):
        proposal = filed[number // MEMBERS]
        time.sleep(random.uniform(0.05, 0.6))
        assembly.mine([signed_ballot(assembly, number % MEMBERS, proposal, random)])
        yield _until_counted(url, proposal, number % MEMBERS + 1)


def _until_counted(url: str, proposal: int, ballots: int) -> float:
    mined = time.perf_counter()
    while sum(from_api(url, proposal).votes or ()) < ballots:
        if time.perf_counter() - mined > PATIENCE:
            raise TimeoutError(f"ballot {ballots} on {proposal} is not in the API after {PATIENCE} s")
        time.sleep(0.002)
    return time.perf_counter() - mined
