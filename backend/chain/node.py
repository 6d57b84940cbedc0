"""The port to a node: what the mirror asks of a chain, and the values it gets back.

`connection.Connection` asks a real node over HTTP; tests put a simulated chain behind the same port.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from backend.domain.values import Address, Hash32, Timepoint
from backend.errors import ChainError, NodeUnavailableError


class RawLog(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """A log as `eth_getLogs` gives it, all numbers still hexadecimal."""

    address: str
    topics: tuple[str, ...]
    data: str
    block_number: str
    block_hash: Hash32
    transaction_hash: Hash32
    log_index: str
    block_timestamp: str | None = None
    """Not every node says it."""
    removed: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Block number and index in the block: the order of logs."""
        return int(self.block_number, 16), int(self.log_index, 16)


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """What ties a block to the one before it."""

    number: int
    hash: Hash32
    parent_hash: Hash32
    time: Timepoint
    bloom: int | None = None
    """The block's logsBloom as a number; None where the node does not say it."""


class NodeBusyError(NodeUnavailableError):
    """The node is there and wants to be left alone for a while."""

    def __init__(self, problem: str, seconds: float | None = None) -> None:
        self.seconds = seconds
        """How long, where the node says so."""
        super().__init__(problem)


class NodeDistrustedError(NodeUnavailableError):
    """The node's answer contradicts the question, itself or others: as good as none."""


class NodeRefusedError(ChainError):
    """The node understood the question and will not answer it: ask for less, or ask another node."""

    code = "NODE_REFUSED"

    def __init__(self, method: str, number: int, problem: str, data: str | None = None) -> None:
        self.method = method
        self.number = number
        self.problem = problem
        self.data = data
        """What a reverted call returned, as 0x and hexadecimal digits, where the node says it."""
        super().__init__(f"The node refuses {method} ({number}: {problem}). Ask for less or use another node.")


class Node(Protocol):
    """A node of one chain.

    Every method raises `NodeUnavailableError` when there is no answer and `NodeRefusedError` when the answer is a no.
    """

    def chain_id(self) -> int:
        """Number of the chain."""

    def has_code(self, address: Address) -> bool:
        """Whether there is a contract at the address."""

    def head(self) -> BlockHeader:
        """Header of the newest block."""

    def finalized_number(self) -> int | None:
        """Number of the newest block that can no longer be reorganised; None where the node does not say."""

    def headers(self, numbers: Sequence[int]) -> list[BlockHeader | None]:
        """Headers of those blocks, in the same order; None for a block that the node does not have."""

    def logs(self, first: int, last: int, addresses: Sequence[Address]) -> list[RawLog]:
        """Logs of those contracts from block `first` to block `last`, both included."""

    def call_all(self, calls: Sequence[tuple[Address, str]], block_hash: Hash32) -> list[bytes | NodeRefusedError]:
        """Answers of contracts to calls (address, data) as of the end of that block, in their order."""

    def witnesses(self, number: int) -> list[BlockHeader]:
        """Headers of that block as other nodes know it, one for each that answers and has it."""

    def distrust(self, problem: str) -> None:
        """Turn to another node, if there is one: others contradict what this one said."""
