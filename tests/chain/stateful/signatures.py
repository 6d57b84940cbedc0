"""Ballots signed as any wallet would: OpenZeppelin's typed data, the nonce keyed by the proposal."""

from __future__ import annotations

from typing import Any

from brownie import chain
from eth_account import Account

_BALLOT = [("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("nonce", "uint256")]
_EXTENDED = [*_BALLOT, ("reason", "string"), ("params", "bytes")]


def signed_ballot(governor: Any, wallet: Any, proposal_id: int, support: int, nonce: int, reason: str = "") -> str:
    """A `Ballot`, or with a reason an `ExtendedBallot` with empty params, signed with the wallet's own key."""
    name, fields = ("ExtendedBallot", _EXTENDED) if reason else ("Ballot", _BALLOT)
    domain = {"name": governor.name(), "version": "1", "chainId": chain.id, "verifyingContract": governor.address}
    message = {"proposalId": proposal_id, "support": support, "voter": wallet.address, "nonce": nonce}
    if reason:
        message |= {"reason": reason, "params": b""}
    types = {name: [{"name": field, "type": kind} for field, kind in fields]}
    return "0x" + Account.sign_typed_data(wallet.private_key, domain, types, message).signature.hex().removeprefix("0x")
