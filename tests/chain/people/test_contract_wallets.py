"""Whether a contract that is a wallet accepts a message to sign in with, asked of a real node (EIP-1271)."""

from __future__ import annotations

import pytest
from brownie import accounts, web3
from eth_account import Account
from eth_account.messages import encode_defunct

from backend.chain.connection import Connection
from backend.chain.signatures import accepted_by_contract
from backend.errors import NodeUnavailableError

TEXT = "governance.example wants you to sign in with your Ethereum account:\n…"


@pytest.fixture
def node():
    with Connection(web3.provider.endpoint_uri) as connected:
        yield connected


@pytest.fixture
def key():
    return Account.from_key((7).to_bytes(32, "big"))


def signed(key, text):
    return bytes(key.sign_message(encode_defunct(text=text)).signature)


def test_a_wallet_of_one_key_accepts_what_its_key_signed(node, project, key):
    wallet = accounts[0].deploy(project.KeyWallet, key.address).address

    assert accepted_by_contract(node, wallet, TEXT, signed(key, TEXT))
    assert not accepted_by_contract(node, wallet, TEXT + ".", signed(key, TEXT))
    assert not accepted_by_contract(node, wallet, TEXT, signed(Account.create(), TEXT))
    assert not accepted_by_contract(node, wallet, TEXT, b"")


@pytest.mark.parametrize("name", ["BombWallet", "ShortWallet"])
def test_a_wallet_that_answers_as_no_wallet_should_accepts_nothing(node, project, key, name):
    wallet = accounts[0].deploy(project[name]).address

    assert not accepted_by_contract(node, wallet, TEXT, signed(key, TEXT))


def test_a_wallet_that_eats_all_gas_is_as_good_as_no_answer(node, project, key):
    wallet = accounts[0].deploy(project.GreedyWallet).address

    with pytest.raises(NodeUnavailableError):
        accepted_by_contract(node, wallet, TEXT, signed(key, TEXT))


def test_an_address_without_code_accepts_nothing(node, key):
    assert not accepted_by_contract(node, key.address, TEXT, signed(key, TEXT))
