"""`relay`: sends what members have signed."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial

from backend.beside import beside
from backend.chain.contracts import check_deployment
from backend.chain.sending import SendingEndpoints, open_sending_node
from backend.chain.signer import Signer
from backend.commands.command import Command
from backend.commands.opening import DATABASE, NODE, opened
from backend.errors import SettingsError
from backend.exit_codes import ExitCode
from backend.health import Watch
from backend.installation import Installation
from backend.queries.mirror import Mirror
from backend.relay.means import Policy
from backend.relay.relayer import Relayer
from backend.relay.running import RelayTask
from backend.settings import Settings

LONGEST_GOODBYE = 10.0
"""Seconds to wait for the turn in hand; one that is cut off is taken up again."""
WEI_IN_GWEI, WEI_IN_ETHER = 10**9, 10**18
VARIABLE, BY_ITSELF = "ZBOR_RELAY_KEY_FILE", "ZBOR_RELAY_KEY"

log = logging.getLogger("backend")


def relay(_: Namespace) -> ExitCode:
    """Send signed ballots, and serve nothing."""
    with opened() as installation, _node(installation) as node:
        check_deployment(node, installation.deployment)
        task, stop = task_of(installation, node), threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        task.run(stop)
    return ExitCode.DONE


@contextmanager
def relaying(installation: Installation, watch: Watch) -> Iterator[None]:
    """Run the relay beside something else for the length of the block, if it has a key."""
    if not installation.settings.relays:
        yield
        return
    with _node(installation) as node:
        task = task_of(installation, node)
        watch.further["relay"] = task.health
        with beside("relay", partial(_run_or_say_why, task), LONGEST_GOODBYE):
            yield


def task_of(installation: Installation, node: SendingEndpoints) -> RelayTask:
    """Make the relay of an installation.

    Raises:
        SettingsError: there is no key, or it is none.
    """
    settings, deployment = installation.settings, installation.deployment
    policy = Policy(
        most_wei=int(settings.relay_most_gwei * WEI_IN_GWEI),
        reserve_wei=int(settings.relay_reserve_ether * WEI_IN_ETHER),
        resubmit_seconds=settings.relay_resubmit_seconds,
        finality_depth=settings.finality_depth,
    )
    relayer = Relayer(node, signer_of(settings), at_the_primary(installation), policy)
    lock = (deployment.chain_id, str(deployment.registry))
    return RelayTask(relayer, installation.engine, lock, settings.poll_seconds)


def at_the_primary(installation: Installation) -> Mirror:
    """The mirror without its copy: what was taken in a moment ago must be seen."""
    return replace(installation.mirror(), replica=None)


def signer_of(settings: Settings) -> Signer:
    """Read the key; nothing that is said of it repeats it.

    Raises:
        SettingsError: there is no key, or it is none.
    """
    named = VARIABLE if settings.relay_key_file is not None else BY_ITSELF
    try:
        return Signer(_key(settings))
    except ValueError as error:
        raise SettingsError(named, str(error)) from None


def _key(settings: Settings) -> str:
    if settings.relay_key_file is None:
        if settings.relay_key is None:
            raise SettingsError(VARIABLE, "must be set: the relay needs the key of the account that pays")
        return settings.relay_key
    try:
        return settings.relay_key_file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(VARIABLE, "cannot be read") from None


def _node(installation: Installation) -> AbstractContextManager[SendingEndpoints]:
    return open_sending_node(installation.followed[0].rpc_url.split(","), installation.deployment.chain_id)


def _run_or_say_why(task: RelayTask, stop: threading.Event) -> None:
    try:
        task.run(stop)
    except Exception:
        task.failed()
        log.critical("The relay has stopped, signed ballots wait.", exc_info=True)


RELAY = Command(
    name="relay",
    summary="send the ballots that members have signed",
    does="Sends the ballots that members have signed and handed in at /v1/relay/ballots, many in a transaction, and"
    " pays for them. Follows each until its block is final, offers more when nobody takes it in, and sends again what a"
    " reorganisation took back. `serve` does the same beside everything else when it has the key; run this where the"
    " key shall not be on the machine that faces the web.\n\n"
    "Runs until it is told to stop (SIGTERM or Ctrl-C). Of several one sends and the others stand by.",
    needs=f"{DATABASE}, {NODE}, and ZBOR_RELAY_KEY_FILE. Somebody must index the same database.",
    example="ZBOR_DEPLOYMENT=deployment.json ZBOR_RELAY_KEY_FILE=relay.key python -m backend relay",
    run=relay,
)
