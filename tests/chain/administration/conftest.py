"""The sample consortium, deployed by the scripts themselves."""

from __future__ import annotations

from contextlib import closing

import pytest
from brownie import accounts, web3
from going_back import going_back

from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.store import DocumentStore
from scripts.deploy import deploy
from scripts.hand_over import hand_over
from scripts.node import Node
from scripts.plan import PLANS, read_plan
from scripts.propose import filing, propose, resolution
from scripts.roll import read_roll, sample_key
from scripts.stage import OFFICE_KEYS
from scripts.wallet import Wallet

TEXT = ProposalDocument("en", "T1", {"en": Text("A question", "", "")})


@pytest.fixture(scope="session")
def plan():
    return read_plan(PLANS / "development.toml")


@pytest.fixture(scope="session")
def roll(plan):
    return read_roll(plan.roll)


@pytest.fixture(scope="session")
def records():
    """The record written last; a test that starts the chain anew leaves it behind."""
    return []


@pytest.fixture
def deployed(project, plan, roll, records):
    """The record of a deployment that is not handed over yet; each test finds it as it was deployed."""
    if not records or not web3.eth.get_code(records[-1].address("MemberRegistry")):
        records.append(deploy(plan, project, accounts[0], "development", roll, [].append))
        # Contracts tell of an electorate as it stood in a second that is past: the newest block is one later.
        web3.provider.make_request("evm_increaseTime", [1])
        web3.provider.make_request("evm_mine", [])
    with going_back(project):
        yield records[-1]


@pytest.fixture
def handed_over(project, deployed):
    """The same after hand-over."""
    hand_over(deployed, project, accounts[0], [].append)
    return deployed


@pytest.fixture
def node():
    with closing(Node(web3.provider.endpoint_uri)) as node:
        yield node


@pytest.fixture
def cid(tmp_path):
    return DocumentStore(tmp_path).put_proposal(TEXT)


@pytest.fixture
def member(node):
    return lambda code, turn=1: Wallet(node, sample_key(code, turn))


@pytest.fixture
def office(node):
    return lambda name: Wallet(node, OFFICE_KEYS[name])


@pytest.fixture
def registry(handed_over, node):
    return handed_over.contract(node, "MemberRegistry")


@pytest.fixture
def assembly(handed_over, node):
    return handed_over.governor(node, "general_assembly")


@pytest.fixture
def move_to(node):
    """Makes a block in a second."""

    def move_to(second):
        node.call("evm_setNextBlockTimestamp", second)
        node.call("evm_mine")

    return move_to


@pytest.fixture
def put(handed_over, node, assembly, member, cid, move_to):
    """Puts a call, or a resolution of a kind, to the assembly and goes on to the second in which voting is open."""

    def put(kind, call=None):
        proposer = member("SI-PIP")
        call = call or resolution(handed_over.contract(node, "Rulebook"), handed_over, kind, cid)
        filed = filing([call], cid, proposer.address)
        proposal_id = propose(proposer, assembly, filed)
        move_to(assembly.read("proposalSnapshot", proposal_id) + 1)
        return proposal_id, filed

    return put


@pytest.fixture
def written(put):
    """An open written procedure, and how it was filed."""
    return put("service_catalogue")
