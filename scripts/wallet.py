"""A key that signs: transactions for a node, and ballots for somebody else to send."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount

from scripts.contract import Contract, refusal
from scripts.node import Node, NodeError

BALLOT = {
    "Ballot": [
        {"name": "proposalId", "type": "uint256"},
        {"name": "support", "type": "uint8"},
        {"name": "voter", "type": "address"},
        {"name": "nonce", "type": "uint256"},
    ]
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a transaction that went through."""

    transaction_hash: str
    block_number: int
    gas_used: int
    logs: tuple[dict[str, Any], ...]


class Wallet:
    """One account at one node."""

    def __init__(self, node: Node, key: bytes | str) -> None:
        self.node = node
        self._account: LocalAccount = Account.from_key(key)
        self._chain_id = node.chain_id

    @property
    def address(self) -> str:
        """Where it is known on chain."""
        return str(self._account.address)

    def send(self, to: str, data: str, gas: int | None = None) -> Receipt:
        """Send a call and wait until it is in a block.

        With `gas` given it is sent even if it is bound to fail. Raises `RefusedError` if the contract says no.
        """
        transaction: dict[str, Any] = {
            "to": to,
            "data": data,
            "value": 0,
            "chainId": self._chain_id,
            "nonce": int(self.node.call("eth_getTransactionCount", self.address, "pending"), 16),
            "gas": gas or self._estimate(to, data),
            **self._fees(),
        }
        raw = self._account.sign_transaction(transaction).raw_transaction
        return self._receipt(self.node.call("eth_sendRawTransaction", "0x" + raw.hex()), to, data)

    def sign_ballot(self, governor: Contract, proposal_id: int, support: int) -> bytes:
        """The member's own signature under its ballot, valid once and on this proposal only."""
        domain = {
            "name": governor.read("name"),
            "version": "1",
            "chainId": self._chain_id,
            "verifyingContract": governor.address,
        }
        nonce = governor.read("ballotNonce", proposal_id, self.address)
        message = {"proposalId": proposal_id, "support": support, "voter": self.address, "nonce": nonce}
        return bytes(self._account.sign_typed_data(domain, BALLOT, message).signature)

    def _estimate(self, to: str, data: str) -> int:
        try:
            estimate = self.node.call("eth_estimateGas", {"from": self.address, "to": to, "data": data})
        except NodeError as error:
            if error.data is None:
                raise
            raise refusal(error.data) from error
        return int(estimate, 16) * 5 // 4

    def _fees(self) -> dict[str, int]:
        base = int(self.node.call("eth_getBlockByNumber", "latest", False).get("baseFeePerGas", "0x0"), 16)
        tip = int(self.node.call("eth_maxPriorityFeePerGas"), 16) if base else 0
        return {"maxFeePerGas": 2 * base + tip, "maxPriorityFeePerGas": tip}

    def _receipt(self, transaction_hash: str, to: str, data: str) -> Receipt:
        receipt = _wait_for(self.node, transaction_hash)
        if int(receipt["status"], 16) == 0:
            raise self._why(receipt["blockNumber"], to, data)
        return Receipt(
            transaction_hash, int(receipt["blockNumber"], 16), int(receipt["gasUsed"], 16), tuple(receipt["logs"])
        )

    def _why(self, block: str, to: str, data: str) -> Exception:
        """A failed transaction changed nothing, so the same call at its block fails for the same reason."""
        try:
            self.node.call("eth_call", {"from": self.address, "to": to, "data": data}, block)
        except NodeError as error:
            return refusal(error.data)
        return NodeError("the transaction failed, but the same call does not: it ran out of gas")


def _wait_for(node: Node, transaction_hash: str, seconds: float = 300) -> dict[str, Any]:
    deadline, pause = time.monotonic() + seconds, 0.0
    while (receipt := node.call("eth_getTransactionReceipt", transaction_hash)) is None:
        if time.monotonic() > deadline:
            raise NodeError(f"transaction {transaction_hash} is in no block after {seconds:.0f} s")
        time.sleep(pause)
        pause = min(1.0, pause + 0.01)
    found: dict[str, Any] = receipt
    return found
