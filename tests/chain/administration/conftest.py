"""The sample consortium, deployed by the scripts themselves."""

from __future__ import annotations

from contextlib import closing

import pytest
from brownie import accounts, chain, web3

from scripts.deploy import deploy
from scripts.hand_over import hand_over
from scripts.node import Node
from scripts.plan import PLANS, read_plan
from scripts.roll import read_roll


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
    chain.snapshot()
    yield records[-1]
    chain.revert()


@pytest.fixture
def handed_over(project, deployed):
    """The same after hand-over."""
    hand_over(deployed, project, accounts[0], [].append)
    return deployed


@pytest.fixture
def node():
    with closing(Node(web3.provider.endpoint_uri)) as node:
        yield node
