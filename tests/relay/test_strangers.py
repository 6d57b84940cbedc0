"""Whoever hands in any signature at all makes us ask a node: they hold nothing up by it."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from backend.chain.places import AT_ONCE
from backend.errors import NodeUnavailableError
from backend.people.sign_in import contract_wallets_at
from backend.relay.reading import read_ballot
from backend.relay.refusals import BadSignatureError
from backend.settings import Settings

NOBODYS = "0x" + "11" * 65
WALLET = "0x" + "22" * 20


def test_attack_strangers_who_make_us_ask_a_node_hold_no_connection_of_the_database(
    stage, desk, relayer, sending, monkeypatch
):
    pool, held, ask = stage.mirror.sessions.kw["bind"].pool, [], sending.has_code

    def asked(address):
        held.append(pool.checkedout())
        return ask(address)

    monkeypatch.setattr(sending, "has_code", asked)
    with pytest.raises(BadSignatureError):
        desk.take_in(read_ballot(stage.document("IT-POLIMI"), NOBODYS, None))

    assert held == [0]


def test_attack_strangers_make_the_relay_ask_a_node_so_many_at_a_time(stage, desk, relayer):
    with ExitStack() as others:
        for _ in range(AT_ONCE):
            others.enter_context(desk.strangers.one())
        with pytest.raises(NodeUnavailableError, match="under way"):
            desk.take_in(read_ballot(stage.document("IT-POLIMI"), NOBODYS, None))
        assert desk.take_in(read_ballot(*stage.signed("IT-POLIMI"), None)).new
    with pytest.raises(BadSignatureError):
        desk.take_in(read_ballot(stage.document("IT-UNIBO"), NOBODYS, None))


def test_attack_strangers_who_sign_in_make_us_ask_a_node_so_many_at_a_time(tmp_path):
    """A node that takes connections and says nothing."""
    record = tmp_path / "trial.json"
    record.write_text("{}")
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(AT_ONCE) as strangers:
        silent_url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        accepts = contract_wallets_at(Settings(deployment=record, rpc_url=silent_url), 31337)
        waiting = [strangers.submit(accepts, WALLET, "text", b"") for _ in range(AT_ONCE)]
        taken = [silent.accept()[0] for _ in range(AT_ONCE)]
        with pytest.raises(NodeUnavailableError, match="under way"):
            accepts(WALLET, "text", b"")
        silent.close()
        for connection in taken:
            connection.close()
        assert all(isinstance(each.exception(), NodeUnavailableError) for each in waiting)
