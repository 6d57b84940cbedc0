import pytest

from backend.database.session import engine_from, session_factory
from backend.indexer.export import export
from backend.indexer.follower import Follower
from tests.backend.indexer.simulated_node import SimulatedNode, tell


@pytest.fixture
def make_sessions(fresh_url):
    """Fresh databases."""
    engines = []

    def make():
        engines.append(engine_from(fresh_url()))
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
        sessions = make_sessions()
        make_follower(node, sessions).follow_once()
        return exported(sessions)

    return read
