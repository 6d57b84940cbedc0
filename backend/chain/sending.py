"""Nodes that transactions are sent to, and asked what became of them; several behind one, as for reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TypeVar, cast

import msgspec

from backend.chain.connection import Connection, Patience
from backend.chain.endpoints import Endpoints
from backend.chain.node import NodeRefusedError, RawLog
from backend.domain.values import Address, Hash32

T = TypeVar("T")


class Receipt(msgspec.Struct, frozen=True, rename="camel"):
    """What became of a transaction that is in a block."""

    transaction_hash: str
    block_number: str
    block_hash: str
    status: str
    gas_used: str
    logs: list[RawLog]

    @property
    def block(self) -> int:
        """Number of the block."""
        return int(self.block_number, 16)

    @property
    def went_through(self) -> bool:
        """Whether it was not reverted."""
        return int(self.status, 16) == 1


class _Fees(msgspec.Struct, frozen=True, rename="camel"):
    base_fee_per_gas: str = "0x0"


class SendingConnection(Connection):
    """A node at an HTTP address that also takes transactions."""

    def send(self, raw: str) -> str:
        """Hand in a signed transaction; its hash."""
        return self._ask("eth_sendRawTransaction", (raw,), str)

    def receipt(self, transaction_hash: Hash32) -> Receipt | None:
        """Ask for the receipt; None while it is in no block."""
        return self._ask_for("eth_getTransactionReceipt", (transaction_hash,), Receipt)

    def transaction_count(self, address: Address) -> int:
        """Ask how many transactions of the account are in blocks: the number of its next one."""
        return int(self._ask("eth_getTransactionCount", (address, "latest"), str), 16)

    def balance(self, address: Address) -> int:
        """Ask what the account has, in wei."""
        return int(self._ask("eth_getBalance", (address, "latest"), str), 16)

    def base_fee(self) -> int:
        """Ask for the base fee of the newest block, in wei; 0 on a chain without fees."""
        return int(self._ask("eth_getBlockByNumber", ("latest", False), _Fees).base_fee_per_gas, 16)

    def tip(self) -> int:
        """Ask what tip is usual, in wei; none where the node knows no such thing."""
        try:
            return int(self._ask("eth_maxPriorityFeePerGas", (), str), 16)
        except NodeRefusedError:
            return 0

    def gas_of(self, sender: Address, to: Address, data: str) -> int:
        """Ask how much gas a call takes."""
        return int(self._ask("eth_estimateGas", ({"from": sender, "to": to, "data": data},), str), 16)

    def try_out(self, to: Address, data: str) -> str:
        """Ask what a call would return now; a refusal of the contract is in the error's `data`."""
        return self._ask("eth_call", ({"to": to, "data": data}, "latest"), str)


class SendingEndpoints(Endpoints):
    """The same over several nodes; what one has taken in is handed in again elsewhere without harm."""

    def send(self, raw: str) -> str:
        """Hand in a signed transaction."""
        return self._of(lambda node: node.send(raw))

    def receipt(self, transaction_hash: Hash32) -> Receipt | None:
        """Ask for the receipt."""
        return self._of(lambda node: node.receipt(transaction_hash))

    def transaction_count(self, address: Address) -> int:
        """Ask for the number of the account's next transaction."""
        return self._of(lambda node: node.transaction_count(address))

    def balance(self, address: Address) -> int:
        """Ask what the account has."""
        return self._of(lambda node: node.balance(address))

    def base_fee(self) -> int:
        """Ask for the base fee."""
        return self._of(lambda node: node.base_fee())

    def tip(self) -> int:
        """Ask what tip is usual."""
        return self._of(lambda node: node.tip())

    def gas_of(self, sender: Address, to: Address, data: str) -> int:
        """Ask how much gas a call takes."""
        return self._of(lambda node: node.gas_of(sender, to, data))

    def try_out(self, to: Address, data: str) -> str:
        """Ask what a call would return now."""
        return self._of(lambda node: node.try_out(to, data))

    def _of(self, question: Callable[[SendingConnection], T]) -> T:
        return self._ask(lambda node: question(cast("SendingConnection", node)))


@contextmanager
def open_sending_node(urls: Sequence[str], chain_id: int) -> Iterator[SendingEndpoints]:
    """Connect to the nodes at those addresses, for the length of the block."""
    with ExitStack() as stack:
        once = Patience(attempts=1)
        connections = [stack.enter_context(SendingConnection(url, patience=once)) for url in urls]
        yield SendingEndpoints(connections, chain_id)
