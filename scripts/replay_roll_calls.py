"""Replay recorded roll calls as proposals of an assembly: `python -m scripts.replay_roll_calls <folder>`.

Every ballot is a `castVote` transaction signed with its member's own key, on a local chain of this run. Every tally and
two verdicts (2/3 quorum with 2/3 of the votes cast; 51 % of all entitled) are compared with the folder's own, on chain
and from the API.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from eth_account import Account
from rich.console import Console
from rich.progress import Progress

from backend.documents.store import DocumentStore
from backend.domain.ballots import Choice
from backend.domain.outcome import Verdict
from scripts.contract import Contract
from scripts.demo import wait_until_synced
from scripts.findings import from_api
from scripts.first_run import compile_sources, run_founding
from scripts.node import Node, NodeError
from scripts.plan import PLANS, Plan, read_plan, rule_tuple
from scripts.processes import CHAIN_ID, local_chain, service
from scripts.propose import filing, propose, resolution
from scripts.raw_signing import sign_call
from scripts.record import Record, read_record
from scripts.roll import sample_key
from scripts.roll_calls import ExpectedTally, FolderError, RollCall, RollCalls, read_roll_calls, write_roll
from scripts.toolchain import environment, free_port
from scripts.wallet import Wallet

BODY, KIND, OTHER_RULE = "general_assembly", "resolution", "WRITTEN_51"
GAS = 200_000
"""Limit for one ballot."""
Advance = Callable[[int], object]


@dataclass(slots=True)
class Assembly:
    """The assembly while it votes: who has sent how many transactions, and what each ballot cost."""

    node: Node
    record: Record
    governor: Contract
    nonces: dict[str, int] = field(default_factory=dict)
    gas_used: list[int] = field(default_factory=list)
    _keys: dict[str, bytes] = field(default_factory=dict)

    def key(self, code: str) -> bytes:
        """The member's key, derived once."""
        return self._keys.setdefault(code, sample_key(code))

    def next_nonce(self, code: str) -> int:
        """The member's next transaction number."""
        nonce = self.nonces.get(code, 0)
        self.nonces[code] = nonce + 1
        return nonce


def wallets(members: dict[str, str]) -> dict[str, str]:
    """The address of each member's sample key."""
    return {code: str(Account.from_key(sample_key(code)).address) for code in members}


def file_proposals(assembly: Assembly, calls: tuple[RollCall, ...], store: DocumentStore) -> dict[str, int]:
    """Put every question; returns ids by roll call. Voters take turns: none may put too many in a day."""
    rulebook = assembly.record.contract(assembly.node, "Rulebook")
    filed = {}
    for turn, call in enumerate(calls):
        code, _ = call.ballots[turn % len(call.ballots)]
        proposer = Wallet(assembly.node, assembly.key(code))
        cid = store.put_proposal(call.document)
        made = filing([resolution(rulebook, assembly.record, KIND, cid)], cid, proposer.address)
        filed[call.rcid] = propose(proposer, assembly.governor, made, gas=1_000_000)
        assembly.next_nonce(code)
    return filed


def cast_ballots(assembly: Assembly, call: RollCall, proposal_id: int) -> None:
    """Send all ballots of one roll call and take them into one block. Raises `NodeError` if one does not count."""
    to = bytes.fromhex(assembly.governor.address[2:])
    ballots = {
        choice: bytes.fromhex(assembly.governor.data("castVote", proposal_id, int(choice))[2:]) for choice in Choice
    }
    signed = [
        sign_call(assembly.key(code), CHAIN_ID, assembly.next_nonce(code), to, ballots[choice], GAS)
        for code, choice in call.ballots
    ]
    assembly.node.batch([("eth_sendRawTransaction", [raw]) for raw in signed])
    assembly.node.call("evm_mine")
    receipts = assembly.node.call("eth_getBlockReceipts", "latest")
    counted = [int(receipt["gasUsed"], 16) for receipt in receipts if receipt["status"] == "0x1"]
    if len(counted) != len(signed):
        raise NodeError(f"roll call {call.rcid}: {len(counted)} of {len(signed)} ballots counted")
    assembly.gas_used += counted


def replay(assembly: Assembly, folder: RollCalls, store: DocumentStore, advance: Advance) -> dict[str, int]:
    """Put all questions, cast all ballots, let voting end; returns ids by roll call."""
    node = assembly.node
    filed = file_proposals(assembly, folder.calls, store)
    node.call("evm_increaseTime", 2)
    node.call("evm_mine")
    node.call("evm_setAutomine", False)
    for call in folder.calls:
        cast_ballots(assembly, call, filed[call.rcid])
        advance(len(call.ballots))
    node.call("evm_setAutomine", True)
    node.call("evm_increaseTime", 86_400 + 60)
    node.batch([("evm_mine", [])] * 3)
    return filed


