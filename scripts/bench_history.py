"""A long history of our own contracts, for measuring the mirror: made once, and kept below `var/bench/`.

Fifty members file proposals and cast every ballot, each in a transaction of its own that is signed with the member's
own key. Texts, choices, reasons and the order of ballots follow from the number of the round, so that a history is the
same whenever it is made. A history is kept under the hash of everything that decides what is in it.

    python -m scripts.bench_history 100000
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

from eth_account import Account
from eth_utils import keccak
from rich.console import Console

from backend.documents.cid import hash_in
from backend.documents.proposal_text import ProposalDocument, Text
from backend.documents.store import DocumentStore
from scripts.contract import Contract
from scripts.first_run import compile_sources, run_founding
from scripts.node import Node, NodeError
from scripts.plan import PLANS
from scripts.processes import CHAIN_ID, local_chain
from scripts.propose import Call, filing
from scripts.raw_signing import sign_call
from scripts.record import Record, read_record
from scripts.roll import bytes32, sample_key
from scripts.toolchain import ROOT, VAR, environment, free_port

BODY, KIND = "general_assembly", "resolution"
MEMBERS = 50
PROPOSALS_IN_ROUND = 200
"""Four for each member: no body takes more than fifteen of one member in a day, and a round takes a day."""
BALLOTS_IN_ROUND = PROPOSALS_IN_ROUND * MEMBERS
GENESIS = 1_767_225_600
BLOCK_SECONDS = 12
PROPOSALS_IN_BLOCK, BALLOTS_IN_BLOCK = 10, 25
DAY = 86_400
T = TypeVar("T")
WORDS = (
    "the consortium takes note of report on milestone and asks coordinator to pay second instalment shares"
    " budget between partners amended annex describes work packages deliverables background results access rights"
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """The end of a round: so many ballots have been cast up to that block, and all voting is over."""

    ballots: int
    block: int


@dataclass(frozen=True, slots=True)
class History:
    """A history that has been made."""

    folder: Path

    @property
    def state(self) -> Path:
        """What `anvil --load-state` takes."""
        return self.folder / "state.json"

    @property
    def deployment(self) -> Path:
        """The deployment record."""
        return self.folder / "deployment.json"

    @property
    def milestones(self) -> list[Milestone]:
        """Ends of rounds."""
        return [Milestone(**each) for each in json.loads((self.folder / "milestones.json").read_text())]


@dataclass(slots=True)
class Assembly:
    """Fifty members at work on one node."""

    node: Node
    governor: Contract
    records: Contract
    kind_id: int
    store: DocumentStore
    keys: list[bytes] = field(default_factory=lambda: [sample_key(code) for code in codes()])
    nonces: list[int] = field(default_factory=lambda: [0] * MEMBERS)

    def signed(self, member: int, data: bytes, gas: int) -> str:
        """A member's next transaction to the governor."""
        nonce = self.nonces[member]
        self.nonces[member] += 1
        return sign_call(self.keys[member], CHAIN_ID, nonce, bytes.fromhex(self.governor.address[2:]), data, gas)

    def mine(self, transactions: Sequence[str]) -> None:
        """Take transactions into one block."""
        requests = [("eth_sendRawTransaction", [raw]) for raw in transactions]
        self.node.batch([*requests, ("evm_mine", [])])


def codes() -> list[str]:
    """Codes of the made-up members."""
    return [f"B{number:02}" for number in range(1, MEMBERS + 1)]


