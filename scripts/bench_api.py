"""Prints how quickly the API answers, beside the floor measured in the same run.

    python -m scripts.bench_api        make bench-api

One JSON object a line. `kept`: the mirror stands still, so that the same question has the same answer within a second.
`computed`: each answer is another part of the list, or of another proposal, asked for with a cookie so that none is
kept, while ballots come in. `chosen`: fifty proposals in another order, or with a filter, so that the database has to
say which. `by_route`: fifty that speak of something, for which nothing is ready. The floor gives out prepared bytes of
that length.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench_mirror import cast_once_more, fill, proposal_of, write_record
from scripts.bench_stream import LISTENERS, seconds_to_listeners
from scripts.figures import Line, at_least, at_most, line
from scripts.load import Load, load
from scripts.postgres import running_postgres
from scripts.processes import running, service
from scripts.toolchain import environment, free_port
from scripts.web import get_json, is_up

BALLOTS = 100
FEW, MANY = 51, 1_000
"""Proposals in a small mirror and in one with 100,000 ballots."""
SHARE_OF_FLOOR = 0.7
COMPUTED = 2_500
"""Answers a second."""
MOST_GROWTH = 1.5
"""Of the 99th percentile, from the small mirror to the large one."""
PROCESSES = 4
STEP = 7
"""Proposals from one part that is asked for to the next."""
PROPOSALS_ASKED_FOR = 50
"""For their ballots."""
ROUNDS = 3
READY = "/health/ready"
CHOSEN = [
    f"/v1/proposals?limit=50&{chosen}" for chosen in ("sort=-opens_at", "sort=number", "state=open", "kind=policy")
]
BY_ROUTE = ["/v1/proposals?limit=50&q=milestone"]
HEARD_WITHIN = 500
"""Milliseconds."""
ANEW = {"cookie": "measured=1"}
"""What depends on who asks is not kept."""
BETWEEN_BALLOTS = 0.5
"""Seconds."""


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
        yield from figures("", urls, large, work)
        yield from listening(urls[0], large)
    yield from growth(small, large, work)
    with running_postgres(durable=True) as server:
        url = server.create_database("bench")
        fill(url, record, work / "documents", MANY, now)
        with served([url] * PROCESSES, work) as urls:
            yield from figures("four_", urls, url, work)


def figures(name: str, urls: Sequence[str], database: str, work: Path) -> Iterator[Line]:
    """A list of fifty proposals with tallies, and a hundred ballots on one."""
    for noun, paths in {"chosen": CHOSEN, "by_route": BY_ROUTE}.items():
        for url in urls:  # all texts are read at the first question for words
            get_json(url + paths[0])
        yield line(f"{name}proposals_{noun}", load(urls, paths, headers=ANEW).per_second, "requests/s")
    for noun, paths in {"proposals": parts_of_list(urls[0]), "ballots": ballots_of_each()}.items():
        size = load(urls, paths[:1], seconds=0.5).size
        with floor(size, len(urls), work) as there:
            kept, possible = by_turns(urls, paths[0], there)
        load(urls, paths, headers=ANEW)  # as after the first seconds of a day
        with moving(database):
            computed = load(urls, paths, headers=ANEW)
        goal = SHARE_OF_FLOOR * possible.per_second
        yield at_least(f"{name}{noun}_kept", kept.per_second, "requests/s", goal, possible.per_second)
        yield from times(f"{name}{noun}_kept", kept)
        yield at_least(f"{name}{noun}_computed", computed.per_second, "requests/s", COMPUTED, possible.per_second)
        yield from times(f"{name}{noun}_computed", computed)
        yield line(f"{name}{noun}_bytes", size, "bytes")


def by_turns(servers: Sequence[str], path: str, floors: Sequence[str]) -> tuple[Load, Load]:
    """Ask the service and the floor in turn: the pair in the middle, since one moment is not like another."""
    pairs = [(load(servers, [path]), load(floors, [READY])) for _ in range(ROUNDS)]
    return sorted(pairs, key=lambda pair: pair[0].per_second / pair[1].per_second)[ROUNDS // 2]


def parts_of_list(url: str) -> list[str]:
    """Ways to ask for fifty proposals, each another fifty."""
    paths, cursor = ["/v1/proposals?limit=50"], ""
    while len(paths) < (MANY - 50) // STEP:
        cursor = f"&cursor={get_json(f'{url}/v1/proposals?limit={STEP}{cursor}')['next_cursor']}"
        paths.append(f"/v1/proposals?limit=50{cursor}")
    return paths


def ballots_of_each() -> list[str]:
    """Ways to ask for a hundred ballots, each on another proposal."""
    newest = range(MANY - 1, MANY - 1 - PROPOSALS_ASKED_FOR, -1)
    return [f"/v1/proposals/{proposal_of(number)}/ballots?limit={BALLOTS}" for number in newest]


@contextmanager
def moving(database: str) -> Iterator[None]:
    """Let a ballot come in again and again, on one proposal after another."""
    over = threading.Event()

    def cast() -> None:
        for number in cycle(range(MANY - 50, MANY)):
            if over.wait(BETWEEN_BALLOTS):
                return
            cast_once_more(database, number)

    casting = threading.Thread(target=cast)
    casting.start()
    try:
        yield
    finally:
        over.set()
        casting.join()


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
    path = f"/v1/proposals/{proposal_of(FEW - 1)}/ballots?limit={BALLOTS}"
    found = []
    for database in (small, large):
        with served([database], work) as urls:
            found.append(min(load(urls, [path], headers=ANEW).quantile(0.99) for _ in range(3)))
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
