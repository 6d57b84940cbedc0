"""Ballots as members sign them."""

from __future__ import annotations

from typing import Any

from brownie import chain
from eth_account import Account

BALLOT = [("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("nonce", "uint256")]
EXTENDED = [*BALLOT, ("reason", "string"), ("params", "bytes")]


def sign_ballot(governor: Any, key: Any, proposal_id: int, support: int, **extra: Any) -> str:
    """OpenZeppelin's typed data with the nonce keyed by the proposal, signed with the wallet's own key.

    `voter` (default: the key's own address) and `revision` (default: 0) may be given; `reason` and `params` make it an
    `ExtendedBallot`.
    """
    voter, revision = extra.pop("voter", key.address), extra.pop("revision", 0)
    fields, name = (EXTENDED, "ExtendedBallot") if extra else (BALLOT, "Ballot")
    domain = {"name": governor.name(), "version": "1", "chainId": chain.id, "verifyingContract": governor.address}
    message = {
        "proposalId": proposal_id,
        "support": support,
        "voter": voter,
        "nonce": (proposal_id << 64) | revision,
        **extra,
    }
    types = {name: [{"name": field, "type": kind} for field, kind in fields]}
    return Account.sign_typed_data(key.private_key, domain, types, message).signature.hex()


def batch_entry(
    governor: Any, key: Any, proposal_id: int, support: int, reason: str = "", **extra: Any
) -> tuple[Any, ...]:
    """One ballot of a batch: voter, support, reason, signature."""
    voter = extra.get("voter", key.address)
    said = {"reason": reason, "params": b""} if reason else {}
    return (
        voter,
        support,
        reason,
        "0x" + sign_ballot(governor, key, proposal_id, support, **extra, **said).removeprefix("0x"),
    )
