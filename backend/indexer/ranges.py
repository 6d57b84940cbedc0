"""Reads a range of blocks so that it is of one piece: its blocks follow one another, its logs lie in its blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.chain.decoder import Decoder, Logged
from backend.chain.log_reader import LogReader
from backend.chain.node import BlockHeader, Node, RawLog
from backend.domain.events import BodyCreated
from backend.errors import ChainError
from backend.indexer.sources import Sources


class ChainMovedError(ChainError):
    """The chain was reorganised while it was being read: read again."""

    code = "CHAIN_MOVED"

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"Block {number} changed while it was being read. Try again.")


@dataclass(frozen=True, slots=True)
class BlockRange:
    """What a range of blocks holds for the mirror."""

    first: int
    last: BlockHeader
    not_final: Sequence[BlockHeader]
    """Headers of its blocks that a reorganisation could still replace."""
    logged: Sequence[Logged]


class RangeReader:
    """Reads ranges from a node, as wide as the node likes."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._logs = LogReader(node)
        self._decoder = Decoder()

    def read(self, parent: str, first: int, last: int, finalized: int, sources: Sources) -> BlockRange:
        """Read from block `first`, whose parent has that hash, as far as one answer reaches, at most to `last`.

        Raises:
            ChainMovedError: what the node said in several answers does not belong to one chain.
            UndecodableLogError: one of our contracts logged what no interface of ours knows.
            NodeUnavailableError: the node does not answer.
        """
        until, logs = self._logs.read(first, last, sources.addresses)
        not_final = range(max(first, finalized + 1), until + 1)
        headers = self._headers({first, until, *not_final, *_untimed(logs)})
        _require_one_piece(parent, first, headers, logs)
        logged = list(sources.trusted(self._decoded(logs, headers)))
        fresh = {event.governor for event, _ in logged if isinstance(event, BodyCreated)} - set(sources.addresses)
        if fresh:
            return self.read(parent, first, until, finalized, sources.expecting(fresh))
        return BlockRange(first, headers[until], [headers[number] for number in not_final], logged)

    def _headers(self, numbers: set[int]) -> dict[int, BlockHeader]:
        wanted = sorted(numbers)
        found: dict[int, BlockHeader] = {}
        for number, header in zip(wanted, self._node.headers(wanted), strict=True):
            if header is None:
                raise ChainMovedError(number)
            found[number] = header
        return found

    def _decoded(self, logs: Sequence[RawLog], headers: dict[int, BlockHeader]) -> list[Logged]:
        decoded = (self._decoder.decode(log, _time_of(log, headers)) for log in logs)
        return [each for each in decoded if each is not None]


def _untimed(logs: Sequence[RawLog]) -> set[int]:
    return {log.place[0] for log in logs if log.block_timestamp is None}


def _time_of(log: RawLog, headers: dict[int, BlockHeader]) -> int:
    return headers[log.place[0]].time if log.block_timestamp is None else int(log.block_timestamp, 16)


def _require_one_piece(parent: str, first: int, headers: dict[int, BlockHeader], logs: Sequence[RawLog]) -> None:
    if headers[first].parent_hash != parent:
        raise ChainMovedError(first)
    for number, header in headers.items():
        before = headers.get(number - 1)
        if before is not None and header.parent_hash != before.hash:
            raise ChainMovedError(number)
    for log in logs:
        number, _ = log.place
        if number in headers and log.block_hash != headers[number].hash:
            raise ChainMovedError(number)