def chain_differences(assembly: Assembly, plan: Plan, expected: ExpectedTally, proposal_id: int) -> list[str]:
    """What the contracts say otherwise."""
    tally = assembly.governor.read("tallyOf", proposal_id)
    against, in_favour, abstain, entitled, *_ = tally
    rulebook = assembly.record.contract(assembly.node, "Rulebook")
    other, _ = rulebook.read("judge", rule_tuple(plan.rules[OTHER_RULE]), tally)
    meeting = Verdict(assembly.governor.read("verdictOf", proposal_id)).label
    found = ((in_favour, against, abstain), entitled, meeting, Verdict(other).label)
    return _differences("chain", expected, found)


def api_differences(url: str, expected: ExpectedTally, proposal_id: int) -> list[str]:
    """What the service says otherwise."""
    own, other = from_api(url, proposal_id), from_api(url, proposal_id, OTHER_RULE)
    return _differences("API", expected, (own.votes, own.eligible, own.outcome, other.outcome))


def _differences(source: str, expected: ExpectedTally, found: tuple[object, ...]) -> list[str]:
    wanted = (expected.votes, expected.eligible, expected.meeting, expected.written)
    return [] if found == wanted else [f"{source} says {found}, expected {wanted}"]


def run(folder: RollCalls, work: Path, console: Console) -> list[str]:
    """Everything from an empty chain to the comparison; returns the differences."""
    port = free_port()
    env = environment(work / "home", port)
    compile_sources(env, console.print)
    plan = read_plan(PLANS / "roll_calls.toml")
    write_roll(folder.members, wallets(folder.members), work / "roll.csv")
    with local_chain(port, env, work, genesis=int(time.time()) - 2 * 86_400, keep=False) as node:
        run_founding(env, work, ["--plan", str(PLANS / "roll_calls.toml"), "--roll", str(work / "roll.csv")])
        record = read_record(work / "deployment.json")
        members = record.contract(node, "MemberRegistry").read("memberCount")
        console.print(f"{members} members admitted")
        assembly = Assembly(node, record, record.governor(node, BODY))
        filed = _timed_replay(assembly, folder, DocumentStore(work / "documents"), console)
        return _compare(assembly, plan, folder, filed, work, env, console)


def _timed_replay(assembly: Assembly, folder: RollCalls, store: DocumentStore, console: Console) -> dict[str, int]:
    started = time.monotonic()
    with Progress(console=console) as progress:
        task = progress.add_task(f"{len(folder.calls)} roll calls", total=folder.ballots)
        filed = replay(assembly, folder, store, lambda ballots: progress.advance(task, ballots))
    seconds, gas = time.monotonic() - started, assembly.gas_used
    console.print(f"{len(gas):,} ballots in {seconds:.1f} s ({len(gas) / seconds:,.0f} a second)")
    console.print(f"gas per vote: min {min(gas):,}, median {statistics.median(gas):,.0f}, max {max(gas):,}")
    return filed


def _compare(
    assembly: Assembly,
    plan: Plan,
    folder: RollCalls,
    filed: dict[str, int],
    work: Path,
    env: dict[str, str],
    console: Console,
) -> list[str]:
    settings = {
        "ZBOR_RPC_URL": assembly.node.url,
        "ZBOR_DEPLOYMENT": str(work / "deployment.json"),
        "ZBOR_DATABASE_URL": f"sqlite:///{work / 'zbor.db'}",
        "ZBOR_DOCUMENTS": str(work / "documents"),
    }
    started = time.monotonic()
    with service(free_port(), env, settings, work / "service.log") as url:
        wait_until_synced(url, assembly.node)
        console.print(f"mirrored in {time.monotonic() - started:.1f} s")
        found = [
            f"roll call {rcid}: {difference}"
            for rcid, proposal_id in filed.items()
            for difference in (
                *chain_differences(assembly, plan, folder.expected[rcid], proposal_id),
                *api_differences(url, folder.expected[rcid], proposal_id),
            )
        ]
    console.print(
        f"{len(filed)} tallies and both verdicts compared on chain and from the API: {len(found)} differences"
    )
    return found


def main() -> None:
    """Replay the folder named on the command line; exits with 1 on any difference."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m scripts.replay_roll_calls <folder>")
    console = Console()
    try:
        folder = read_roll_calls(Path(sys.argv[1]))
    except FolderError as wrong:
        raise SystemExit(str(wrong)) from wrong
    with TemporaryDirectory(prefix="zbor-roll-calls-") as work:
        differences = run(folder, Path(work), console)
    for difference in differences:
        console.print(difference)
    if differences:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
