"""One installation: what settings come to mean (deployment, database, documents), and how it follows the chain."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from backend.chain.calls import CallBook
from backend.chain.connection import Connection
from backend.chain.contracts import Deployment, check_deployment, load_deployment
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.errors import NodeUnavailableError, SettingsError
from backend.indexer.consortia import register
from backend.indexer.follower import Follower, run
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from backend.settings import Settings

log = logging.getLogger(__name__)


def wall_clock() -> int:
    """Seconds since the epoch."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Installation:
    """What every command starts from."""

    settings: Settings
    deployment: Deployment
    engine: Engine
    sessions: sessionmaker[Session]
    consortium_id: int

    def mirror(self) -> Mirror:
        """The mirror as the web reads it."""
        consortium = Consortium(
            id=self.consortium_id,
            name=self.settings.consortium,
            notice=self.settings.notice or self.deployment.notice,
            chain_id=self.deployment.chain_id,
            registry=self.deployment.registry,
            rulebook=self.deployment.rulebook,
            records=self.deployment.records,
            start_block=self.deployment.block,
            documents=DocumentStore(self.settings.documents),
            calls=CallBook(self.deployment),
        )
        return Mirror(self.sessions, consortium, wall_clock)


def open_installation(settings: Settings) -> Installation:
    """Read the deployment record and bring the database to this release's schema.

    Raises:
        SettingsError: the record cannot be used, or is of another chain than the settings ask for.
    """
    deployment = load_deployment(settings.deployment)
    if settings.chain_id not in (None, deployment.chain_id):
        problem = f"is {settings.chain_id}, but the contracts of the record are on chain {deployment.chain_id}"
        raise SettingsError("ZBOR_CHAIN_ID", problem)
    upgrade(settings.database_url)
    engine = engine_from(settings.database_url)
    sessions = session_factory(engine)
    with sessions.begin() as session:
        consortium_id = register(session, deployment, settings.consortium)
    return Installation(settings, deployment, engine, sessions, consortium_id)


def check_node(installation: Installation) -> None:
    """See that the node serves the right chain and that the contracts are on it.

    Raises:
        ChainError: it does not answer, serves another chain, or a contract is missing.
    """
    with Connection(installation.settings.rpc_url) as node:
        check_deployment(node, installation.deployment)


def follow(installation: Installation, stop: threading.Event) -> None:
    """Keep the mirror equal to the chain until told to stop; waits for a node that is away.

    Raises:
        ChainError: the node serves another chain, or says what our contracts cannot have said.
        MirrorError: what the node says contradicts the mirror.
    """
    settings = installation.settings
    with Connection(settings.rpc_url) as node:
        while not stop.is_set():
            try:
                check_deployment(node, installation.deployment)
            except NodeUnavailableError as error:
                log.warning("%s", error)
                stop.wait(settings.poll_seconds)
            else:
                follower = Follower(
                    node, installation.sessions, installation.deployment, finality_depth=settings.finality_depth
                )
                run(follower, stop, settings.poll_seconds)
