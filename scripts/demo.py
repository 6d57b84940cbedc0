"""The whole thing on one machine: chain, contracts, the sample's story, indexer, API and portal. `make demo`.

    compile ──▶ chain ──▶ deploy ──▶ hand over ──▶ verify ──▶ replay ──▶ serve ──▶ compare four ways ──▶ ready
                  │                                                        ▲
                  └───────────────── a later run ──────────────────────────┘

All state is in one folder; `complete.json` is written last, and a folder without it is started afresh.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from scripts.first_run import (
    DemoError,
    Report,
    Sample,
    compare_sample,
    compile_sources,
    found_sample,
    read_sample,
    replay_sample,
    verify_sample,
)
from scripts.node import Node
from scripts.processes import local_chain, service
from scripts.record import ROOT, Record, read_record
from scripts.replay_scenario import read_story
from scripts.sample_keys import SampleKey, keep_keys, unused_keys
from scripts.toolchain import environment, free_port, port_in_use

FOLDER = ROOT / "var" / "demo"
USUAL_CHAIN_PORT = 8545
HEARTBEAT = 5
"""Seconds between looks whether the chain needs a block."""
SILENCE = 60
"""Seconds after which a block is made although nothing happened, so that the chain's clock goes on."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that is up."""

    folder: Path
    url: str
    node: Node
    record: Record
    keys: tuple[SampleKey, ...]
    """Of members that can still vote on everything that is open."""


@contextmanager
def running_demo(
    folder: Path = FOLDER, port: int = 8000, chain_port: int | None = None, reset: bool = False, report: Report = print
) -> Iterator[Demo]:
    """Everything up for the length of the block; afterwards all of it is ended and the state is kept.

    Raises `DemoError` where something stands in the way.
    """
    chain_port = _usable_ports(port, chain_port)
    fresh = _prepare(folder, reset)
    env = environment(folder / "home", chain_port)
    compile_sources(env, report)
    sample = read_sample()
    story = sample.schedule(int(time.time()))
    with ExitStack() as stack:
        report("starting the local chain" if fresh else "resuming the local chain")
        node = stack.enter_context(local_chain(chain_port, env, folder, story.genesis if fresh else None))
        if fresh:
            found_sample(folder, env, report)
            verify_sample(node, folder, sample, report)
            replay_sample(node, folder, sample, story, report)
        catch_up_clock(node, int(time.time()))
        report("starting indexer, API and portal")
        url = stack.enter_context(service(port, env, _settings(folder, node, sample), folder / "service.log"))
        wait_until_synced(url, node)
        record = read_record(folder / "deployment.json")
        if fresh:
            compare_sample(node, record, folder, sample, url, report)
            (folder / "complete.json").write_text("{}\n")
        yield Demo(folder, url, node, record, _keys(node, record, folder, sample))


def _usable_ports(port: int, chain_port: int | None) -> int:
    if port_in_use(port):
        raise DemoError(
            f"port {port} is in use: end what runs there, or choose another with  make demo PORT={port + 1}"
        )
    if chain_port is None:
        return free_port() if port_in_use(USUAL_CHAIN_PORT) else USUAL_CHAIN_PORT
    if port_in_use(chain_port):
        raise DemoError(f"port {chain_port} is in use: choose another with  make demo CHAIN_PORT={chain_port + 1}")
    return chain_port


def _prepare(folder: Path, reset: bool) -> bool:
    """Whether to start afresh; then the folder is emptied."""
    whole = all((folder / name).is_file() for name in ("complete.json", "state.json", "deployment.json"))
    if whole and not reset:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return True


def catch_up_clock(node: Node, now: int) -> None:
    """Bring the chain's clock to the present; a chain ahead of it is left alone."""
    if node.block_time < now:
        node.call("evm_setNextBlockTimestamp", now)
    node.batch([("evm_mine", [])] * 3)


def beat(node: Node, last_head: int, now: int) -> int:
    """Make what was just voted final, and keep the chain's clock going; returns the new head."""
    head = node.block_number
    if head != last_head:
        node.batch([("evm_mine", [])] * 2)
    elif now - node.block_time >= SILENCE:
        node.call("evm_mine")
    return node.block_number


def _settings(folder: Path, node: Node, sample: Sample) -> dict[str, str]:
    return {
        "ZBOR_RPC_URL": node.url,
        "ZBOR_CHAIN_ID": str(sample.plan.chain_id),
        "ZBOR_CHAIN_NAME": "Zbor sample chain",
        "ZBOR_DEPLOYMENT": str(folder / "deployment.json"),
        "ZBOR_DATABASE_URL": f"sqlite:///{folder / 'zbor.db'}",
        "ZBOR_DOCUMENTS": str(folder / "documents"),
        "ZBOR_CONSORTIUM": sample.scenario.name,
        "ZBOR_NOTICE": sample.scenario.notice,
        "ZBOR_POLL_SECONDS": "0.5",
    }


def wait_until_synced(url: str, node: Node, seconds: float = 600) -> None:
    """Return once the mirror has reached the chain's head. Raises `DemoError` if it does not in time."""
    deadline = time.monotonic() + seconds
    while True:
        with urllib.request.urlopen(f"{url}/v1/status", timeout=30) as answer:
            block = json.load(answer)["as_of"]["block"]
        if block >= node.block_number:
            return
        if time.monotonic() > deadline:
            raise DemoError(f"the mirror is at block {block} of {node.block_number} after {seconds:.0f} s")
        time.sleep(0.2)


def _keys(node: Node, record: Record, folder: Path, sample: Sample) -> tuple[SampleKey, ...]:
    filed, _ = read_story(folder / "story.json")
    keys = unused_keys(node, record, sample.roll, [filed[motion.reference] for motion in sample.scenario.running])
    keep_keys(keys, folder / "keys.json")
    return keys


def _welcome(demo: Demo, console: Console) -> None:
    console.print(
        f"\n[bold]Open {demo.url}[/bold]   (API: {demo.url}/v1/status, its description: {demo.url}/v1/openapi.json)"
    )
    console.print(f"Chain for a wallet: RPC {demo.node.url}, chain id {demo.node.chain_id}, currency ETH, no fees.")
    console.print("Members that can still vote; these keys are public samples, never send anything of value to them:")
    for key in demo.keys[:4]:
        console.print(
            f"  {key.name} ({key.code}, votes on {', '.join(key.votes_on)})\n    {key.private_key}", highlight=False
        )
    console.print("Ctrl-C ends all of it; the next  make demo  goes on from here,  make demo RESET=1  starts afresh.")


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the demo until Ctrl-C. PORT, CHAIN_PORT and RESET=1 come from the environment."""
    signal.signal(signal.SIGTERM, _interrupt)
    console = Console()
    chain_port = int(os.environ["CHAIN_PORT"]) if os.environ.get("CHAIN_PORT") else None
    port, reset = int(os.environ.get("PORT") or 8000), os.environ.get("RESET") == "1"
    try:
        with running_demo(
            FOLDER, port, chain_port, reset, lambda line: console.print(f"• {line}", highlight=False)
        ) as demo:
            _welcome(demo, console)
            head = demo.node.block_number
            while True:
                time.sleep(HEARTBEAT)
                head = beat(demo.node, head, int(time.time()))
    except KeyboardInterrupt:
        console.print("\nended")
    except Exception as error:  # noqa: BLE001 - whatever it was, a newcomer gets one line, not a stack
        console.print(f"[red]{type(error).__name__}[/red]: {error}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
