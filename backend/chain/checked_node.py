"""A node whose logs are looked at before they are believed.

Are they what was asked for, and are they all? Nodes that lag or lost their index answer `eth_getLogs` with nothing, and
say nothing of it. What the contracts logged is therefore held against the blooms of the headers: see
docs/adr/0019-logs-are-held-against-the-blooms.md.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol

from backend.chain.bloom import bloom_of, is_telling, may_hold
from backend.chain.node import BlockHeader, Node, NodeDistrustedError, NodeRefusedError, RawLog
from backend.domain.values import Address, Hash32

NEAR_THE_HEAD = 64
"""Blocks; where nodes lag, and where each block without logs is looked at."""
LOOKED_AT = 1_000
"""Blocks of an empty answer whose headers are asked for; of a wider one as many are drawn by lot."""


class Source(Node, Protocol):
    """A node that can also be asked for the logs of one block in two other ways."""

    def logs_of_block(self, block_hash: Hash32, addresses: Sequence[Address]) -> list[RawLog]:
        """Logs of those contracts in the block of that hash."""

    def all_logs_of_block(self, block_hash: Hash32) -> list[RawLog]:
        """Logs of all contracts in the block of that hash, from the receipts."""


class CheckedNode:
    """The same port; an answer that cannot be right raises `NodeDistrustedError`."""

    def __init__(self, node: Source) -> None:
        self._node = node
        self._head: int | None = None

    def chain_id(self) -> int:
        """Ask for the number of the chain."""
        return self._node.chain_id()

    def has_code(self, address: Address) -> bool:
        """Ask whether there is a contract at the address."""
        return self._node.has_code(address)

    def head(self) -> BlockHeader:
        """Ask for the newest block."""
        head = self._node.head()
        self._head = head.number
        return head

    def finalized_number(self) -> int | None:
        """Ask for the newest final block."""
        return self._node.finalized_number()

    def headers(self, numbers: Sequence[int]) -> list[BlockHeader | None]:
        """Ask for headers; each must be of the block asked for."""
        found = self._node.headers(numbers)
        for number, header in zip(numbers, found, strict=True):
            if header is not None and header.number != number:
                raise NodeDistrustedError(f"asked for block {number}, it gave block {header.number}")
        return found

    def logs(self, first: int, last: int, addresses: Sequence[Address]) -> list[RawLog]:
        """Ask for logs and hold them against the question and the blooms."""
        found = self._node.logs(first, last, addresses)
        with_logs = _require_what_was_asked(found, first, last, addresses)
        silent = [number for number in self._to_look_at(first, last, empty=not found) if number not in with_logs]
        for number, header in zip(silent, self.headers(silent), strict=True):
            if header is None:
                raise NodeDistrustedError(f"it gives logs up to block {last} without having block {number}")
            if header.bloom is not None and may_hold(header.bloom, addresses):
                self._require_silent(header, header.bloom, addresses)
        return found

    def call_all(self, calls: Sequence[tuple[Address, str]], block_hash: Hash32) -> list[bytes | NodeRefusedError]:
        """Ask contracts; nothing in their answers can be held against anything else."""
        return self._node.call_all(calls, block_hash)

    def witnesses(self, number: int) -> list[BlockHeader]:
        """One node has no other to bear it out."""
        return self._node.witnesses(number)

    def distrust(self, problem: str) -> None:
        """There is no other to turn to."""
        self._node.distrust(problem)

    def _to_look_at(self, first: int, last: int, *, empty: bool) -> Sequence[int]:
        if empty:
            blocks = range(first, last + 1)
            return blocks if len(blocks) <= LOOKED_AT else sorted(random.sample(blocks, LOOKED_AT))
        head = last if self._head is None else self._head
        return range(max(first, head - NEAR_THE_HEAD + 1), last + 1)

    def _require_silent(self, header: BlockHeader, bloom: int, addresses: Sequence[Address]) -> None:
        # A block named by its hash is answered for from the block itself, not from an index that may lag.
        logs = self._node.logs_of_block(header.hash, addresses)
        if not logs and is_telling(bloom):
            logs = self._from_receipts(header, bloom, addresses)
        if logs:
            raise NodeDistrustedError(f"it left out the logs of block {header.number}")

    def _from_receipts(self, header: BlockHeader, bloom: int, addresses: Sequence[Address]) -> list[RawLog]:
        try:
            everything = self._node.all_logs_of_block(header.hash)
        except NodeRefusedError:
            return []  # it knows no such method, and has said twice that there is nothing
        if bloom_of(everything) != bloom:
            raise NodeDistrustedError(f"the receipts of block {header.number} are not those of its header")
        wanted = {address.lower() for address in addresses}
        return [log for log in everything if log.address.lower() in wanted]


def _require_what_was_asked(
    logs: Sequence[RawLog], first: int, last: int, addresses: Sequence[Address]
) -> dict[int, str]:
    """Give the hashes of the blocks with logs, by number."""
    wanted = {address.lower() for address in addresses}
    places = [_place_of(log) for log in logs]
    for (number, _), log in zip(places, logs, strict=True):
        if log.removed or not first <= number <= last or log.address.lower() not in wanted:
            raise NodeDistrustedError(f"a log of block {number} is not what was asked for")
    hashes: dict[int, str] = {}
    for number, block_hash in {(number, log.block_hash) for (number, _), log in zip(places, logs, strict=True)}:
        if hashes.setdefault(number, block_hash) != block_hash:
            raise NodeDistrustedError(f"it tells two stories of block {number}")
    if len(set(places)) < len(logs):
        _require_equal_repetitions(places, logs)
    return hashes


def _require_equal_repetitions(places: Sequence[tuple[int, int]], logs: Sequence[RawLog]) -> None:
    seen: dict[tuple[int, int], RawLog] = {}
    for place, log in zip(places, logs, strict=True):
        if seen.setdefault(place, log) != log:
            raise NodeDistrustedError(f"it tells two stories of block {place[0]}")


def _place_of(log: RawLog) -> tuple[int, int]:
    try:
        return log.place
    except ValueError:
        raise NodeDistrustedError("a log without a place") from None
