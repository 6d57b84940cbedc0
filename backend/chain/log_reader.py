"""Reads logs in ranges that fit the node and the memory: as many blocks as hold a few thousand logs.

What the logs mean is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from operator import lt

from backend.chain.node import Node, NodeRefusedError, RawLog
from backend.domain.values import Address
from backend.errors import NodeUnavailableError

FIRST_SPAN = 250
WIDEST_SPAN = 100_000
FORGIVING = 100
"""Good answers after which a refusal is forgotten: perhaps only those blocks were too full."""
AIM = 5_000
"""Logs in an answer: some 15 MB of memory while they are taken in, and few enough questions."""


class LogReader:
    """Remembers how many blocks a node likes to be asked for at once."""

    def __init__(self, node: Node, span: int = FIRST_SPAN) -> None:
        self._node = node
        self.span = span
        """Blocks to ask for next time."""
        self._limit = WIDEST_SPAN
        self._since_refused = 0

    def read(self, first: int, last: int, addresses: Sequence[Address]) -> tuple[int, list[RawLog]]:
        """Read from block `first` as far as one good answer reaches, at most to block `last`.

        Returns the last block read, and the logs up to it in the chain's order, each once.

        Raises:
            NodeRefusedError: the node refuses even a single block.
            NodeUnavailableError: the node does not answer; the next call asks for less.
        """
        while True:
            until = min(last, first + self.span - 1)
            try:
                logs = self._node.logs(first, until, addresses)
            except NodeRefusedError:
                if until == first:
                    raise
                self._narrow(until - first + 1)
            except NodeUnavailableError:
                self._narrow(until - first + 1)
                raise
            else:
                self._learn(until - first + 1, len(logs))
                return until, in_order(logs)

    def _narrow(self, asked: int) -> None:
        self.span = max(1, min(self.span, asked) // 2)
        self._limit = max(1, asked - 1)
        self._since_refused = 0

    def _learn(self, asked: int, found: int) -> None:
        self._since_refused += 1
        if self._since_refused == FORGIVING:
            self._limit = WIDEST_SPAN
        fitting = min(asked * AIM // max(1, found), self.span * 2)
        if fitting <= self._limit and (asked == self.span or found > AIM):
            self.span = max(1, fitting)


def in_order(logs: Sequence[RawLog]) -> list[RawLog]:
    """Sort logs by place and drop those that a node repeats or has taken back."""
    kept = [log for log in logs if not log.removed]
    places = [log.place for log in kept]
    if all(map(lt, places, islice(places, 1, None))):
        return kept  # as nearly every answer is
    by_place = dict(zip(places, kept, strict=True))
    return [by_place[place] for place in sorted(by_place)]
