"""Reads a range of blocks so that it is of one piece: its blocks follow one another, its logs lie in its blocks."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
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

    def ranges(self, parent: str, first: int, last: int, finalized: int, sources: Sources) -> Generator[BlockRange]:
        """Go from block `first`, whose parent has that hash, to block `last`.

        While one range is taken in, the next is read aside; never more than one, so that memory does not grow with
        the chain. Each must follow the one before: what was read ahead of a reorganisation ends with an error.

        Raises:
            ChainMovedError: what the node said in several answers does not belong to one chain.
            UndecodableLogError: one of our contracts logged what no interface of ours knows.
            NodeUnavailableError: the node does not answer.
        """
        if first > last:
            return
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead") as aside:
            ahead = aside.submit(self._read, parent, first, last, finalized, sources)
            while first <= last:
                taken = ahead.result()
                parent, first, sources = taken.last.hash, taken.last.number + 1, sources.after(taken.logged)
                if first <= last:
                    ahead = aside.submit(self._read, parent, first, last, finalized, sources)
                yield taken

    def _read(self, parent: str, first: int, last: int, finalized: int, sources: Sources) -> BlockRange:
        until, logs = self._logs.read(first, last, sources.addresses)
        not_final = range(max(first, finalized + 1), until + 1)
        headers = self._headers({first, until, *not_final, *_untimed(logs)})
        _require_one_piece(parent, first, headers, logs)
        logged = list(sources.trusted(self._decoded(logs, headers)))
        fresh = {event.governor for event, _ in logged if isinstance(event, BodyCreated)} - set(sources.addresses)
        if fresh:
            return self._read(parent, first, until, finalized, sources.expecting(fresh))
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
    return {int(log.block_number, 16) for log in logs if log.block_timestamp is None}


def _time_of(log: RawLog, headers: dict[int, BlockHeader]) -> int:
    return headers[log.place[0]].time if log.block_timestamp is None else int(log.block_timestamp, 16)


def _require_one_piece(parent: str, first: int, headers: dict[int, BlockHeader], logs: Sequence[RawLog]) -> None:
    if headers[first].parent_hash != parent:
        raise ChainMovedError(first)
    for number, header in headers.items():
        before = headers.get(number - 1)
        if before is not None and header.parent_hash != before.hash:
            raise ChainMovedError(number)
    for said, block_hash in {(log.block_number, log.block_hash) for log in logs}:
        known = headers.get(int(said, 16))
        if known is not None and block_hash != known.hash:
            raise ChainMovedError(known.number)
