"""Asks for one range of blocks while the one before it is decoded: a node takes as long to answer as we to understand.

What the answers mean is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from backend.chain.log_reader import LogReader
from backend.chain.node import BlockHeader, Node, RawLog
from backend.domain.values import Address
from backend.errors import ChainError


class ChainMovedError(ChainError):
    """The chain was reorganised while it was being read: read again."""

    code = "CHAIN_MOVED"

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"Block {number} changed while it was being read. Try again.")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a node said of a range of blocks."""

    until: int
    """The last of them."""
    logs: Sequence[RawLog]
    headers: dict[int, BlockHeader]
    """Of the first and the last block, of those not final, and of those whose time no log says."""
    not_final: range


@dataclass(frozen=True, slots=True)
class _Question:
    first: int
    last: int
    finalized: int
    addresses: tuple[Address, ...]

    def after(self, block: int) -> _Question:
        return _Question(block + 1, self.last, self.finalized, self.addresses)


class Fetcher:
    """Asks a node, and asks the next before anybody wants to know; never more than one, so that memory stays small."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._logs = LogReader(node)

    @contextmanager
    def ahead(self) -> Iterator[Ahead]:
        """Ask in a thread of its own for the length of the block."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as aside:
            yield Ahead(self, aside)

    def fetch(self, question: _Question) -> Fetched:
        """Ask for as many blocks as the node likes.

        Raises:
            ChainMovedError: a block is gone that the node has just given logs up to.
            NodeUnavailableError: the node does not answer.
        """
        until, logs = self._logs.read(question.first, question.last, question.addresses)
        not_final = range(max(question.first, question.finalized + 1), until + 1)
        headers = self._headers({question.first, until, *not_final, *_untimed(logs)})
        return Fetched(until, logs, headers, not_final)

    def _headers(self, numbers: set[int]) -> dict[int, BlockHeader]:
        wanted = sorted(numbers)
        found: dict[int, BlockHeader] = {}
        for number, header in zip(wanted, self._node.headers(wanted), strict=True):
            if header is None:
                raise ChainMovedError(number)
            found[number] = header
        return found


class Ahead:
    """The answer to the next question, if it was guessed; for one thread at a time."""

    def __init__(self, fetcher: Fetcher, aside: ThreadPoolExecutor) -> None:
        self._fetcher = fetcher
        self._aside = aside
        self._guessed: tuple[_Question, Future[Fetched]] | None = None

    def fetch(self, first: int, last: int, finalized: int, addresses: Sequence[Address]) -> Fetched:
        """Give what the node says of blocks from `first` on, at most to `last`.

        Raises:
            ChainMovedError: a block is gone that the node has just given logs up to.
            NodeUnavailableError: the node does not answer.
        """
        question = _Question(first, last, finalized, tuple(addresses))
        guessed, self._guessed = self._guessed, None
        if guessed is None or guessed[0] != question:
            guessed = question, self._ask(question)
        fetched = guessed[1].result()
        if fetched.until < last:
            following = question.after(fetched.until)
            self._guessed = following, self._ask(following)
        return fetched

    def _ask(self, question: _Question) -> Future[Fetched]:
        return self._aside.submit(self._fetcher.fetch, question)


def _untimed(logs: Sequence[RawLog]) -> set[int]:
    return {int(log.block_number, 16) for log in logs if log.block_timestamp is None}
