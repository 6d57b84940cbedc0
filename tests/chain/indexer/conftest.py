"""A mirror of the test chain through the real connection."""

from __future__ import annotations

import pytest
from brownie import web3

from backend.chain.connection import Connection
from backend.chain.contracts import DeployedContract, Deployment
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.indexer.export import export
from backend.indexer.follower import Follower


@pytest.fixture
def connection():
    with Connection(web3.provider.endpoint_uri) as connected:
        yield connected


@pytest.fixture
def deployment(consortium):
    """A record that names no body: they are found on the chain."""
    contracts = {"MemberRegistry": consortium.registry, "Rulebook": consortium.rulebook, "Records": consortium.records}
    return Deployment(
        network="development",
        chain_id=web3.eth.chain_id,
        block=1,
        contracts={name: DeployedContract(address=each.address, block=1) for name, each in contracts.items()},
    )


@pytest.fixture
def make_sessions(tmp_path):
    engines = []

    def make(name="mirror"):
        url = f"sqlite:///{tmp_path}/{name}.db"
        upgrade(url)
        engines.append(engine_from(url))
        return session_factory(engines[-1])

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def sessions(make_sessions):
    return make_sessions()


@pytest.fixture
def follower(connection, sessions, deployment):
    return Follower(connection, sessions, deployment)


@pytest.fixture
def exported():
    def read(sessions):
        with sessions() as session:
            return "".join(export(session, 1))

    return read


@pytest.fixture
def fresh(connection, make_sessions, deployment, exported):
    """What a mirror says that reads the chain for the first time now."""

    def read():
        sessions = make_sessions("fresh")
        Follower(connection, sessions, deployment).follow_once()
        return exported(sessions)

    return read
