"""One installation: what settings come to mean (deployment, database, documents), and how it follows the chain."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from backend.chain.calls import CallBook
from backend.chain.contracts import Deployment, check_deployment, load_deployment
from backend.chain.endpoints import open_node
from backend.chain.node import Node
from backend.chain.subscription import Subscription
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory, writing_factory
from backend.documents.store import DocumentStore
from backend.domain.moments import Moment
from backend.errors import LeadershipLostError, NodeUnavailableError, SettingsError
from backend.health import Watch
from backend.indexer.consortia import register
from backend.indexer.election import Candidate, Term
from backend.indexer.follower import Follower, run
from backend.indexer.pulse import Pulse
from backend.queries.consortium import Consortium
from backend.queries.document_table import DocumentTable
from backend.queries.mirror import Mirror
from backend.queries.moments import moments_between
from backend.settings import Settings

PATIENCE = 0.5
"""Seconds between looks for a database that is away."""

log = logging.getLogger(__name__)


def wall_clock() -> int:
    """Seconds since the epoch."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Followed:
    """One consortium whose chain is followed."""

    deployment: Deployment
    consortium_id: int
    rpc_url: str


@dataclass(frozen=True, slots=True)
class Installation:
    """What every command starts from."""

    settings: Settings
    deployment: Deployment
    engine: Engine
    sessions: sessionmaker[Session]
    consortium_id: int
    """The consortium that is served."""
    also: tuple[Followed, ...] = ()
    """Further ones in the same database, which are followed only."""
    replica: Engine | None = None
    """A copy of the database to read from while it is fresh enough."""

    @property
    def followed(self) -> tuple[Followed, ...]:
        """All consortia whose chains are followed."""
        served = Followed(self.deployment, self.consortium_id, self.settings.rpc_url_of(self.deployment.chain_id))
        return (served, *self.also)

    def close(self) -> None:
        """Let go of the database."""
        for engine in (self.engine, self.replica):
            if engine is not None:
                engine.dispose()

    def mirror(self) -> Mirror:
        """The mirror as the web reads it."""
        table = DocumentTable(self.sessions, self.consortium_id, wall_clock)
        consortium = consortium_of(self.settings, self.deployment, self.consortium_id, table)
        copies = None if self.replica is None else session_factory(self.replica)
        return Mirror(self.sessions, consortium, wall_clock, copies, self.settings.most_stale_seconds)


def consortium_of(
    settings: Settings, deployment: Deployment, consortium_id: int, table: DocumentTable | None = None
) -> Consortium:
    """Name a consortium as queries want it; its documents lie in the folder, and in the table if there is one."""
    return Consortium(
        id=consortium_id,
        name=settings.consortium,
        notice=settings.notice or deployment.notice,
        chain_id=deployment.chain_id,
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        start_block=deployment.block,
        documents=DocumentStore(settings.documents, table),
        calls=CallBook(deployment),
        coordinators=settings.coordinators,
        auditors=settings.auditors,
    )


def open_installation(settings: Settings) -> Installation:
    """Read the deployment records and bring the database to this release's schema.

    Raises:
        SettingsError: a record cannot be used, or is of another chain than the settings ask for.
    """
    deployment = load_deployment(settings.deployment)
    if settings.chain_id not in (None, deployment.chain_id):
        problem = f"is {settings.chain_id}, but the contracts of the record are on chain {deployment.chain_id}"
        raise SettingsError("ZBOR_CHAIN_ID", problem)
    further = [load_deployment(path) for path in settings.further_records]
    upgrade(settings.database_url)
    engine = engine_from(settings.database_url)
    consortium_id = _registered(engine, deployment, settings.consortium)
    also = [Followed(each, _registered(engine, each), settings.rpc_url_of(each.chain_id)) for each in further]
    replica = engine_from(settings.database_read_url) if settings.database_read_url else None
    return Installation(settings, deployment, engine, session_factory(engine), consortium_id, tuple(also), replica)


