"""A founded consortium on a chain that is started from its state, with members that sign and a relay that sends."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import eth_abi
from eth_account import Account
from eth_utils import to_checksum_address

from backend.chain.contracts import load_deployment
from backend.chain.endpoints import open_node
from backend.documents.store import DocumentStore
from backend.domain.ballots import Choice
from backend.indexer.follower import Follower
from backend.relay.preparing import name_on_record, prepare
from scripts.first_run import compile_sources, run_founding
from scripts.node import Node, NodeError
from scripts.processes import CHAIN_ID, running
from scripts.propose import filing, propose, resolution
from scripts.record import ROOT, read_record
from scripts.roll import sample_key
from scripts.toolchain import environment, free_port
from scripts.wallet import Wallet
from tests.backend.documents.samples import DOCUMENT

CHANGEABLE, FINAL = "service_catalogue", "agenda_addition"
"""Kinds: under the rule of one a ballot may be changed, under that of the other not."""
PROPOSER = "IT-TORINO"
KEY = "0x" + "5e" * 32
"""Of the relay."""
GWEI, ETHER = 10**9, 10**18
FREE = {"maxFeePerGas": "0x0", "maxPriorityFeePerGas": "0x0"}


@contextmanager
def chain_at(folder, *options, load=None):
    """A local chain, from a kept state if one is given; a second passes only when one asks for it or time does."""
    port = free_port()
    arguments = ["anvil", "--port", str(port), "--chain-id", str(CHAIN_ID), "--slots-in-an-epoch", "1", "--quiet"]
    arguments += ["--gas-limit", "100000000", "--base-fee", "0", "--gas-price", "0", *options]
    arguments += [] if load is None else ["--load-state", str(load)]
    env = environment(folder / "home", port)
    with running(arguments, env, folder / "chain.log") as process:
        node = Node(f"http://127.0.0.1:{port}")
        while not node.answers():
            assert process.poll() is None, (folder / "chain.log").read_text()
            time.sleep(0.05)
        try:
            yield node, env
        finally:
            node.close()


@dataclass(frozen=True)
class Founded:
    """What every test starts from."""

    state: object
    """Path of the chain's state."""
    record: object
    """Path of the deployment record."""
    proposals: dict[str, int]
    """By kind."""


def found(folder):
    """Found the sample consortium, put a question of each kind, and keep the chain's state."""
    state = folder / "state.json"
    with chain_at(folder, "--dump-state", str(state)) as (node, env):
        compile_sources(env, lambda _: None)
        run_founding(env, folder)
        record = read_record(folder / "deployment.json")
        proposals = {kind: _put(node, record, kind, folder) for kind in (CHANGEABLE, FINAL)}
        time.sleep(2.1)  # a vote opens in the second after its snapshot
        node.call("evm_mine")
    return Founded(state, folder / "deployment.json", proposals)


def _put(node, record, kind, folder):
    cid = DocumentStore(folder / "documents").put_proposal(DOCUMENT)
    proposer = Wallet(node, sample_key(PROPOSER))
    rulebook = record.contract(node, "Rulebook")
    made = filing([resolution(rulebook, record, kind, cid)], cid, proposer.address)
    return propose(proposer, record.governor(node, "general_assembly"), made)


@dataclass
class Stage:
    """A running chain with a mirror of it."""

    node: Node
    founded: Founded
    mirror: object
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def deployment(self):
        return load_deployment(self.founded.record)

    @property
    def governor(self):
        return read_record(self.founded.record).governor(self.node, "general_assembly")

    def index(self):
        """Take in all that the chain has, and what it is just mining by itself."""
        self.wait()
        with open_node([self.node.url]) as node:
            Follower(node, self.mirror.sessions, self.deployment, finality_depth=2).follow_once()

    def wait(self):
        """Wait until a chain that mines by itself has mined what it was sent."""
        while self.node.call("anvil_getAutomine") and self.pool:
            time.sleep(0.01)

    def key(self, code):
        return self.keys.get(code) or "0x" + sample_key(code).hex()

    def document(self, code, choice=Choice.FOR, kind=CHANGEABLE, commitment=""):
        """The document for a member's next ballot."""
        with self.mirror.reading() as reading:
            made = prepare(
                reading, name_on_record, self.founded.proposals[kind], code, choice, reason_commitment=commitment
            )
        return made.typed_data

    def signed(self, code, choice=Choice.FOR, kind=CHANGEABLE, **more):
        """A member's ballot as it is handed in: document and signature."""
        document = self.document(code, choice, kind, **more)
        return document, sign(self.key(code), document)

    def send_as(self, address, data, price=0):
        """Send a call to the governor from an account whose key is elsewhere."""
        self.node.call("anvil_impersonateAccount", address)
        fees = {"maxFeePerGas": hex(price), "maxPriorityFeePerGas": hex(price)}
        call = {"from": address, "to": self.governor.address, "data": data, "gas": hex(500_000), **fees}
        self.node.call("eth_sendTransaction", call)
        self.wait()

    def counted(self, kind=CHANGEABLE):
        """Against, for, abstain: as the governor counts."""
        self.wait()
        return self.governor.read("proposalVotes", self.founded.proposals[kind])

    def mine(self, blocks=1):
        for _ in range(blocks):
            self.node.call("evm_mine")

    def deploy(self, name, *arguments):
        """Put one of the contracts of the tests on the chain; its address."""
        built = json.loads((ROOT / "build" / "contracts" / f"{name}.json").read_text())
        kinds = [each["type"] for each in next(e for e in built["abi"] if e["type"] == "constructor")["inputs"]]
        data = "0x" + built["bytecode"].removeprefix("0x") + eth_abi.encode(kinds, arguments).hex()
        sender = self.node.call("eth_accounts")[0]
        made = self.node.call("eth_sendTransaction", {"from": sender, "data": data, "gas": hex(3_000_000), **FREE})
        self.index()
        return to_checksum_address(self.node.call("eth_getTransactionReceipt", made)["contractAddress"])

    def move_wallet(self, code, wallet):
        """Let a member go over to another wallet."""
        registry = read_record(self.founded.record).contract(self.node, "MemberRegistry")
        Wallet(self.node, self.key(code)).send(registry.address, registry.data("rotateWallet", wallet))
        self.index()

    @property
    def pool(self):
        """Transactions in no block yet, by sender and nonce."""
        content = self.node.call("txpool_content")
        return {
            (sender, int(nonce)): transaction
            for part in content.values()
            for sender, by_nonce in part.items()
            for nonce, transaction in by_nonce.items()
        }

    def forget_pool(self):
        """Let the node lose every transaction that is in no block."""
        for transaction in self.pool.values():
            with suppress(NodeError):
                self.node.call("anvil_dropTransaction", transaction["hash"])


def sign(key, document):
    """Sign as a wallet does, from the document alone."""
    return "0x" + bytes(Account.sign_typed_data(key, full_message=as_wallets_read(document)).signature).hex()


def as_wallets_read(document):
    """Wallets take decimal strings for numbers and hexadecimal for bytes; eth-account wants the values."""
    message = dict(document["message"])
    for name in ("proposalId", "nonce"):
        message[name] = int(message[name])
    if "params" in message:
        message["params"] = bytes.fromhex(message["params"][2:])
    return {**document, "message": message}
