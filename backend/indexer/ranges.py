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


@dataclass(frozen=True, slots=True)
class _Answers:
    """What a node said of a range; nothing of it is believed yet."""

    first: int
    last: BlockHeader
    not_final: Sequence[BlockHeader]
    headers: dict[int, BlockHeader]
    logs: Sequence[RawLog]


class RangeReader:
    """Reads ranges from a node, as wide as the node likes."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._logs = LogReader(node)
        self._decoder = Decoder()

    def ranges(self, parent: str, first: int, last: int, finalized: int, sources: Sources) -> Generator[BlockRange]:
        """Go from block `first`, whose parent has that hash, to block `last`.

        While one range is taken in, the next is asked for; never more than one, so that memory does not grow with the
        chain. It counts only if it follows the range before: one that a reorganisation has overtaken is dropped with
        the error, one that was read before a body was known to listen to is dropped and read again.

        Raises:
            ChainMovedError: what the node said in several answers does not belong to one chain.
            UndecodableLogError: one of our contracts logged what no interface of ours knows.
            NodeUnavailableError: the node does not answer.
        """
        if first > last:
            return
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead") as aside:
            ahead = aside.submit(self._ask, first, last, finalized, sources)
            while first <= last:
                found = ahead.result()
                after = found.last.number + 1
                if after <= last:
                    ahead = aside.submit(self._ask, after, last, finalized, sources)
                taken = self._believed(found, parent, sources)
                fresh = {event.governor for event, _ in taken.logged if isinstance(event, BodyCreated)}
                if fresh <= set(sources.addresses):
                    yield taken
                    parent, first, sources = found.last.hash, after, sources.after(taken.logged)
                else:
                    sources = sources.expecting(fresh)
                    ahead = aside.submit(self._ask, first, last, finalized, sources)

    def _ask(self, first: int, last: int, finalized: int, sources: Sources) -> _Answers:
        until, logs = self._logs.read(first, last, sources.addresses)
        not_final = range(max(first, finalized + 1), until + 1)
        headers = self._headers({first, until, *not_final, *_untimed(logs)})
        return _Answers(first, headers[until], [headers[number] for number in not_final], headers, logs)

    def _believed(self, found: _Answers, parent: str, sources: Sources) -> BlockRange:
        _require_one_piece(parent, found.first, found.headers, found.logs)
        logged = list(sources.trusted(self._decoded(found.logs, found.headers)))
        return BlockRange(found.first, found.last, found.not_final, logged)

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
