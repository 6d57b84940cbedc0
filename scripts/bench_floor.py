"""The floor under the mirror: how quickly the same logs are downloaded, parsed and stored if nothing is made of them.

Downloads run ahead in a thread of their own; each answer becomes rows of one plain table, committed with a cursor.
Runs in a process of its own and prints one JSON object, as `bench_run` does.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import msgspec

from backend.chain.contracts import load_deployment
from backend.chain.node import RawLog
from scripts.bench_run import memory

SPAN = 200
"""Blocks in one question."""
COLUMNS = "block bigint, idx int, address text, topic text, voter text, data text, hash text, transaction_hash text"
NAMES = ", ".join(column.split()[0] for column in COLUMNS.split(", "))
Row = tuple[int, int, str, str, str | None, str, str, str]


class Answer(msgspec.Struct):
    """What `eth_getLogs` gives."""

    result: list[RawLog]


class InSqlite:
    """One table and a cursor in a file."""

    def __init__(self, url: str) -> None:
        self._database = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", *SCHEMA):
            self._database.execute(statement)

    def store(self, rows: Sequence[Row], until: int) -> None:
        """Write rows and cursor in one transaction."""
        self._database.execute("BEGIN")
        self._database.executemany(f"INSERT INTO logs VALUES ({', '.join('?' * 8)})", rows)  # noqa: S608
        self._database.execute("UPDATE cursor SET block = ?", (until,))
        self._database.execute("COMMIT")


class InPostgres:
    """One table and a cursor in PostgreSQL."""

    def __init__(self, url: str) -> None:
        import psycopg  # noqa: PLC0415  # only where PostgreSQL is measured

        self._database = psycopg.connect(url.replace("+psycopg", ""))
        for statement in SCHEMA:
            self._database.execute(statement)
        self._database.commit()

    def store(self, rows: Sequence[Row], until: int) -> None:
        """Write rows and cursor in one transaction."""
        with self._database.cursor() as cursor:
            with cursor.copy(f"COPY logs ({NAMES}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("UPDATE cursor SET block = %s", (until,))
        self._database.commit()


SCHEMA = (
    f"CREATE TABLE logs ({COLUMNS}, PRIMARY KEY (block, idx))",
    "CREATE INDEX logs_by_voter ON logs (voter)",
    "CREATE TABLE cursor (block int)",
    "INSERT INTO cursor VALUES (0)",
)


def answers(url: str, addresses: Sequence[str], first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Download range after range, one ahead."""
    client = httpx.Client(timeout=120)

    def ask(start: int) -> bytes:
        wanted = {"address": addresses, "fromBlock": hex(start), "toBlock": hex(min(last, start + SPAN - 1))}
        body = {"jsonrpc": "2.0", "id": 0, "method": "eth_getLogs", "params": [wanted]}
        return client.post(url, json=body).content

    with ThreadPoolExecutor(1) as aside:
        ahead = aside.submit(ask, first)
        for start in range(first, last + 1, SPAN):
            raw = ahead.result()
            if start + SPAN <= last:
                ahead = aside.submit(ask, start + SPAN)
            yield min(last, start + SPAN - 1), raw


def measure(url: str, deployment: Path, database: str, until: int) -> dict[str, Any]:
    """Download, parse and store all logs of the consortium's contracts up to a block."""
    record = load_deployment(deployment)
    addresses = [record.registry, record.rulebook, record.records, *(body.governor for body in record.bodies)]
    store = InSqlite(database) if database.startswith("sqlite") else InPostgres(database)
    wall, cpu, events, requests = time.perf_counter(), time.process_time(), 0, 0
    for last, raw in answers(url, addresses, record.block, until):
        logs = msgspec.json.decode(raw, type=Answer).result
        store.store([_row(log) for log in logs], last)
        events, requests = events + len(logs), requests + 1
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"wall": wall, "cpu": cpu, "events": events, "requests": requests, "memory": memory()}


def _row(log: RawLog) -> Row:
    voter = log.topics[1] if len(log.topics) > 1 else None
    return *log.place, log.address, log.topics[0], voter, log.data, log.block_hash, log.transaction_hash


def main() -> None:
    """Measure what the command line says: address, record, database, block."""
    url, deployment, database, until = sys.argv[1:]
    print(json.dumps(measure(url, Path(deployment), database, int(until))))


if __name__ == "__main__":
    main()
