"""Replace the wallet that a member has lost: `brownie run rotate_wallet --network <network>`.

registrar asks ──▶ approver agrees ──three days──▶ anybody completes
    └───────────────────┴── the old wallet stops it, if it was not lost after all
"""

from __future__ import annotations

from scripts.contract import Contract
from scripts.wallet import Wallet


def propose_rotation(
    registrar: Wallet, registry: Contract, member_id: int, new_wallet: str, gas: int | None = None
) -> None:
    """Ask for it; the wallet must never have belonged to a member. Raises `RefusedError`."""
    registrar.send(registry.address, registry.data("proposeRotation", member_id, new_wallet), gas)


def approve_rotation(
    approver: Wallet, registry: Contract, member_id: int, new_wallet: str, gas: int | None = None
) -> None:
    """Agree as the second office; the delay starts. Raises `RefusedError`."""
    approver.send(registry.address, registry.data("approveRotation", member_id, new_wallet), gas)


def stop_rotation(old_wallet: Wallet, registry: Contract, member_id: int, gas: int | None = None) -> None:
    """Stop it with the wallet that was not lost. Raises `RefusedError`."""
    old_wallet.send(registry.address, registry.data("stopRotation", member_id), gas)


def complete_rotation(sender: Wallet, registry: Contract, member_id: int, gas: int | None = None) -> None:
    """Make it effective once the delay is over; anybody may. Raises `RefusedError` before."""
    sender.send(registry.address, registry.data("completeRotation", member_id), gas)


def main() -> None:
    """Ask which step is to be taken for which member, and take it."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    registry, wallet = record.contract(node, "MemberRegistry"), ask_wallet(node)
    member_id = int(ask("Number of the member"))
    match ask("Step: propose, approve, stop or complete", "propose"):
        case "propose":
            propose_rotation(wallet, registry, member_id, ask("New wallet"))
        case "approve":
            approve_rotation(wallet, registry, member_id, ask("New wallet"))
        case "stop":
            stop_rotation(wallet, registry, member_id)
        case "complete":
            complete_rotation(wallet, registry, member_id)
        case other:
            raise SystemExit(f"{other}: no such step")
    print("done")
