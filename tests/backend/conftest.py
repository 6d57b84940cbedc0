"""The story told to a real database through the real projections, and clients of the real application over it."""

import pytest
from backend.chain.calls import CallBook
from backend.chain.contracts import DeployedBody, DeployedContract, Deployment
from backend.database.journal import CursorRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from tests.backend import story as s


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
