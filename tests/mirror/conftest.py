"""Real parts: a PostgreSQL, chains, and programs of the mirror that can be killed."""

from __future__ import annotations

import time
from itertools import count
from shutil import copy

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from backend.chain.contracts import DeployedBody, DeployedContract, Deployment
from backend.database.journal import CursorRecord
from backend.database.leadership import LeaderRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.indexer.export import export
from scripts.postgres import running_postgres
from tests.backend import story as s
from tests.mirror.chain import running_chain
from tests.mirror.crowd import Crowd
from tests.mirror.programs import Programs, running_nursery
from tests.mirror.reference import Reference
from tests.mirror.sizes import SEED

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server, durable, because it is killed."""
    with running_postgres(durable=True) as server:
        yield server


@pytest.fixture
def postgres_url(postgres):
    """A fresh database in it."""
    return postgres.create_database(f"mirror{next(NUMBERS)}")


@pytest.fixture
def sqlite_url(tmp_path):
    return f"sqlite:///{tmp_path}/mirror.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """A fresh database of each kind."""
    return request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    return s.whole_story(DocumentStore(tmp_path_factory.mktemp("documents"))).told


def deployment_on(chain_id=31_337):
    contracts = {"MemberRegistry": s.REGISTRY, "Rulebook": s.RULEBOOK, "Records": s.RECORDS}
    return Deployment(
        network=f"trial-{chain_id}",
        chain_id=chain_id,
        block=1,
        contracts={name: DeployedContract(address=address, block=1) for name, address in contracts.items()},
        bodies=tuple(
            DeployedBody(id=body, name=name, governor=s.GOVERNORS[body], timelock=s.TIMELOCKS[body])
            for body, name in enumerate(("general_assembly", "executive_board", "consultation"))
        ),
    )


@pytest.fixture
def make_chain(tmp_path):
    """Runs chains, each with the contracts in place; gives the chain and the path of its deployment record."""
    opened = []

    def make(chain_id=31_337):
        context = running_chain(tmp_path / f"chain-{chain_id}", chain_id)
        chain = context.__enter__()
        opened.append(context)
        chain.prepare({s.REGISTRY, s.RULEBOOK, s.RECORDS, *s.GOVERNORS, *s.TIMELOCKS})
        record = tmp_path / f"{chain_id}.json"
        record.write_bytes(msgspec.json.encode(deployment_on(chain_id)))
        return chain, record

    yield make
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture
def chain_and_record(make_chain, told):
    """A chain on which the story was told."""
    chain, record = make_chain()
    chain.tell(told)
    return chain, record


@pytest.fixture
def chain(chain_and_record):
    return chain_and_record[0]


@pytest.fixture
def crowd(chain, told):
    """Who votes on it without end."""
    crowd = Crowd(chain, told, SEED)
    crowd.join()
    return crowd


@pytest.fixture
def settings(chain_and_record, sqlite_url):
    chain, record = chain_and_record
    return {"deployment": record, "database_url": sqlite_url, "rpc_url": chain.url, "poll_seconds": 0.05}


@pytest.fixture(scope="session")
def nursery():
    with running_nursery() as opened:
        yield opened


@pytest.fixture
def programs(request, tmp_path):
    made = Programs(tmp_path, lambda: request.getfixturevalue("nursery"))
    yield made
    made.end()


class Watched:
    """A mirror looked at from outside its programs."""

    def __init__(self, url):
        self.engine = engine_from(url)
        self.sessions = session_factory(self.engine)

    def cursor(self, consortium_id=1):
        with self.sessions() as session:
            return session.get(CursorRecord, consortium_id)

    def leader(self, consortium_id=1):
        with self.sessions() as session:
            return session.scalar(select(LeaderRecord).where(LeaderRecord.consortium_id == consortium_id))

    def export(self, consortium_id=1):
        with self.sessions() as session:
            return "".join(export(session, consortium_id))

    def wait_for(self, block, seconds=60, consortium_id=1):
        """Wait until the mirror has read a block."""
        wait_until(lambda: (found := self.cursor(consortium_id)) and found.next_block > block, seconds)


def wait_until(true, seconds=60, often=0.02):
    """Wait until something is true; a database that is away, or has no row yet, is waited for, too."""
    deadline = time.monotonic() + seconds
    while not _holds(true):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(often)


def _holds(true):
    try:
        return true()
    except (DBAPIError, AttributeError):
        return False


@pytest.fixture
def watch():
    """Opens mirrors to look at."""
    opened = []

    def make(url):
        opened.append(Watched(url))
        return opened[-1]

    yield make
    for each in opened:
        each.engine.dispose()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A file to copy, which is quicker than to run all migrations."""
    file = tmp_path_factory.mktemp("empty") / "mirror.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def reference(tmp_path, empty_database, watch):
    """Makes mirrors of chains, to hold others against."""

    def make(chain, chain_id=31_337):
        file = copy(empty_database, tmp_path / f"reference-{next(NUMBERS)}.db")
        return Reference(chain, watch(f"sqlite:///{file}"), deployment_on(chain_id))

    return make


@pytest.fixture
def fresh(reference):
    """Gives a mirror that reads a chain for the first time now."""
    return lambda chain, chain_id=31_337: reference(chain, chain_id).read()
