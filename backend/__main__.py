"""The command line: `python -m backend serve`, and what an operator needs beside it."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import closing

import uvicorn
from sqlalchemy.orm import Session

from backend import metrics
from backend.api.answers import answer_from
from backend.api.status import StatusResponse
from backend.app import create_app, following
from backend.chain.contracts import MissingContractError
from backend.database.journal import CursorRecord
from backend.database.session import writing_factory
from backend.errors import (
    MirrorEmptyError,
    NodeUnavailableError,
    SettingsError,
    UndecodableLogError,
    WrongChainError,
    ZborError,
)
from backend.exit_codes import ExitCode, explained
from backend.health import Watch
from backend.indexer import export as exports
from backend.indexer import rebuild as rebuilding
from backend.indexer.reorg import FinalityBrokenError
from backend.indexer.watchdog import Watchdog
from backend.installation import Installation, check_node, follow, open_installation
from backend.log_lines import JsonLines
from backend.queries.status import read_status
from backend.settings import read_settings

EPILOG = (
    "Settings come from variables of the environment; ZBOR_DEPLOYMENT must name the deployment record. " + explained()
)

log = logging.getLogger("backend")


def serve(installation: Installation) -> None:
    """Serve the API and the portal, and follow the chain beside it unless ZBOR_INDEX=0."""
    settings = installation.settings
    if settings.index:
        try:
            check_node(installation)
        except NodeUnavailableError as error:
            log.warning("%s Serving what is mirrored already.", error)
    watch = Watch() if settings.index else None
    app = create_app(installation.mirror(), settings, following(installation, watch) if watch else None, watch)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=settings.log_level == "debug",  # addresses of visitors are personal data
        server_header=False,
    )


def index(installation: Installation) -> None:
    """Follow the chain, and serve nothing."""
    check_node(installation)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    watch, settings = Watch(), installation.settings
    if settings.metrics_port is not None:
        metrics.offer(watch, settings.metrics_port, settings.host)
    with Watchdog(watch.pulses, settings.stall_seconds, demanding=True):
        follow(installation, stop, watch)


def rebuild(installation: Installation) -> None:
    """Empty the records and derive them from the journal again."""
    with writing_factory(installation.engine).begin() as session:
        cursor = _locked_cursor(session, installation.consortium_id)
        replayed = rebuilding.rebuild(session, installation.consortium_id)
        cursor.revision += 1
    print(f"Replayed {replayed} events.")  # noqa: T201


def export(installation: Installation) -> None:
    """Write all records to standard output, one line of JSON each; the same chain gives the same bytes."""
    with installation.sessions() as session:
        sys.stdout.writelines(exports.export(session, installation.consortium_id))


def status(installation: Installation) -> None:
    """Say how far the mirror is, as /v1/status does."""
    with installation.mirror().reading() as reading:
        view = read_status(reading.session, reading.consortium, reading.now)
        print(answer_from(StatusResponse, reading.as_of, view).model_dump_json(indent=2))  # noqa: T201


COMMANDS: dict[str, Callable[[Installation], None]] = {
    command.__name__: command for command in (serve, index, rebuild, export, status)
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns an `ExitCode`."""
    parser = argparse.ArgumentParser("python -m backend", description=__doc__, epilog=EPILOG)
    choices = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        choices.add_parser(name, help=command.__doc__, description=command.__doc__)
    chosen = COMMANDS[parser.parse_args(arguments).command]
    try:
        settings = read_settings(os.environ)
        _log_from(settings.log_level, settings.log_format)
        with closing(open_installation(settings)) as installation:
            chosen(installation)
    except ZborError as error:
        print(f"zbor: {error}", file=sys.stderr)  # noqa: T201
        return exit_code_of(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # whoever read our output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.DONE


def exit_code_of(error: ZborError) -> ExitCode:
    """What a refusal means for whoever started the command."""
    if isinstance(error, SettingsError):
        return ExitCode.SETTINGS
    contradicts = isinstance(error, WrongChainError | MissingContractError | FinalityBrokenError | UndecodableLogError)
    return ExitCode.CONTRADICTED if contradicts else ExitCode.REFUSED


def _locked_cursor(session: Session, consortium_id: int) -> CursorRecord:
    cursor = session.get(CursorRecord, consortium_id, with_for_update=True)
    if cursor is None:
        raise MirrorEmptyError
    return cursor


def _log_from(level: str, form: str) -> None:
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if form == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
    # What these say of each request carries the node's address, and with it perhaps a key.
    for wordy in ("httpx", "httpcore", "websockets", "alembic"):
        logging.getLogger(wordy).setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