def history(ballots: int, report: Callable[[str], object]) -> History:
    """A history of at least so many ballots; makes it if it is not kept yet."""
    rounds = -(-ballots // BALLOTS_IN_ROUND)
    folder = VAR / "bench" / f"{rounds * BALLOTS_IN_ROUND}-{_fingerprint()}"
    if not (folder / "milestones.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        make(folder, rounds, report)
    return History(folder)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    sources = [Path(__file__), PLANS / "bench.toml", ROOT / "scripts" / "deploy.py", ROOT / "scripts" / "hand_over.py"]
    for path in [*sources, *sorted((ROOT / "contracts").rglob("*.sol"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def make(folder: Path, rounds: int, report: Callable[[str], object]) -> None:
    """Found the consortium, let its members file and vote round by round, and keep the chain's state."""
    with founded(folder, report) as (node, record):
        assembly = open_assembly(node, record, folder)
        milestones = []
        for number in range(rounds):
            started = time.monotonic()
            play(assembly, number)
            milestones.append({"ballots": (number + 1) * BALLOTS_IN_ROUND, "block": node.block_number})
            report(f"round {number + 1} of {rounds}: {BALLOTS_IN_ROUND / (time.monotonic() - started):,.0f} ballots/s")
        state = node.call("anvil_dumpState")
    (folder / "state.json").write_bytes(gzip.decompress(bytes.fromhex(state[2:])))
    (folder / "milestones.json").write_text(json.dumps(milestones))


@contextmanager
def founded(folder: Path, report: Callable[[str], object], genesis: int = GENESIS) -> Iterator[tuple[Node, Record]]:
    """A local chain on which fifty made-up members have founded a consortium; its blocks are 12 seconds apart."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    env = environment(folder / "home", port)
    compile_sources(env, report)
    _write_roll(folder / "roll.csv")
    with local_chain(port, env, folder, genesis, keep=False) as node:
        run_founding(env, folder, ["--plan", str(PLANS / "bench.toml"), "--roll", str(folder / "roll.csv")])
        node.call("anvil_setBlockTimestampInterval", BLOCK_SECONDS)
        node.call("evm_setAutomine", False)
        yield node, read_record(folder / "deployment.json")


def _write_roll(path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", "country", "class", "wallet"])
        for code in codes():
            wallet = Account.from_key(sample_key(code)).address
            writer.writerow([code, f"Institute {code} for Applied Research", "SI", "partner", wallet])


def open_assembly(node: Node, record: Record, folder: Path) -> Assembly:
    """The members at work on what was founded."""
    kind_id = record.contract(node, "Rulebook").read("kindIdOf", bytes32(KIND))
    records = record.contract(node, "Records")
    return Assembly(node, record.governor(node, BODY), records, kind_id, DocumentStore(folder / "documents"))


def play(assembly: Assembly, number: int) -> None:
    """One round: proposals are filed, everybody votes on all of them, and voting ends.

    Raises:
        NodeError: a ballot was not counted.
    """
    random = Random(number)  # noqa: S311  # the same texts and choices each time are the point
    filed = file_proposals(assembly, number, random)
    turns = [(proposal, member) for proposal in filed for member in range(MEMBERS)]
    random.shuffle(turns)
    for part in _parts(turns, BALLOTS_IN_BLOCK):
        assembly.mine([signed_ballot(assembly, member, proposal, random) for proposal, member in part])
    assembly.node.call("evm_setNextBlockTimestamp", assembly.node.block_time + DAY + 60)
    assembly.node.call("evm_mine")
    counted = sum(sum(assembly.governor.read("tallyOf", proposal)[:3]) for proposal in filed)
    if counted != len(turns):
        raise NodeError(f"round {number}: {counted} of {len(turns)} ballots counted")


def file_proposals(assembly: Assembly, number: int, random: Random) -> list[int]:
    """Put a round's questions, members in turn; returns their ids."""
    before = assembly.node.block_number
    turns = [(turn % MEMBERS, number * PROPOSALS_IN_ROUND + turn) for turn in range(PROPOSALS_IN_ROUND)]
    for part in _parts(turns, PROPOSALS_IN_BLOCK):
        assembly.mine(
            [assembly.signed(member, _proposal(assembly, member, which, random), 1_000_000) for member, which in part]
        )
    assembly.node.call("evm_mine")
    return [int(log["proposalId"]) for log in assembly.governor.logged("ProposalCreated", before + 1)]


def _proposal(assembly: Assembly, member: int, which: int, random: Random) -> bytes:
    title, summary, body = (_sentence(random, words) for words in (8, 40, 400))
    cid = assembly.store.put_proposal(ProposalDocument("en", f"B{which}", {"en": Text(title, summary, body)}))
    text_hash = bytes.fromhex(hash_in(cid)[2:])
    call = Call(assembly.records.address, assembly.records.data("resolve", assembly.kind_id, text_hash))
    filed = filing([call], cid, Account.from_key(assembly.keys[member]).address)
    return bytes.fromhex(assembly.governor.data("propose", *filed.lists, filed.description)[2:])


def signed_ballot(assembly: Assembly, member: int, proposal: int, random: Random) -> str:
    """A member's next transaction: a ballot."""
    return assembly.signed(member, _ballot(assembly, proposal, random), 200_000)


def _ballot(assembly: Assembly, proposal: int, random: Random) -> bytes:
    """Six in ten are for; half give the hash of a reason kept elsewhere, one in ten writes it out."""
    (support,) = random.choices((0, 1, 2), (25, 60, 15))
    kind = random.random()
    if kind < 0.4:
        return bytes.fromhex(assembly.governor.data("castVote", proposal, support)[2:])
    written = _sentence(random, 25) if kind < 0.5 else "0x" + keccak(random.randbytes(32)).hex()
    return bytes.fromhex(assembly.governor.data("castVoteWithReason", proposal, support, written)[2:])


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS.split(), k=words)).capitalize()


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def main() -> None:
    """Make a history of as many ballots as the command line says."""
    console = Console(stderr=True)
    made = history(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, console.print)
    console.print(f"{made.folder}: {made.state.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
