"""What else happens on a proposal: veto, recusal, early close, minutes, approval.

`brownie run proceedings --network <network>` does one of them. Documents stay with those who keep them: the chain gets
their SHA-256 only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from backend.domain.rules import VetoGround
from scripts.contract import Contract
from scripts.wallet import Wallet


def veto(
    member: Wallet,
    governor: Contract,
    proposal_id: int,
    ground: VetoGround,
    statement_hash: bytes,
    gas: int | None = None,
) -> None:
    """Say no on a ground that the rule lists. Raises `RefusedError`."""
    member.send(governor.address, governor.data("veto", proposal_id, int(ground), statement_hash), gas)


def withdraw_veto(member: Wallet, governor: Contract, proposal_id: int, gas: int | None = None) -> None:
    """Take the member's veto back. Raises `RefusedError`."""
    member.send(governor.address, governor.data("withdrawVeto", proposal_id), gas)


def recuse(member: Wallet, governor: Contract, proposal_id: int, gas: int | None = None) -> None:
    """Declare an interest, before the member has voted. Raises `RefusedError`."""
    member.send(governor.address, governor.data("recuse", proposal_id), gas)


def close(sender: Wallet, governor: Contract, proposal_id: int, gas: int | None = None) -> None:
    """End a vote whose outcome is certain; anybody may. Raises `RefusedError`."""
    sender.send(governor.address, governor.data("close", proposal_id), gas)


def record_minutes(
    registrar: Wallet, governor: Contract, proposal_id: int, document_hash: bytes, gas: int | None = None
) -> None:
    """Record the draft minutes, or corrected ones. Raises `RefusedError`."""
    registrar.send(governor.address, governor.data("recordMinutes", proposal_id, document_hash), gas)


def object_to_minutes(
    member: Wallet, governor: Contract, proposal_id: int, statement_hash: bytes, gas: int | None = None
) -> None:
    """Object within the standstill: the decision waits for corrected minutes. Raises `RefusedError`."""
    member.send(governor.address, governor.data("objectToMinutes", proposal_id, statement_hash), gas)


def record_approval(
    registrar: Wallet,
    governor: Contract,
    proposal_id: int,
    approved: bool,
    document_hash: bytes,
    gas: int | None = None,
) -> None:
    """Record the answer of the outside authority. Raises `RefusedError`."""
    registrar.send(governor.address, governor.data("recordApproval", proposal_id, approved, document_hash), gas)


def main() -> None:
    """Ask what is to be done on which proposal, and do it."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    wallet, governor = ask_wallet(node), record.governor(node, ask("Body", "general_assembly"))
    proposal_id = int(ask("Proposal id"))
    match ask("What: veto, withdraw-veto, recuse, close, minutes, object or approval", "minutes"):
        case "veto":
            ground = VetoGround[ask("Ground", "costs").upper()]
            veto(wallet, governor, proposal_id, ground, _hash_of(ask("File with the statement")))
        case "withdraw-veto":
            withdraw_veto(wallet, governor, proposal_id)
        case "recuse":
            recuse(wallet, governor, proposal_id)
        case "close":
            close(wallet, governor, proposal_id)
        case "minutes":
            record_minutes(wallet, governor, proposal_id, _hash_of(ask("File with the minutes")))
        case "object":
            object_to_minutes(wallet, governor, proposal_id, _hash_of(ask("File with the objection")))
        case "approval":
            approved = ask("Approved (y/n)", "n") == "y"
            record_approval(wallet, governor, proposal_id, approved, _hash_of(ask("File with the answer")))
        case other:
            raise SystemExit(f"{other}: nothing of that name")
    print("done")


def _hash_of(file: str) -> bytes:
    return hashlib.sha256(Path(file).read_bytes()).digest()
