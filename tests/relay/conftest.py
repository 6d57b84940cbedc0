"""A founded consortium for every test, in SQLite or PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from shutil import copy

import pytest

from backend.chain.calls import CallBook
from backend.chain.contracts import load_deployment
from backend.chain.sending import open_sending_node
from backend.chain.signer import Signer
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.indexer.consortia import register
from backend.installation import wall_clock
from backend.queries.consortium import Consortium
from backend.queries.document_table import DocumentTable
from backend.queries.mirror import Mirror
from backend.relay.accepting import Desk
from backend.relay.means import Policy
from backend.relay.preparing import name_on_record
from backend.relay.reading import read_ballot
from backend.relay.relayer import Relayer
from scripts.postgres import running_postgres
from tests.relay.consortium import ETHER, GWEI, KEY, Stage, chain_at, found

NUMBERS = count(1)


def pytest_addoption(parser):
    parser.addoption("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="database of these tests")


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture(scope="session")
def new_database(request, founded, tmp_path_factory):
    """Gives addresses of databases of the engine that is asked for, in which the founding has been read."""
    folder = tmp_path_factory.mktemp("databases")
    if request.config.getoption("--engine") == "sqlite":
        file = folder / "founded.db"
        read_founding(f"sqlite:///{file}", founded, folder)
        yield lambda: f"sqlite:///{copy(file, folder / f'{next(NUMBERS)}.db')}"
    else:
        with running_postgres() as server:
            read_founding(server.create_database("founded"), founded, folder)
            yield lambda: server.create_database(f"relay{next(NUMBERS)}", "founded")


def read_founding(url, founded, folder):
    upgrade(url)
    with chain_at(folder, load=founded.state) as (node, _):
        mirror = mirror_of(url, founded.record, DocumentStore(folder / "documents"))
        Stage(node, founded, mirror).index()
        mirror.sessions.kw["bind"].dispose()


@pytest.fixture
def database_url(new_database):
    return new_database()


def mirror_of(url, record, folder):
    deployment = load_deployment(record)
    sessions = session_factory(engine_from(url))
    with sessions.begin() as session:
        consortium_id = register(session, deployment, "Trial consortium")
    consortium = Consortium(
        id=consortium_id,
        name="Trial consortium",
        notice=None,
        chain_id=deployment.chain_id,
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        start_block=deployment.block,
        documents=DocumentStore(folder, DocumentTable(sessions, consortium_id, wall_clock)),
        calls=CallBook(deployment),
    )
    return Mirror(sessions, consortium, wall_clock)


@pytest.fixture
def stage(founded, tmp_path, database_url):
    """A chain on which voting is open, and a mirror that has read it."""
    with chain_at(tmp_path, load=founded.state) as (node, _):
        mirror = mirror_of(database_url, founded.record, tmp_path / "documents")
        made = Stage(node, founded, mirror)
        made.mine(1)
        made.index()
        yield made
        mirror.sessions.kw["bind"].dispose()


@pytest.fixture
def sending(stage):
    with open_sending_node([stage.node.url], stage.deployment.chain_id) as node:
        yield node


POLICY = Policy(most_wei=100 * GWEI, reserve_wei=0, resubmit_seconds=30, finality_depth=2)


class Clock:
    """Time as the relay sees it; tests move it."""

    def __init__(self):
        self.moved = 0.0

    def __call__(self):
        return wall_clock() + self.moved


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def make_relayer(stage, sending, clock):
    """A relay's process, as far as it remembers anything; a second one is what a restart gives."""

    def make(key=KEY, **policy):
        return Relayer(sending, Signer(key), stage.mirror, replace(POLICY, **policy), clock)

    return make


@pytest.fixture
def relayer(make_relayer):
    made = make_relayer()
    made.turn()
    return made


@pytest.fixture
def desk(stage, sending):
    return Desk(stage.mirror, sending, name_on_record, 20)


@pytest.fixture
def hand_in(stage, desk):
    """Hands a member's ballot in, and gives its id."""

    def make(code, *choice, words=None, **more):
        document, signature = stage.signed(code, *choice, **more)
        return desk.take_in(read_ballot(document, signature, words)).ballot.id

    return make


@pytest.fixture
def dear(stage):
    """Lets transactions cost something, and gives the relay's account coins."""
    stage.node.call("anvil_setNextBlockBaseFeePerGas", hex(GWEI))
    stage.mine()
    stage.index()
    stage.node.call("anvil_setBalance", Signer(KEY).address, hex(ETHER))
