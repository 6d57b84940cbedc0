"""`serve` and `index`: what runs all the time."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

import uvicorn

from backend import metrics
from backend.app import create_app, living
from backend.audit import crosscheck
from backend.chain.endpoints import open_node
from backend.commands.catching_up import shown_catching_up
from backend.commands.command import Command
from backend.commands.opening import DATABASE, NODE, opened
from backend.errors import NodeUnavailableError
from backend.exit_codes import ExitCode
from backend.health import Watch
from backend.indexer.watchdog import Watchdog
from backend.installation import Installation, check_node, follow
from backend.interpreter import prepare_interpreter
from backend.queries.moves import Moves

LONGEST_GOODBYE = 5.0
"""Seconds to wait for the comparison in hand; one that is cut off leaves nothing behind."""

log = logging.getLogger("backend")


def serve(_: Namespace) -> ExitCode:
    """Serve the API and the portal, and follow the chain beside it unless ZBOR_INDEX=0."""
    with opened() as installation:
        prepare_interpreter()
        return _serve(installation)


def _serve(installation: Installation) -> ExitCode:
    settings = installation.settings
    if settings.index:
        try:
            check_node(installation)
        except NodeUnavailableError as error:
            log.warning("%s Serving what is mirrored already.", error)
    watch, moves = Watch() if settings.index else None, Moves()
    app = create_app(installation.mirror(), settings, living(installation, watch, moves), watch, moves)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=settings.log_level == "debug",  # addresses of visitors are personal data
        server_header=False,
    )
    server = Server(config, moves)
    with crosschecked(installation, watch) if watch else nullcontext(), suppress(KeyboardInterrupt):
        server.run()
    return ExitCode.DONE if server.started else ExitCode.REFUSED


class Server(uvicorn.Server):
    """Sends those home who wait for news before it waits for their connections to end."""

    def __init__(self, config: uvicorn.Config, moves: Moves) -> None:
        super().__init__(config)
        self._moves = moves

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop when what is being answered is answered."""
        self._moves.end()
        await super().shutdown(sockets)


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


@contextmanager
def crosschecked(installation: Installation, watch: Watch) -> Iterator[None]:
    """Compare the mirror with the contracts' own views for the length of the block, and tell it to the watch."""
    settings = installation.settings
    if not settings.crosscheck_seconds:
        yield
        return
    stop = threading.Event()
    with open_node(installation.followed[0].rpc_url.split(","), installation.deployment.chain_id) as node:
        looks = crosscheck.Crosscheck(installation.mirror(), installation.deployment, node)
        watch.further["comparison"] = looks.health
        arguments = (looks, stop, settings.crosscheck_seconds)
        thread = threading.Thread(target=crosscheck.run, args=arguments, name="crosscheck", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(LONGEST_GOODBYE)


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
SERVE = Command(
    name="serve",
    summary="serve the API and the portal, and index beside it unless ZBOR_INDEX=0",
    does="Serves the API under /v1 and the portal at the root, and does what `index` does beside it. With ZBOR_INDEX=0"
    " it only reads the database: run as many of these as you need beside one `index`.",
    needs=f"{DATABASE}, ZBOR_DOCUMENTS, ZBOR_HOST and ZBOR_PORT; to index also {NODE}.",
    example="ZBOR_DEPLOYMENT=deployment.json ZBOR_INDEX=0 ZBOR_PORT=8000 python -m backend serve",
    run=serve,
)
