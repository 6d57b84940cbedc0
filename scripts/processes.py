"""Programs that run beside ours: the local chain and the service. Each ends with the block that started it."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.kept_chain import first_second
from scripts.node import Node
from scripts.record import ROOT
from scripts.web import is_up

LOOPBACK = "127.0.0.1"
CHAIN_ID = 31_337
PR_SET_PDEATHSIG = 1


class ProcessError(Exception):
    """A program did not start, or ended by itself; the message says where to read why."""


@contextmanager
def running(command: Sequence[str], env: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program for the length of the block, its output in `log`; at the end it is interrupted and waited for."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C in the terminal reaches only us, so that we end them in order
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one system call, and it holds no lock
        )
        try:
            yield process
        finally:
            _end(process)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _end(process: subprocess.Popen[bytes], patience: float = 20) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def local_chain(
    port: int,
    env: Mapping[str, str],
    folder: Path,
    genesis: int | None = None,
    keep: bool = True,
    load: Path | None = None,
) -> Iterator[Node]:
    """A local chain on loopback without fees; with `keep` its state stays in the folder from run to run.

    `genesis` is the first block's second; left out, a kept chain goes on. `load` is a state to start from.
    """
    state = load or folder / "state.json"
    if genesis is None and (keep or load) and state.is_file():
        genesis = first_second(state)
    options = ["--port", str(port), "--chain-id", str(CHAIN_ID), "--base-fee", "0", "--gas-price", "0"]
    options += ["--slots-in-an-epoch", "1", "--gas-limit", "100000000", "--quiet"]
    if keep:
        options += ["--state", str(folder / "state.json"), "--state-interval", "10"]
    if genesis is not None:
        options += ["--timestamp", str(genesis)]
    if load is not None:
        options += ["--load-state", str(load)]
    log = folder / "chain.log"
    with running(["anvil", *options], env, log) as process:
        node = Node(f"http://{LOOPBACK}:{port}")
        try:
            _wait(process, node.answers, "the local chain", log)
            yield node
        finally:
            node.close()


@contextmanager
def service(port: int, env: Mapping[str, str], settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """Indexer, API and portal; yields their address once they answer."""
    url = f"http://{LOOPBACK}:{port}"
    variables = {"ZBOR_HOST": LOOPBACK, "ZBOR_PORT": str(port), **settings}
    with running([sys.executable, "-m", "backend", "serve"], {**env, **variables}, log) as process:
        _wait(process, lambda: is_up(f"{url}/health/ready"), "the service", log)
        yield url


def _wait(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], what: str, log: Path, seconds: float = 90
) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None:
            raise ProcessError(f"{what} ended by itself; its last words: {_last_line(log)} ({log})")
        if time.monotonic() > deadline:
            raise ProcessError(f"{what} does not answer after {seconds:.0f} s; see {log}")
        time.sleep(0.1)


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "none"
