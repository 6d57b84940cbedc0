"""One installation: settings turned into the deployment, database, documents and node connection it works with."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from backend.chain.calls import CallBook
from backend.chain.contracts import Deployment, load_deployment
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.errors import SettingsError
from backend.indexer.consortia import register
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from backend.settings import Settings


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
