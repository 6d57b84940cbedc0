"""What every test on the chain starts from."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from brownie import accounts, rpc, web3
from brownie.network import account
from brownie.project import get_loaded_projects
from consortium import Consortium, found_consortium, hand_over
from going_back import going_back
from kept_connection import KeptConnection
from web3.exceptions import TransactionNotFound

MOMENTS, MOMENT = 50, 0.02


@pytest.fixture(scope="session", autouse=True)
def lean_brownie() -> Iterator[None]:
    """Keep Brownie from taking a snapshot after each transaction, in a thread of its own, lest somebody undo it."""
    kept = KeptConnection(web3.provider.endpoint_uri)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web3, "provider", kept)
        patch.setattr(account, "rpc", SimpleNamespace(is_active=lambda: False, unlock_account=rpc.unlock_account))
        for needless in ("validation", "ens_name_to_address"):
            web3.middleware_onion.remove(needless)
        yield
    kept.close()


@pytest.fixture(scope="session", autouse=True)
def patient_lookups() -> Iterator[None]:
    """Look again for what is not there yet.

    On a busy machine anvil counts a sender's transaction a moment before it can show it, and Brownie takes that for a
    transaction that was dropped.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("get_transaction", "get_transaction_receipt"):
            patch.setattr(web3.eth, name, patiently(getattr(web3.eth, name)))
        yield


def patiently(look: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def look_again(transaction: Any) -> Any:
        for _ in range(MOMENTS):
            try:
                return look(transaction)
            except TransactionNotFound:
                time.sleep(MOMENT)
        return look(transaction)

    return look_again


@pytest.fixture(scope="session")
def project():
    """The compiled contracts."""
    return get_loaded_projects()[0]


@pytest.fixture(scope="session")
def deployments() -> list[Consortium]:
    """The consortium founded last; a test that starts the chain anew leaves it behind."""
    return []


@pytest.fixture
def consortium(project, deployments) -> Iterator[Consortium]:
    """A founded consortium whose deployer is still in power; each test finds it as it was founded."""
    if not deployments or not web3.eth.get_code(deployments[-1].registry.address):
        deployments.append(found_consortium(project, accounts[0], accounts[1]))
    with going_back(project):
        yield deployments[-1]


@pytest.fixture
def governed(consortium) -> Consortium:
    """The same after hand-over: only decisions change anything."""
    hand_over(consortium)
    return consortium


@pytest.fixture(scope="session")
def stranger():
    """No member, no office."""
    return accounts[9]
