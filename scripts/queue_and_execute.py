"""Carry out an adopted proposal: `brownie run queue_and_execute --network <network>`.

Anybody may do both; the timelock's delay lies between them.
"""

from __future__ import annotations

from scripts.contract import Contract
from scripts.moments import written
from scripts.propose import Filing, find_filing
from scripts.wallet import Wallet


def queue(sender: Wallet, governor: Contract, filed: Filing, gas: int | None = None) -> int:
    """Start the delay; returns the second from which it can be executed. Raises `RefusedError` unless it is binding."""
    sender.send(governor.address, governor.data("queue", *filed.hashed), gas)
    return int(governor.read("proposalEta", filed.proposal_id(governor)))


def execute(sender: Wallet, governor: Contract, filed: Filing, gas: int | None = None) -> None:
    """Make its calls. Raises `RefusedError` before the delay is over, and a second time."""
    sender.send(governor.address, governor.data("execute", *filed.hashed), gas)


def main() -> None:
    """Queue the proposal, or execute it where its delay is over."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    wallet = ask_wallet(node)
    governor = record.governor(node, ask("Body", "general_assembly"))
    proposal_id = int(ask("Proposal id"))
    filed = find_filing(governor, proposal_id)
    if governor.read("proposalEta", proposal_id):
        execute(wallet, governor, filed)
        print("executed")
    else:
        print(f"queued; can be executed from {written(queue(wallet, governor, filed))} on")
