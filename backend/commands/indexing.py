"""`index`: what follows the chain and serves nothing."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace

from backend import metrics
from backend.commands.catching_up import shown_catching_up
from backend.commands.command import Command
from backend.commands.comparing import crosschecked
from backend.commands.opening import DATABASE, NODE, opened
from backend.exit_codes import ExitCode
from backend.health import Watch
from backend.indexer.watchdog import Watchdog
from backend.installation import Installation, check_node, follow
from backend.interpreter import prepare_interpreter


def index(_: Namespace) -> ExitCode:
    """Follow the chain, and serve nothing."""
    with opened() as installation:
        prepare_interpreter()
        check_node(installation)
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        _index(installation, stop)
    return ExitCode.DONE


def _index(installation: Installation, stop: threading.Event) -> None:
    watch, settings = Watch(), installation.settings
    if settings.metrics_port is not None:
        metrics.offer(watch, settings.metrics_port, settings.host)
    with (
        Watchdog(watch.pulses, settings.stall_seconds, demanding=True),
        shown_catching_up(installation),
        crosschecked(installation, watch),
    ):
        follow(installation, stop, watch)


INDEX = Command(
    name="index",
    summary="follow the chain and keep the mirror equal to it",
    does="Follows the chain and keeps the mirror equal to it; serves nothing. Reads from the deployment's first block"
    " on an empty database, and goes on where it ended on any other. Also compares the mirror with the contracts' own"
    " views every ZBOR_CROSSCHECK_SECONDS and logs each difference as an error.\n\n"
    "Runs until it is told to stop (SIGTERM or Ctrl-C); a node or a database that is away is waited for.",
    needs=f"{DATABASE}, {NODE}.",
    example="ZBOR_DEPLOYMENT=deployment.json ZBOR_RPC_URL=http://127.0.0.1:8545 python -m backend index",
    run=index,
)
