"""Prints how quickly the API answers, beside the floor measured in the same run.

    python -m scripts.bench_api        make bench-api

One JSON object a line. `kept`: the mirror stands still, so that the same question has the same answer within a second.
`computed`: each answer is made anew, as for a client with a cookie. The floor gives out prepared bytes of that length.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench_mirror import cast_once_more, fill, proposal_of, write_record
from scripts.bench_stream import LISTENERS, seconds_to_listeners
from scripts.figures import Line, at_least, at_most, line
from scripts.load import Load, load
from scripts.postgres import running_postgres
from scripts.processes import running, service
from scripts.toolchain import environment, free_port
from scripts.web import is_up

BALLOTS = 100
FEW, MANY = 51, 1_000
"""Proposals in a small mirror and in one with 100,000 ballots."""
SHARE_OF_FLOOR = 0.7
COMPUTED = 2_500
"""Answers a second."""
MOST_GROWTH = 1.5
"""Of the 99th percentile, from the small mirror to the large one."""
PROCESSES = 4
HEARD_WITHIN = 500
"""Milliseconds."""
ANEW = {"cookie": "measured=1"}
"""What depends on who asks is not kept."""


def main() -> None:
    """Measure and print; exit with 1 if a goal is missed."""
    missed = False
    with TemporaryDirectory(prefix="zbor-bench-") as work:
        for each in lines(Path(work)):
            print(json.dumps(each), flush=True)
            missed |= not each["ok"]
    sys.exit(missed)


def lines(work: Path) -> Iterator[Line]:
    """All figures, as they are measured."""
    record, now = write_record(work / "deployment.json"), int(time.time())
    small, large = (f"sqlite:///{work / name}.db" for name in ("small", "large"))
    fill(small, record, work / "documents", FEW, now)
    fill(large, record, work / "documents", MANY, now)
    with served([large], work) as urls:
        yield from figures("", urls, work)
        yield from listening(urls[0], large)
    yield from growth(small, large, work)
    with running_postgres(durable=True) as server:
        url = server.create_database("bench")
        fill(url, record, work / "documents", MANY, now)
        with served([url] * PROCESSES, work) as urls:
            yield from figures("four_", urls, work)


def figures(name: str, urls: Sequence[str], work: Path) -> Iterator[Line]:
    """A list of fifty proposals with tallies, and a hundred ballots on one."""
    for noun, path in questions().items():
        asked = [url + path for url in urls]
        kept, computed = load(asked), load(asked, headers=ANEW)
        with floor(kept.size, len(urls), work) as there:
            possible = load([f"{url}/health/ready" for url in there])
        goal = SHARE_OF_FLOOR * possible.per_second
        yield at_least(f"{name}{noun}_kept", kept.per_second, "requests/s", goal, possible.per_second)
        yield from times(f"{name}{noun}_kept", kept)
        yield at_least(f"{name}{noun}_computed", computed.per_second, "requests/s", COMPUTED, possible.per_second)
        yield from times(f"{name}{noun}_computed", computed)
        yield line(f"{name}{noun}_bytes", kept.size, "bytes")


def questions() -> dict[str, str]:
    """What is asked."""
    newest = proposal_of(FEW - 1)
    return {"proposals": "/v1/proposals?limit=50", "ballots": f"/v1/proposals/{newest}/ballots?limit={BALLOTS}"}


def times(name: str, found: Load) -> Iterator[Line]:
    """Half of the answers took so long at most, and all but one in a hundred."""
    yield line(f"{name}_p50", 1_000 * found.quantile(0.5), "ms")
    yield line(f"{name}_p99", 1_000 * found.quantile(0.99), "ms")


def listening(url: str, database: str) -> Iterator[Line]:
    """A thousand listeners to the stream, and ten blocks with a ballot each."""
    took = seconds_to_listeners(url, lambda: cast_once_more(database))
    yield line("stream_p50", 1_000 * took[len(took) // 2], "ms")
    yield at_most(f"stream_last_of_{LISTENERS}", 1_000 * took[-1], "ms", HEARD_WITHIN)


def growth(small: str, large: str, work: Path) -> Iterator[Line]:
    """Whether an answer takes as long among many ballots as among few."""
    path = questions()["ballots"]
    found = []
    for database in (small, large):
        with served([database], work) as (url,):
            found.append(min(load([url + path], headers=ANEW).quantile(0.99) for _ in range(3)))
    few, many = (1_000 * seconds for seconds in found)
    yield at_most(f"ballots_p99_among_{MANY * BALLOTS}", many, "ms", MOST_GROWTH * few, few)


@contextmanager
def served(databases: Sequence[str], work: Path) -> Iterator[list[str]]:
    """A service for each of the databases, which may be the same one."""
    with ExitStack() as stack:
        urls = []
        for number, database in enumerate(databases):
            settings = {
                "ZBOR_DEPLOYMENT": str(work / "deployment.json"),
                "ZBOR_DATABASE_URL": database,
                "ZBOR_DOCUMENTS": str(work / "documents"),
                "ZBOR_INDEX": "0",
                "ZBOR_REQUESTS_PER_MINUTE": "0",
            }
            env = environment(work / "home", free_port())
            urls.append(stack.enter_context(service(free_port(), env, settings, work / f"service{number}.log")))
        yield urls


@contextmanager
def floor(size: int, processes: int, work: Path) -> Iterator[list[str]]:
    """As many servers of prepared bytes."""
    with ExitStack() as stack:
        urls = []
        for number in range(processes):
            port = free_port()
            command = [sys.executable, "-m", "scripts.bench_api_floor", str(port), str(size)]
            stack.enter_context(running(command, environment(work / "home", port), work / f"floor{number}.log"))
            urls.append(f"http://127.0.0.1:{port}")
        while not all(is_up(f"{url}/health/ready") for url in urls):
            time.sleep(0.1)
        yield urls


if __name__ == "__main__":
    main()
