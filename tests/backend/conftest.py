"""The story told to a real database through the real projections, and clients of the real application over it."""

from dataclasses import replace

import pytest

from backend.chain.calls import CallBook
from backend.chain.contracts import DeployedBody, DeployedContract, Deployment
from backend.chain.decoder import Logged
from backend.database.changes import FeedRecord
from backend.database.journal import CursorRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.indexer import feed
from backend.indexer.consortia import register
from backend.indexer.journal import append
from backend.indexer.projections import project
from backend.indexer.projections.projection import Projection
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from scripts.postgres import running_postgres
from tests.backend import relayed
from tests.backend import story as s
from tests.backend.databases import EMPTY, MIGRATED, PostgresDatabases, SqliteDatabases


@pytest.fixture(scope="session")
def databases(request, tmp_path_factory):
    """Databases of the kind that `--engine` names."""
    if request.config.getoption("--engine") == "sqlite":
        made = SqliteDatabases(tmp_path_factory.mktemp("databases"))
        upgrade(made.named(MIGRATED, EMPTY))
        yield made
    else:
        with running_postgres() as server:
            made = PostgresDatabases(server)
            upgrade(made.named(MIGRATED, EMPTY))
            yield made


@pytest.fixture(scope="session")
def fresh_url(databases):
    """Gives addresses of new databases, empty or brought to the schema."""
    return lambda migrated=True: databases.fresh(MIGRATED if migrated else EMPTY)


@pytest.fixture(scope="session")
def documents_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("documents")


@pytest.fixture(scope="session")
def documents(documents_folder):
    return DocumentStore(documents_folder)


@pytest.fixture(scope="session")
def story(documents):
    return s.whole_story(documents)


@pytest.fixture(scope="session")
def deployment():
    contracts = {"MemberRegistry": s.REGISTRY, "Rulebook": s.RULEBOOK, "Records": s.RECORDS}
    return Deployment(
        network="trial",
        chain_id=31337,
        block=5,
        contracts={name: DeployedContract(address=address, block=5) for name, address in contracts.items()},
        bodies=tuple(
            DeployedBody(id=body, name=name, governor=s.GOVERNORS[body], timelock=s.TIMELOCKS[body])
            for body, name in enumerate(("general_assembly", "executive_board", "consultation"))
        ),
        notice="Sample data.",
    )


@pytest.fixture(scope="session")
def told_url(deployment, databases):
    """Gives addresses of new databases to which a story was told; the same story is told only once, and copied."""
    templates = {}

    def make(told):
        story = tuple(told)
        if story not in templates:
            templates[story] = f"told{len(templates)}"
            engine = engine_from(databases.named(templates[story], MIGRATED))
            tell(session_factory(engine), deployment, told)
            engine.dispose()
        return databases.fresh(templates[story])

    return make


@pytest.fixture(scope="session")
def make_mirror(deployment, documents, told_url):
    """Tells events to a fresh database and gives the mirror over it, looked at in second `NOW`."""

    engines = []

    def make(told, wall=s.NOW, url=None):
        engines.append(engine_from(url or told_url(told)))
        sessions = session_factory(engines[-1])
        consortium = Consortium(
            id=consortium_in(sessions, deployment) if url is None else tell(sessions, deployment, told),
            name="Trial consortium",
            notice=deployment.notice,
            chain_id=deployment.chain_id,
            registry=deployment.registry,
            rulebook=deployment.rulebook,
            records=deployment.records,
            start_block=deployment.block,
            documents=documents,
            calls=CallBook(deployment),
        )
        return Mirror(sessions, consortium, lambda: wall)

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def fresh_mirror(make_mirror):
    """The same for one test, which lets go of the database at its end: a server takes only so many connections."""
    made = []

    def make(*told, **more):
        made.append(make_mirror(*told, **more))
        return made[-1]

    yield make
    for mirror in made:
        mirror.sessions.kw["bind"].dispose()


def consortium_in(sessions, deployment):
    with sessions.begin() as session:
        return register(session, deployment, "Trial consortium")


def tell(sessions, deployment, told):
    """Have events mirrored; gives the consortium's key."""
    consortium_id = consortium_in(sessions, deployment)
    if told:
        with sessions.begin() as session:
            mirror_events(session, consortium_id, [Logged(event, place) for place, event in told])
            session.add_all(relayed.rows(consortium_id))
    return consortium_id


def mirror_events(session, consortium_id, logged):
    connection = session.connection()
    append(connection, consortium_id, (), logged)
    session.add(FeedRecord(consortium_id=consortium_id, name="0123abcd", newest=0, told_until=0))
    feed.note(session, consortium_id, logged)
    project(Projection.begin(connection, consortium_id), logged)
    newest = logged[-1].place
    session.add(
        CursorRecord(
            consortium_id=consortium_id,
            next_block=newest.block_number + 1,
            block_hash=newest.block_hash,
            block_time=newest.block_time,
            head_number=newest.block_number,
            finalized_number=newest.block_number - 12,
            revision=3,
            checked_at=s.NOW - 7.0,
        )
    )


@pytest.fixture(scope="session")
def mirror(make_mirror, story):
    return make_mirror(story.told)


@pytest.fixture(scope="session")
def empty_mirror(make_mirror):
    return make_mirror([])


@pytest.fixture
def mirror_at(mirror):
    """The same mirror looked at in another second."""
    return lambda wall: replace(mirror, wall_clock=lambda: wall)


@pytest.fixture
def reading(mirror):
    with mirror.reading() as opened:
        yield opened
