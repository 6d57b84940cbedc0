"""The whole thing on one machine: chain, contracts, the sample's story, indexer, relay, API and portal. `make demo`.

    compile ──▶ chain ──▶ deploy ──▶ hand over ──▶ verify ──▶ replay ──▶ serve ──▶ compare four ways ──▶ ready
                  │                                                        ▲
                  └───────────────── a later run ──────────────────────────┘

All state is in one folder; `complete.json` is written last, and a folder without it is started afresh.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.markup import escape

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
from scripts.operations import operate
from scripts.processes import ProcessError, local_chain, service
from scripts.record import ROOT, Record, read_record
from scripts.relay_account import fund_relay, relay_key
from scripts.sample_keys import SampleKey, keep_keys, unused_keys
from scripts.stage import read_story
from scripts.toolchain import environment, free_port, port_in_use
from scripts.web import get_json, is_up

FOLDER = ROOT / "var" / "demo"
USUAL_CHAIN_PORT = 8545
OURS = ("running", "complete.json", "home")
"""By any of these a folder is known as a demo's own."""
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
    settings: dict[str, str]
    """With which the service was started."""


@contextmanager
def running_demo(
    folder: Path = FOLDER, port: int = 8000, chain_port: int | None = None, reset: bool = False, report: Report = print
) -> Iterator[Demo]:
    """Everything up for the length of the block; afterwards all of it is ended and the state is kept.

    Raises `DemoError` where something stands in the way.
    """
    chain_port = _usable_ports(port, chain_port)
    with ExitStack() as stack:
        stack.enter_context(_alone(folder))
        fresh = _prepare(folder, reset)
        stack.enter_context(_ended_in_order(folder))
        env = environment(folder / "home", chain_port)
        compile_sources(env, report)
        sample = read_sample()
        story = sample.schedule(int(time.time()))
        report("starting the local chain" if fresh else "resuming the local chain")
        node = stack.enter_context(local_chain(chain_port, env, folder, story.genesis if fresh else None))
        if fresh:
            found_sample(folder, env, report)
            verify_sample(node, folder, sample, report)
            troubles = sample.scenario.operations
            quiet, log = _settings(folder, node, sample), folder / "operations.log"
            replay_sample(
                node,
                folder,
                sample,
                story,
                report,
                lambda stage, last: operate(stage, last, troubles, env, quiet, log, report),
            )
        catch_up_clock(node, int(time.time()))
        report("starting indexer, relay, API and portal")
        key = relay_key(folder)
        fund_relay(node, key)
        settings = _settings(folder, node, sample) | {"ZBOR_RELAY_KEY_FILE": str(key)}
        url = stack.enter_context(service(port, env, settings, folder / "service.log"))
        wait_until_synced(url, node)
        record = read_record(folder / "deployment.json")
        if fresh:
            compare_sample(node, record, folder, sample, url, report)
            (folder / "complete.json").write_text("{}\n")
        yield Demo(folder, url, node, record, _keys(node, record, folder, sample), settings)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two demos in one folder would overwrite each other's chain."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise DemoError(f"a demo is already running with its data in {folder}: end that one first") from taken
        yield


@contextmanager
def _ended_in_order(folder: Path) -> Iterator[None]:
    """A chain that was killed has lost its last blocks, and the mirror has not: then the mirror is made again."""
    mark = folder / "running"
    if mark.exists():
        for file in folder.glob("zbor.db*"):
            file.unlink()
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


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
    """Whether to start afresh; then the folder is emptied. Raises `DemoError` if it holds somebody else's files."""
    whole = all((folder / name).is_file() for name in ("complete.json", "state.json", "deployment.json"))
    if whole and not reset:
        return False
    if folder.exists() and any(folder.iterdir()) and not any((folder / name).exists() for name in OURS):
        raise DemoError(f"{folder} holds other files: give an empty folder, or none")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return True


def catch_up_clock(node: Node, now: int) -> None:
    """Bring the chain's clock to the present; one that is ahead stays ahead, since time on a chain never goes back.

    A local chain forgets on the way to its state file by how much its clock was moved.
    """
    node.call("evm_setNextBlockTimestamp", max(now, node.block_time + 1))  # also sets how far its clock is ahead
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
        "ZBOR_CONTACT": "office@zbor.example",
        "ZBOR_CORS_ORIGINS": "*",  # whoever tries a page of their own is on another origin
        "ZBOR_POLL_SECONDS": "0.5",
    }


def wait_until_synced(url: str, node: Node, seconds: float = 600) -> None:
    """Return once the mirror has reached the chain's head. Raises `DemoError` if it does not in time."""
    deadline = time.monotonic() + seconds
    while True:
        block = get_json(f"{url}/v1/status")["as_of"]["block"]
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


def welcome(demo: Demo, console: Console) -> None:
    """Say where to look and how to vote."""
    console.print(f"\n[bold]Open {demo.url}[/bold]    (API: {demo.url}/v1/status and {demo.url}/v1/openapi.json)\n")
    if demo.keys:
        _hand_out(demo, console)
    else:
        console.print("Nothing is open any more for anybody to vote on:  make demo RESET=1  starts the story afresh.")
    console.print("\nCtrl-C ends all of it. The next  make demo  goes on from here;  make demo RESET=1  starts afresh.")


def _hand_out(demo: Demo, console: Console) -> None:
    console.print(f"To vote, add this chain to a wallet: RPC {demo.node.url}, chain id {demo.node.chain_id}, no fees;")
    console.print("then import the key of a member that can still vote (public samples: never send anything there):")
    for key in demo.keys[:4]:
        bodies = " and ".join(body.replace("_", " ") for body in key.votes_on)
        console.print(f"  {key.private_key}  {key.name} ({bodies})")


def keep_alive(demo: Demo) -> NoReturn:
    """Look after a running demo until interrupted. Raises `ProcessError` if a part of it has ended by itself."""
    head = demo.node.block_number
    while True:
        time.sleep(HEARTBEAT)
        if not is_up(f"{demo.url}/health/live"):
            raise ProcessError(f"the service has ended by itself; see {demo.folder / 'service.log'}")
        if not demo.node.answers():
            raise ProcessError(f"the local chain has ended by itself; see {demo.folder / 'chain.log'}")
        head = beat(demo.node, head, int(time.time()))


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _port(name: str) -> int | None:
    text = os.environ.get(name, "")
    if text and not (text.isdecimal() and 0 < int(text) < 65_536):
        raise DemoError(f"{name}={text} is no port: give a number such as {name}=8001")
    return int(text) if text else None


def main() -> None:
    """Run the demo until Ctrl-C. PORT, CHAIN_PORT and RESET=1 come from the environment."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell may have started us with Ctrl-C ignored
        signal.signal(number, _interrupt)
    console = Console(highlight=False, soft_wrap=True)
    try:
        ports = _port("PORT") or 8000, _port("CHAIN_PORT")
        reset = os.environ.get("RESET") == "1"
        with running_demo(FOLDER, *ports, reset, lambda line: console.print(f"• {line}")) as demo:
            welcome(demo, console)
            keep_alive(demo)
    except KeyboardInterrupt:
        console.print("\nended; the data are kept")
    except Exception as error:  # noqa: BLE001 - whatever it was, a newcomer gets one line, not a stack
        console.print(f"[red]{type(error).__name__}[/red]: {escape(str(error))}")
        sys.exit(1)


if __name__ == "__main__":
    main()
