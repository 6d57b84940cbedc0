"""Prints how quickly the mirror reads a long history of our own contracts, beside the floor measured in the same run.

    python -m scripts.bench_indexer [ballots]        make bench-indexer

The history (2,000 proposals, 50 members, 100,000 ballots unless told otherwise) is made once and kept, see
`bench_history`. One JSON object a line: `figure`, `value`, `unit`, `reference` (the floor: download, parse and bulk
insert, piped), `ratio`, `goal` and `ok`. Every tally of the mirror is compared with the chain's own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import eth_abi
from rich.console import Console
from sqlalchemy import func, select

from backend.database.records import ProposalRecord, VoteRecord
from backend.database.session import engine_from
from scripts.bench_history import BODY, History, history
from scripts.bench_latency import seconds_to_api
from scripts.figures import Line, at_least, at_most, line
from scripts.node import Node
from scripts.postgres import running_postgres
from scripts.processes import local_chain
from scripts.record import read_record
from scripts.toolchain import ROOT, environment, free_port

EVENTS_A_SECOND = {"sqlite": 20_000, "postgresql": 25_000}
SHARE_OF_FLOOR = 0.6
MOST_REQUESTS, MOST_MEMORY = 60, 200
MOST_GROWTH = 1.25
"""CPU for an event in a history ten or thirty times as long, by that in the short one."""
MEDIAN, WORST = 0.1, 0.3
"""Seconds from a block to the API's answer."""
TIMES = 3
"""Consortia in the longest run."""
BEST_OF = 2
"""Runs of each kind; the better counts, for other programs disturb."""
READS_AT_ONCE = 200


def main() -> None:
    """Measure and print; exit with 1 if a goal is missed or a tally differs."""
    console = Console(stderr=True)
    made = history(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, console.print)
    missed = False
    with TemporaryDirectory(prefix="zbor-bench-") as work:
        for each in lines(made, Path(work)):
            print(json.dumps(each), flush=True)
            missed |= not each["ok"]
    sys.exit(missed)


def lines(made: History, work: Path) -> Iterator[Line]:
    """All figures, as they are measured."""
    port = free_port()
    with local_chain(port, environment(work / "home", port), work, keep=False, load=made.state) as node:
        for engine, databases in (("sqlite", files(work)), ("postgresql", servers())):
            with databases as fresh:
                yield from of_engine(engine, node, made, [next(fresh) for _ in range(2 * BEST_OF)])
        with files(work / "growth") as fresh:
            yield from growth(node, made, fresh)
    median, worst = seconds_to_api(work / "latency")
    yield at_most("block_to_api_median", median, "s", MEDIAN)
    yield at_most("block_to_api_p99", worst, "s", WORST)


def of_engine(engine: str, node: Node, made: History, databases: list[str]) -> Iterator[Line]:
    """Floor and mirror by turns, the better of each."""
    until = made.milestones[-1].block
    floors, runs = [], []
    for number in range(BEST_OF):
        floors.append(measured("bench_floor", node, made, databases[2 * number], until))
        runs.append(measured("bench_run", node, made, databases[2 * number + 1], until))
    floor, run = (min(each, key=lambda found: found["wall"]) for each in (floors, runs))
    speed, possible = run["events"] / run["wall"], floor["events"] / floor["wall"]
    yield at_least(f"{engine}_events", speed, "events/s", EVENTS_A_SECOND[engine], possible)
    yield at_least(f"{engine}_share_of_floor", speed / possible, "", SHARE_OF_FLOOR)
    yield line(f"{engine}_wall", run["wall"], "s", None, floor["wall"], ok=True)
    yield line(f"{engine}_cpu", run["cpu"], "s", None, floor["cpu"], ok=True)
    yield at_most(f"{engine}_requests", run["requests"], "", MOST_REQUESTS, floor["requests"])
    yield at_most(f"{engine}_memory", run["memory"], "MB", MOST_MEMORY, floor["memory"])
    yield at_most(f"{engine}_tallies_that_differ", differences(node, made, databases[1]), "", 0)


def growth(node: Node, made: History, fresh: Iterator[str]) -> Iterator[Line]:
    """Whether an event costs the same in short and long histories; the longest is several consortia in one database."""
    short, *_, whole = made.milestones
    base = measured("bench_run", node, made, next(fresh), short.block)
    for until, times in ((whole.block, 1), (whole.block, TIMES)):
        run = measured("bench_run", node, made, next(fresh), until, times)
        cost, reference = (1e6 * each["cpu"] / each["events"] for each in (run, base))
        name = f"cpu_for_an_event_of_{run['events']}"
        yield line(name, cost, "µs", MOST_GROWTH * reference, reference, ok=cost <= MOST_GROWTH * reference)


def measured(module: str, node: Node, made: History, database: str, until: int, times: int = 1) -> dict[str, Any]:
    """Run a measurement in a process of its own."""
    command = [sys.executable, "-m", f"scripts.{module}", node.url, str(made.deployment), database, str(until)]
    command += [str(times)] if times > 1 else []
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def differences(node: Node, made: History, database: str) -> int:
    """How many proposals the mirror and the contracts count otherwise."""
    engine = engine_from(database)
    with engine.connect() as connection:
        tallies = {proposal: [0, 0, 0] for proposal in connection.scalars(select(ProposalRecord.proposal_id))}
        columns = (VoteRecord.proposal_id, VoteRecord.choice)
        for proposal, choice, ballots in connection.execute(select(*columns, func.count()).group_by(*columns)):
            tallies[proposal][choice] = ballots
    engine.dispose()
    return sum(own != theirs for own, theirs in zip(tallies.values(), on_chain(node, made, list(tallies)), strict=True))


def on_chain(node: Node, made: History, proposals: list[int]) -> Iterator[list[int]]:
    """The governor's own tallies: against, for, abstain."""
    governor = read_record(made.deployment).governor(node, BODY)
    for start in range(0, len(proposals), READS_AT_ONCE):
        asked = proposals[start : start + READS_AT_ONCE]
        calls = [{"to": governor.address, "data": governor.data("tallyOf", proposal)} for proposal in asked]
        for answer in node.batch([("eth_call", [call, "latest"]) for call in calls]):
            yield list(eth_abi.decode(["uint256"] * 3, bytes.fromhex(answer[2:])))


@contextmanager
def files(folder: Path) -> Iterator[Iterator[str]]:
    """Addresses of fresh SQLite databases."""
    folder.mkdir(exist_ok=True)
    yield (f"sqlite:///{folder / f'{number}.db'}" for number in range(100))


@contextmanager
def servers() -> Iterator[Iterator[str]]:
    """Addresses of fresh databases of a PostgreSQL of this run."""
    with running_postgres(durable=True) as server:
        yield (server.create_database(f"bench{number}") for number in range(100))


if __name__ == "__main__":
    main()
