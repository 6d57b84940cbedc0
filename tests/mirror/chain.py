"""A real chain on which a story is told: a contract of nine lines logs what it is handed, at any address."""

from __future__ import annotations

import time
from contextlib import contextmanager

import httpx

from scripts.processes import running
from scripts.toolchain import environment, free_port
from tests.backend.indexer.simulated_node import FOLLOWING, encode_event

WHO = "0x" + "ee" * 20


def _logger():
    """Code that logs its calldata: one byte says how many topics follow, the rest is data."""
    branches, start = [], 12 * 4 + 1
    table = b""
    for topics in range(1, 5):
        skip = bytes([0x60, 1 + 32 * topics])
        branch = b"\x5b" + skip + b"\x36\x03" + b"\x80" + skip + b"\x5f\x37"
        for topic in reversed(range(topics)):
            branch += bytes([0x60, 1 + 32 * topic, 0x35])
        branch += skip + b"\x36\x03" + b"\x5f" + bytes([0xA0 + topics]) + b"\x00"
        table += bytes([0x60, topics]) + b"\x5f\x35\x60\xf8\x1c\x14" + b"\x61" + start.to_bytes(2, "big") + b"\x57"
        start += len(branch)
        branches.append(branch)
    return "0x" + (table + b"\x00" + b"".join(branches)).hex()


class Chain:
    """A chain whose contracts say what they are told to."""

    def __init__(self, url):
        self.url = url
        self._client = httpx.Client(timeout=30)

    def call(self, method, *parameters):
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(parameters)}
        answer = self._client.post(self.url, json=body).json()
        assert "error" not in answer, answer
        return answer["result"]

    def close(self):
        self._client.close()

    @property
    def head(self):
        return int(self.call("eth_blockNumber"), 16)

    def prepare(self, addresses):
        self.call("evm_setAutomine", False)
        self.call("anvil_impersonateAccount", WHO)
        self.call("anvil_setBalance", WHO, hex(10**24))
        for address in addresses:
            self.call("anvil_setCode", address, _logger())

    def log(self, emitter, event):
        message = {"from": WHO, "to": emitter, "data": calldata_of(event), "gas": hex(3_000_000)}
        self.call("eth_sendTransaction", message)

    def mine(self):
        self.call("evm_mine")

    def tell(self, told):
        """Log the events, each in a block of its own save those that belong to the one before."""
        for block in blocks_of(told):
            for place, event in block:
                self.log(place.emitter, event)
            self.mine()


def calldata_of(event):
    """What the contract has to be handed to log the event."""
    topics, data = encode_event(event)
    return "0x" + f"{len(topics):02x}" + "".join(topic[2:] for topic in topics) + data[2:]


def blocks_of(told):
    """The events by the block they belong in."""
    blocks = []
    for each in told:
        if blocks and isinstance(each[1], FOLLOWING):
            blocks[-1].append(each)
        else:
            blocks.append([each])
    return blocks


@contextmanager
def running_chain(folder, chain_id=31_337):
    port = free_port()
    options = ["--port", str(port), "--chain-id", str(chain_id), "--base-fee", "0", "--gas-price", "0"]
    env = environment(folder / "home", port)
    with running(
        ["anvil", *options, "--slots-in-an-epoch", "1", "--quiet", "--order", "fifo"], env, folder / "log"
    ) as process:
        chain = Chain(f"http://127.0.0.1:{port}")
        for _ in range(600):
            try:
                chain.call("eth_chainId")
                break
            except httpx.TransportError:
                assert process.poll() is None
                time.sleep(0.05)
        chain.process = process
        yield chain
        chain.close()
