"""`serve`: the API and the portal, with indexing beside them unless that is done elsewhere."""

from __future__ import annotations

import logging
import socket
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import uvicorn

from backend.app import create_app, living
from backend.chain.sending import open_sending_node
from backend.commands.command import Command
from backend.commands.comparing import crosschecked
from backend.commands.mailing import mailing
from backend.commands.opening import DATABASE, NODE, opened
from backend.commands.relaying import at_the_primary, relaying
from backend.errors import NodeUnavailableError
from backend.exit_codes import ExitCode
from backend.health import Watch
from backend.installation import Installation, check_node
from backend.interpreter import prepare_interpreter
from backend.queries.moves import Moves
from backend.relay.accepting import Desk
from backend.relay.names import SigningNames
from backend.settings import Settings

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
    watch, moves = Watch(follows=settings.index), Moves()
    with taking_in(installation) as desk:
        app = create_app(installation.mirror(), settings, living(installation, watch, moves), watch, moves, desk)
        return _run(Server(_config(app, settings), moves), installation, watch)


def _run(server: Server, installation: Installation, watch: Watch) -> ExitCode:
    compared = crosschecked(installation, watch) if watch.follows else nullcontext()
    with relaying(installation, watch), mailing(installation, watch), compared, suppress(KeyboardInterrupt):
        server.run()
    return ExitCode.DONE if server.started else ExitCode.REFUSED


def _config(app: Callable[..., Any], settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=settings.log_level == "debug",  # addresses of visitors are personal data
        server_header=False,
        proxy_headers=False,  # only of proxies that a setting names, and then in the application
    )


@contextmanager
def taking_in(installation: Installation) -> Iterator[Desk]:
    """Open the desk for signed ballots, with a connection to the node of its own."""
    deployment, settings = installation.deployment, installation.settings
    urls = installation.followed[0].rpc_url.split(",")
    with open_sending_node(urls, deployment.chain_id) as node:
        yield Desk(at_the_primary(installation), node, SigningNames(deployment, node), settings.relay_daily_ballots)


class Server(uvicorn.Server):
    """Sends those home who wait for news before it waits for their connections to end."""

    def __init__(self, config: uvicorn.Config, moves: Moves) -> None:
        super().__init__(config)
        self._moves = moves

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop when what is being answered is answered."""
        self._moves.end()
        await super().shutdown(sockets)


SERVE = Command(
    name="serve",
    summary="serve the API and the portal, and index beside it unless ZBOR_INDEX=0",
    does="Serves the API under /v1 and the portal at the root, and does what `index` does beside it. With ZBOR_INDEX=0"
    " it only reads the database: run as many of these as you need beside one `index`. With ZBOR_RELAY_KEY_FILE it also"
    " does what `relay` does.",
    needs=f"{DATABASE}, ZBOR_DOCUMENTS, ZBOR_HOST and ZBOR_PORT; to index also {NODE}; to send signed ballots also"
    " ZBOR_RELAY_KEY_FILE.",
    example="ZBOR_DEPLOYMENT=deployment.json ZBOR_INDEX=0 ZBOR_PORT=8000 python -m backend serve",
    run=serve,
)
