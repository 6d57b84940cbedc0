from shutil import copy

import pytest

from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.indexer.export import export
from backend.indexer.follower import Follower
from tests.backend.indexer.simulated_node import SimulatedNode, tell


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A database that was brought to the schema once, to copy."""
    path = tmp_path_factory.mktemp("schema") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def make_sessions(tmp_path, empty_database):
    """Fresh databases, by name."""
    engines = []

    def make(name="mirror"):
        url = f"sqlite:///{tmp_path}/{name}.db"
        copy(empty_database, tmp_path / f"{name}.db")
        engines.append(engine_from(url))
        return session_factory(engines[-1])

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def sessions(make_sessions):
    return make_sessions()


@pytest.fixture
def node(story):
    """A chain on which the story was told."""
    node = SimulatedNode()
    tell(node, story.told)
    return node


@pytest.fixture
def make_follower(deployment):
    return lambda node, sessions, **settings: Follower(node, sessions, deployment, **settings)


@pytest.fixture
def follower(make_follower, node, sessions):
    return make_follower(node, sessions, finality_depth=2)


@pytest.fixture
def exported():
    """The canonical text of a mirror."""

    def read(sessions):
        with sessions() as session:
            return "".join(export(session, 1))

    return read


@pytest.fixture
def fresh(make_sessions, make_follower, exported):
    """The canonical text of a mirror that reads the node's chain for the first time."""

    def read(node):
        sessions = make_sessions(f"fresh{len(node.asked)}")
        make_follower(node, sessions).follow_once()
        return exported(sessions)

    return read
