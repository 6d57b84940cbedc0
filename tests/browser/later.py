"""The sample consortium on a chain of its own, so that days can pass without closing what other tests vote on."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count, cycle
from pathlib import Path

from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.store import DocumentStore
from backend.domain.ballots import Choice
from scripts.contract import Contract
from scripts.demo import Demo, _settings, catch_up_clock, wait_until_synced
from scripts.first_run import read_sample
from scripts.node import Node
from scripts.processes import local_chain, service
from scripts.propose import Call, filing, find_filing, propose, resolution
from scripts.queue_and_execute import execute, queue
from scripts.record import Record, read_record
from scripts.roll import sample_key
from scripts.toolchain import environment, free_port
from scripts.wallet import Wallet
from tests.backend.mail_server import Inbox, Listening

DAY = 86_400
STANDSTILL = 26 * DAY
"""Longer than any decision of the assembly waits before it binds."""
ASSEMBLY = "general_assembly"
_NUMBERS = count(1)
_PROPOSERS = cycle(("IT-TORINO", "IT-POLIMI", "SI-NOORDUNG", "GR-ANKA"))
"""One after another, since no member may put more than a few questions a day."""


@dataclass(frozen=True, slots=True)
class Later:
    """The consortium some days or months after the sample's story."""

    folder: Path
    url: str
    node: Node
    record: Record
    inbox: Inbox
    """Letters that its people were sent."""

    def api(self, path: str) -> dict:
        """What /v1 answers once the mirror has all that is on chain."""
        self.settle()
        with urllib.request.urlopen(f"{self.url}/v1{path}", timeout=30) as answer:
            return json.load(answer)

    def settle(self) -> None:
        """Let the mirror catch up with the chain."""
        wait_until_synced(self.url, self.node, 60)

    def wait(self, seconds: int) -> None:
        """Let time pass on the chain, and so for everybody who reads."""
        self.node.call("evm_increaseTime", seconds)
        self.node.call("evm_mine")
        self.settle()

    def key(self, code: str) -> bytes:
        """The private key that a member of the sample has now: its second where it has lost its first."""
        first = sample_key(code)
        _, revoked = self.contract("MemberRegistry").read("memberOf", Wallet(self.node, first).address)
        return sample_key(code, 2) if revoked else first

    def wallet(self, code: str) -> Wallet:
        """The wallet of a member of the sample."""
        return Wallet(self.node, self.key(code))

    def contract(self, name: str) -> Contract:
        """One of the contracts that stand alone."""
        return self.record.contract(self.node, name)

    def governor(self, body: str = ASSEMBLY) -> Contract:
        """The contract of a body."""
        return self.record.governor(self.node, body)

    def put(self, kind: str, proposer: str = "", call: Call | None = None) -> dict:
        """Put a question to the assembly, with the ordinary notice; the proposal as /v1 has it."""
        number = next(_NUMBERS)
        text = Text(title=f"A later question {number}", summary="For a test.", body="As it says.")
        document = ProposalDocument(authoritative="en", reference=f"L{number}", texts={"en": text})
        cid = DocumentStore(self.folder / "documents").put_proposal(document)
        made = call or resolution(self.contract("Rulebook"), self.record, kind, cid)
        wallet = self.wallet(proposer or next(_PROPOSERS))
        return self.proposal(propose(wallet, self.governor(), filing([made], cid, wallet.address)))

    def proposal(self, number: int | str) -> dict:
        """The proposal as /v1 has it."""
        return self.api(f"/proposals/{number}")

    def open(self, proposal: dict) -> None:
        """Let time pass until its vote is open."""
        second = self.governor().read("proposalSnapshot", int(proposal["id"])) + 2
        self.wait(max(1, second - self.node.block_time))

    def close(self, proposal: dict) -> None:
        """Let time pass until its vote is over."""
        second = self.governor().read("proposalDeadline", int(proposal["id"])) + 2
        self.wait(max(1, second - self.node.block_time))

    def adopt(self, proposal: dict) -> None:
        """Let the vote open, enough members vote in favour, and the vote close."""
        self.open(proposal)
        self.vote(proposal, Choice.FOR, most=22)
        self.close(proposal)

    def carry_out(self, proposal: dict) -> None:
        """Let an adopted decision of the assembly take effect."""
        sender, governor = self.queue(proposal)
        self.wait(DAY)
        execute(sender, governor, find_filing(governor, int(proposal["id"])))
        self.settle()

    def queue(self, proposal: dict) -> tuple[Wallet, Contract]:
        """Wait until an adopted decision binds, and let its safety period start; with what execution needs."""
        self.wait(STANDSTILL)
        sender, governor = self.wallet("IT-TORINO"), self.governor()
        queue(sender, governor, find_filing(governor, int(proposal["id"])))
        return sender, governor

    def vote(self, proposal: dict, choice: Choice, most: int = 40) -> None:
        """Let so many of those who have not voted vote that way."""
        silent = self.api(f"/proposals/{proposal['id']}/non-voters")["items"]
        for member in silent[:most]:
            data = self.governor().data("castVote", int(proposal["id"]), int(choice))
            self.wallet(member["code"]).send(self.governor().address, data)
        self.settle()


@contextmanager
def running_later(demo: Demo, folder: Path) -> Iterator[Later]:
    """A chain that goes on from the demo's last state, and a service of its own over it."""
    shutil.copytree(demo.folder / "documents", folder / "documents")
    shutil.copy(demo.folder / "deployment.json", folder)
    wait_until_synced(demo.url, demo.node)
    _copy_state(demo.folder / "state.json", folder / "start.json")
    _copy_mirror(demo.folder / "zbor.db", folder / "zbor.db")
    port, chain_port = free_port(), free_port()
    env = environment(folder / "home", chain_port)
    with ExitStack() as stack:
        node = stack.enter_context(local_chain(chain_port, env, folder, keep=False, load=folder / "start.json"))
        catch_up_clock(node, int(time.time()))
        inbox = Inbox()
        post = stack.enter_context(_taking_mail(inbox))
        settings = _settings(folder, node, read_sample()) | {"ZBOR_SMTP_URL": post}
        url = stack.enter_context(service(port, env, settings, folder / "service.log"))
        wait_until_synced(url, node)
        yield Later(folder, url, node, read_record(folder / "deployment.json"), inbox)


@contextmanager
def _taking_mail(inbox: Inbox) -> Iterator[str]:
    server = Listening(inbox, hostname="127.0.0.1", port=0)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{server.port}"
    finally:
        server.stop()


def _copy_state(kept: Path, copy: Path, patience: float = 60) -> None:
    """The chain writes its state every few seconds: take the next one that is whole."""
    asked, deadline = time.time(), time.monotonic() + patience
    while time.monotonic() < deadline:
        if kept.stat().st_mtime > asked:
            copy.write_bytes(kept.read_bytes())
            try:
                json.loads(copy.read_bytes())
            except ValueError:
                continue
            return
        time.sleep(0.2)
    raise AssertionError(f"{kept} is not written any more")


def _copy_mirror(kept: Path, copy: Path) -> None:
    """What was read already need not be read again; a chain that was loaded may not have all of its old logs."""
    with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
