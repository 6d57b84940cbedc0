"""Hand in a member's ballot: `brownie run vote --network <network>`.

It may come from the member, from anybody to whom the member has signed it, or from a member that holds its mandate.
"""

from __future__ import annotations

from backend.domain.ballots import Choice
from scripts.contract import Contract
from scripts.wallet import Receipt, Wallet

BY_SIGNATURE = "castVoteBySig(uint256,uint8,address,bytes)"


def vote(
    voter: Wallet,
    governor: Contract,
    proposal_id: int,
    choice: Choice,
    commitment: str | None = None,
    gas: int | None = None,
) -> Receipt:
    """Cast the member's own ballot; of its reason only the commitment goes on chain. Raises `RefusedError`."""
    if commitment is None:
        data = governor.data("castVote", proposal_id, int(choice))
    else:
        data = governor.data("castVoteWithReason", proposal_id, int(choice), commitment)
    return voter.send(governor.address, data, gas)


def relay_vote(
    sender: Wallet, voter: Wallet, governor: Contract, proposal_id: int, choice: Choice, gas: int | None = None
) -> bytes:
    """Send a ballot that the member has only signed; who sends it makes no difference. Returns the signature.

    Raises `RefusedError`.
    """
    signature = voter.sign_ballot(governor, proposal_id, int(choice))
    send_signed(sender, voter.address, governor, proposal_id, choice, signature, gas)
    return signature


def send_signed(
    sender: Wallet,
    voter: str,
    governor: Contract,
    proposal_id: int,
    choice: Choice,
    signature: bytes,
    gas: int | None = None,
) -> Receipt:
    """Send a signed ballot. Raises `RefusedError`, also for one that was counted before."""
    data = governor.data(BY_SIGNATURE, proposal_id, int(choice), voter, signature)
    return sender.send(governor.address, data, gas)


def vote_by_mandate(
    holder: Wallet,
    governor: Contract,
    proposal_id: int,
    principal_id: int,
    choice: Choice,
    commitment: str | None = None,
    gas: int | None = None,
) -> Receipt:
    """Cast the ballot of a member that gave the holder a mandate. Raises `RefusedError`."""
    data = governor.data("castMandate", proposal_id, principal_id, int(choice), commitment or "")
    return holder.send(governor.address, data, gas)


def main() -> None:
    """Ask for proposal, choice and whose ballot it is, and vote."""
    from scripts.prompt import active_deployment, ask, ask_wallet  # noqa: PLC0415 - needs Brownie, the rest does not

    node, record = active_deployment()
    wallet = ask_wallet(node)
    governor = record.governor(node, ask("Body", "general_assembly"))
    proposal_id = int(ask("Proposal id"))
    choice = Choice[ask("Choice: for, against or abstain").upper()]
    principal = ask("Number of the member whose mandate is used (empty: your own ballot)", "")
    if principal:
        receipt = vote_by_mandate(wallet, governor, proposal_id, int(principal), choice)
    else:
        receipt = vote(wallet, governor, proposal_id, choice)
    print(f"counted in block {receipt.block_number}: {receipt.transaction_hash} ({receipt.gas_used:,} gas)")
