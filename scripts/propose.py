"""Put a proposal to a body, or withdraw it: `brownie run propose --network <network>`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eth_utils import keccak

from backend.documents.cid import hash_in
from backend.documents.proposal_text import parse_proposal
from backend.documents.store import DocumentStore
from backend.domain.descriptions import compose_description
from backend.domain.values import Address
from scripts.contract import Contract
from scripts.moments import second_of, written
from scripts.record import Record
from scripts.roll import bytes32
from scripts.wallet import Wallet


@dataclass(frozen=True, slots=True)
class Call:
    """One call that an adopted proposal makes."""

    target: str
    data: str
    """Selector and arguments as 0x-hexadecimal."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What a proposal is made of; a governor knows it by the hash of all this."""

    calls: tuple[Call, ...]
    description: str

    @property
    def lists(self) -> tuple[list[str], list[int], list[bytes]]:
        """Targets, values and calldatas, as every governor takes them."""
        targets = [call.target for call in self.calls]
        return targets, [0] * len(targets), [bytes.fromhex(call.data[2:]) for call in self.calls]

    @property
    def hashed(self) -> tuple[list[str], list[int], list[bytes], bytes]:
        """The same with the description's hash, as `queue`, `execute` and `cancel` take them."""
        return (*self.lists, keccak(text=self.description))

    def proposal_id(self, governor: Contract) -> int:
        """The number under which the governor keeps it."""
        return int(governor.read("hashProposal", *self.hashed))


def filing(calls: Sequence[Call], cid: str, proposer: str) -> Filing:
    """Bind calls to the text named `cid`; nobody but the proposer's wallet can put it."""
    return Filing(tuple(calls), compose_description(cid, Address(proposer)))


def resolution(rulebook: Contract, record: Record, kind: str, cid: str) -> Call:
    """The call of a proposal that only records its text. The kind must exist."""
    records = record.contract(rulebook.node, "Records")
    text_hash = bytes.fromhex(hash_in(cid)[2:])
    return Call(records.address, records.data("resolve", rulebook.read("kindIdOf", bytes32(kind)), text_hash))


def resolution_for(rulebook: Contract, record: Record, kind: str, member_id: int, cid: str) -> Call:
    """The same about one member, such as an award; what follows for its ballot or veto, the kind says."""
    records = record.contract(rulebook.node, "Records")
    about = (rulebook.read("kindIdOf", bytes32(kind)), member_id, bytes.fromhex(hash_in(cid)[2:]))
    return Call(records.address, records.data("resolveFor", *about))


def propose(
    proposer: Wallet,
    governor: Contract,
    filed: Filing,
    opens_at: int | None = None,
    extraordinary: bool = False,
    gas: int | None = None,
) -> int:
    """Put it; returns the proposal's id. Without `opens_at` it opens as soon as the ordinary notice allows.

    Raises `RefusedError`, for a notice too short with the earliest valid second.
    """
    if opens_at is None:
        data = governor.data("propose", *filed.lists, filed.description)
    else:
        data = governor.data("convene", *filed.lists, filed.description, opens_at, extraordinary)
    proposer.send(governor.address, data, gas)
    return filed.proposal_id(governor)


def reconvene(caller: Wallet, governor: Contract, failed: Filing, opens_at: int, gas: int | None = None) -> int:
    """Call again a question that had no quorum; returns the id of the new call. Raises `RefusedError`."""
    failed_id = failed.proposal_id(governor)
    caller.send(governor.address, governor.data("reconvene", *failed.lists, failed.description, opens_at), gas)
    return next(
        int(log["proposalId"]) for log in governor.logged("ProposalReconvened") if log["previousId"] == failed_id
    )


def revise(
    proposer: Wallet,
    governor: Contract,
    vetoed_id: int,
    filed: Filing,
    opens_at: int,
    extraordinary: bool = False,
    gas: int | None = None,
) -> int:
    """Put a revised proposal in the place of a vetoed one; returns its id. Raises `RefusedError`."""
    data = governor.data("revise", vetoed_id, *filed.lists, filed.description, opens_at, extraordinary)
    proposer.send(governor.address, data, gas)
    return filed.proposal_id(governor)


def withdraw(proposer: Wallet, governor: Contract, filed: Filing, gas: int | None = None) -> None:
    """Take it back before voting starts. Raises `RefusedError` afterwards, and for anybody but the proposer."""
    proposer.send(governor.address, governor.data("cancel", *filed.hashed), gas)


def find_filing(governor: Contract, proposal_id: int) -> Filing:
    """What was filed under that id, from the chain. Raises `KeyError` if nothing was."""
    for log in governor.logged("ProposalCreated"):
        if log["proposalId"] == proposal_id:
            calls = zip(log["targets"], log["calldatas"], strict=True)
            return Filing(tuple(Call(target, "0x" + data.hex()) for target, data in calls), log["description"])
    raise KeyError(proposal_id)


def _resolution_asked_for(rulebook: Contract, record: Record, kind: str, cid: str) -> Call:
    """Asks for the member where the kind takes no resolution that names none."""
    from scripts.prompt import ask  # noqa: PLC0415 - needs Brownie, the rest does not

    _, _, _, names_nobody, _ = rulebook.read("kind", rulebook.read("kindIdOf", bytes32(kind)))
    if names_nobody:
        return resolution(rulebook, record, kind, cid)
    return resolution_for(rulebook, record, kind, int(ask("Number of the member that it is about")), cid)


def main() -> None:
    """Ask for a resolution's kind, text and opening, and put it."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    wallet = ask_wallet(node)
    body, kind = ask("Body", "general_assembly"), ask("Kind (a resolution)", "work_plan")
    document = parse_proposal(Path(ask("File with the proposal document (JSON)")).read_bytes())
    cid = DocumentStore(Path(ask("Folder of the service's documents", "var/documents"))).put_proposal(document)
    opens = ask("Opens at (such as 2027-03-01T09:00+01:00; empty: as soon as the notice allows)", "")
    filed = filing([_resolution_asked_for(record.contract(node, "Rulebook"), record, kind, cid)], cid, wallet.address)
    governor = record.governor(node, body)
    proposal_id = propose(wallet, governor, filed, second_of(opens) if opens else None)
    opening, deadline = (written(governor.read(name, proposal_id)) for name in ("proposalSnapshot", "proposalDeadline"))
    print(f"put to the {body}: {proposal_id}\ntext: {cid}\nvoting opens {opening}\nvoting closes {deadline}")
