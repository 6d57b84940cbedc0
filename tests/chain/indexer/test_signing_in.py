"""A member whose wallet is a contract signs in: the mirror knows it, and the node answers for it (EIP-1271)."""

from __future__ import annotations

import time

import pytest
from brownie import web3
from consortium import AGREEMENT, PARTNER, admission
from eth_account import Account
from eth_account.messages import encode_defunct

from backend.chain.calls import CallBook
from backend.documents.store import DocumentStore
from backend.people.callers import Role
from backend.people.refusals import NonceUsedError, SignatureRefusedError
from backend.people.sign_in import contract_wallets_at, invite, sign_in
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from backend.settings import Settings

KEY = Account.from_key((60).to_bytes(32, "big"))


@pytest.fixture
def wallet(project, consortium, follower):
    made = consortium.deployer.deploy(project.KeyWallet, KEY.address)
    consortium.registry.found([(made.address, *admission(11, PARTNER)[1:])], AGREEMENT)
    follower.follow_once()
    return made.address


@pytest.fixture
def mirror(sessions, deployment, tmp_path):
    consortium = Consortium(
        id=1,
        name="Trial",
        notice=None,
        chain_id=deployment.chain_id,
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        start_block=1,
        documents=DocumentStore(tmp_path / "documents"),
        calls=CallBook(deployment),
    )
    return Mirror(sessions, consortium, lambda: int(time.time()))


@pytest.fixture
def enter(mirror, tmp_path, wallet):
    record = tmp_path / "trial.json"
    record.write_text("{}")
    settings = Settings(deployment=record, rpc_url=web3.provider.endpoint_uri)
    accepts = contract_wallets_at(settings, mirror.consortium.chain_id)

    def sign(key, message=None):
        text = message or invite(mirror, settings, wallet).message
        signature = "0x" + key.sign_message(encode_defunct(text=text)).signature.hex()
        return text, sign_in(mirror, settings, accepts, text, signature)[0]

    return sign


def test_a_contract_signs_in_by_its_key_and_by_no_other_and_once(enter, wallet):
    text, who = enter(KEY)

    assert (who.role, who.wallet) == (Role.REPRESENTATIVE, wallet)
    with pytest.raises(SignatureRefusedError):
        enter(Account.create())
    with pytest.raises(NonceUsedError):
        enter(KEY, text)