def _registered(engine: Engine, deployment: Deployment, name: str | None = None) -> int:
    sessions = writing_factory(engine)
    try:
        with sessions.begin() as session:
            return register(session, deployment, name)
    except IntegrityError:  # another process did so in this very moment
        with sessions.begin() as session:
            return register(session, deployment, name)


def check_node(installation: Installation) -> None:
    """See that the node serves the right chain and that the contracts are on it.

    Raises:
        ChainError: it does not answer, serves another chain, or a contract is missing.
    """
    first = installation.followed[0]
    with open_node(first.rpc_url.split(","), first.deployment.chain_id) as node:
        check_deployment(node, installation.deployment)


def follow(installation: Installation, stop: threading.Event, watch: Watch | None = None) -> None:
    """Keep the mirror equal to the chains until told to stop, whenever this process is elected to.

    Each consortium is followed in a thread and with a node of its own; one that has to stop stops no other. `watch` is
    told how the served one fares, and has a watch of its own for each of the others.

    Raises:
        ChainError: a node serves another chain, or says what our contracts cannot have said.
        MirrorError: what a node says contradicts the mirror.
    """
    watch = watch or Watch()
    first, *others = installation.followed
    with _announced(installation.settings, watch.pulse):
        if not others:
            _follow_one(installation, first, stop, watch)
            return
        watches = [watch, *(watch.further_one(each.consortium_id) for each in others)]
        with ThreadPoolExecutor(len(watches), "indexer") as threads:
            ends = [
                threads.submit(_follow_or_say_why, installation, each, stop, its)
                for each, its in zip(installation.followed, watches, strict=True)
            ]
    for end in ends:
        end.result()


def _announced(settings: Settings, pulse: Pulse) -> AbstractContextManager[object]:
    return nullcontext() if settings.ws_url is None else Subscription(settings.ws_url, pulse.ring)


def _follow_or_say_why(installation: Installation, followed: Followed, stop: threading.Event, watch: Watch) -> None:
    try:
        _follow_one(installation, followed, stop, watch)
    except Exception as error:
        watch.pulse.failed(getattr(error, "code", "UNEXPECTED"), for_good=True)
        log.critical("Consortium %d is not followed any more: %s", followed.consortium_id, error)
        raise


def _follow_one(installation: Installation, followed: Followed, stop: threading.Event, watch: Watch) -> None:
    deployment = followed.deployment
    lock = (deployment.chain_id, deployment.registry)
    candidate = Candidate(installation.engine, followed.consortium_id, lock, watch.pulse.stands_by)
    while not stop.is_set():
        try:
            with candidate.elected(stop) as term:
                if term is not None:
                    _lead(installation.settings, followed, term, watch)
        except LeadershipLostError as error:
            log.warning("%s", error)
        except OperationalError as error:
            log.warning("The database is away: %s", error.orig)
            watch.pulse.failed("DATABASE_UNAVAILABLE")
            stop.wait(PATIENCE)


def _follower(settings: Settings, followed: Followed, node: Node, sessions: sessionmaker[Session]) -> Follower:
    consortium = consortium_of(settings, followed.deployment, followed.consortium_id)

    def moments(session: Session, since: int, until: int) -> Iterable[Moment]:
        return moments_between(session, consortium, since, until)

    return Follower(node, sessions, followed.deployment, finality_depth=settings.finality_depth, moments=moments)


def _lead(settings: Settings, followed: Followed, term: Term, watch: Watch) -> None:
    pulse = watch.pulse
    with open_node(followed.rpc_url.split(","), followed.deployment.chain_id) as node:
        watch.endpoints = node.endpoints
        while not term.over.is_set():
            try:
                check_deployment(node, followed.deployment)
            except NodeUnavailableError as error:
                log.warning("%s", error)
                pulse.failed(error.code)
                pulse.wait(settings.poll_seconds, term.over)
            else:
                pulse.leads()
                follower = _follower(settings, followed, node, term.sessions)
                run(follower, term.over, settings.poll_seconds, pulse)
