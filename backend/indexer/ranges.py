"""Reads a range of blocks so that it is of one piece: its blocks follow one another, its logs lie in its blocks."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from backend.chain.decoder import Decoder, Logged
from backend.chain.node import BlockHeader, Node, RawLog
from backend.domain.events import BodyCreated
from backend.domain.values import Timepoint
from backend.indexer.fetching import Ahead, ChainMovedError, Fetcher
from backend.indexer.sources import Sources


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
        self._fetcher = Fetcher(node)
        self._decoder = Decoder()

    def ranges(self, parent: str, first: int, last: int, finalized: int, sources: Sources) -> Generator[BlockRange]:
        """Go from block `first`, whose parent has that hash, to block `last`.

        While one range is taken in, the next is decoded aside and the one after it fetched; never more, so that memory
        does not grow with the chain. Each must follow the one before: what was read ahead of a reorganisation ends
        with an error.

        Raises:
            ChainMovedError: what the node said in several answers does not belong to one chain.
            UndecodableLogError: one of our contracts logged what no interface of ours knows.
            NodeUnavailableError: the node does not answer.
        """
        if first > last:
            return
        with self._fetcher.ahead() as ahead, ThreadPoolExecutor(1, thread_name_prefix="decode") as aside:
            reading = aside.submit(self._read, ahead, parent, first, last, finalized, sources)
            while first <= last:
                taken = reading.result()
                parent, first, sources = taken.last.hash, taken.last.number + 1, sources.after(taken.logged)
                if first <= last:
                    reading = aside.submit(self._read, ahead, parent, first, last, finalized, sources)
                yield taken

    def _read(self, ahead: Ahead, parent: str, first: int, last: int, finalized: int, sources: Sources) -> BlockRange:
        fetched = ahead.fetch(first, last, finalized, sources.addresses)
        headers = fetched.headers
        _require_one_piece(parent, first, headers, fetched.logs)
        logged = list(sources.trusted(self._decoded(fetched.logs, headers)))
        fresh = {event.governor for event, _ in logged if isinstance(event, BodyCreated)} - set(sources.addresses)
        if fresh:
            return self._read(ahead, parent, first, fetched.until, finalized, sources.expecting(fresh))
        return BlockRange(first, headers[fetched.until], [headers[number] for number in fetched.not_final], logged)

    def _decoded(self, logs: Sequence[RawLog], headers: dict[int, BlockHeader]) -> list[Logged]:
        decoded = (self._decoder.decode(log, _time_of(log, headers)) for log in logs)
        return [each for each in decoded if each is not None]


def _time_of(log: RawLog, headers: dict[int, BlockHeader]) -> Timepoint:
    said = log.block_timestamp
    return headers[log.place[0]].time if said is None else Timepoint(int(said, 16))


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
