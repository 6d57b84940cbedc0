"""Several nodes of one chain behind the port of one: the healthiest is asked, and another when it fails.

Nodes are named by their number in ZBOR_RPC_URL, from 1; their addresses may carry keys and are never shown.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from backend.chain.checked_node import LOOKED_AT, CheckedNode
from backend.chain.connection import LONGEST_REST, Connection, Patience
from backend.chain.node import BlockHeader, Node, NodeBusyError, NodeDistrustedError, NodeRefusedError, RawLog
from backend.domain.values import Address, Hash32
from backend.errors import NodeUnavailableError, WrongChainError

T = TypeVar("T")
COMPARED_EVERY = 5.0
"""Seconds between comparisons of the nodes' heads."""
LAGGING = 3
"""Blocks behind another node from which on a node is not preferred any more."""
REST = 0.2
"""Seconds a node is left alone after its first failure; twice as long after each further one in a row."""
LONGEST_REST_UNASKED = 5.0
"""Seconds a node is left alone that does not ask to be."""
DISTRUST = 60.0
"""Seconds for which a node that was contradicted by others is asked last."""

log = logging.getLogger(__name__)


@dataclass
class Endpoint:
    """One node, and what is known of its health."""

    number: int
    node: Node
    requests: int = 0
    failures: int = 0
    in_a_row: int = 0
    """Failures since its last good answer."""
    rests_until: float = 0.0
    """Second of the monotonic clock."""
    problem: str | None = None
    """Of its last failure; None while it is well."""
    excluded: bool = False
    known: bool = False
    """Whether it has told its chain since it last failed."""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def health(self) -> float:
        """From 1, well, towards 0."""
        return 0.0 if self.excluded else 1 / (1 + self.in_a_row)

    def answered(self) -> None:
        """Note a good answer."""
        with self.lock:
            self.requests += 1
            self.in_a_row = 0
            self.problem = None

    def failed(self, error: NodeUnavailableError, now: float) -> None:
        """Note a failure and let it rest."""
        rest = min(LONGEST_REST_UNASKED, REST * 2 ** min(self.in_a_row, 10))
        if isinstance(error, NodeBusyError) and error.seconds:
            rest = min(LONGEST_REST, error.seconds)
        with self.lock:
            self.requests += 1
            self.failures += 1
            self.in_a_row += 1
            self.problem = error.problem
            self.known = False
            self.rests_until = now + rest
        log.warning("Node %d does not serve: %s", self.number, error.problem)

    def exclude(self, problem: str) -> None:
        """Never ask it again."""
        self.excluded, self.problem = True, problem
        log.error("Node %d is left out: %s", self.number, problem)


class Endpoints:
    """Implements `Node` over several; safe to share between threads."""

    def __init__(
        self,
        nodes: Sequence[Node],
        chain_id: int | None = None,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.endpoints = [Endpoint(number, node) for number, node in enumerate(nodes, 1)]
        self._chain_id = chain_id
        self._patience = patience or Patience()
        self._clock = clock
        self._current = self.endpoints[0]
        self._compared_at = clock()

    def chain_id(self) -> int:
        """Ask for the number of the chain; where none serves the right one, say which the first serves."""
        return self._ask(lambda node: node.chain_id())

    def has_code(self, address: Address) -> bool:
        """Ask whether there is a contract at the address."""
        return self._ask(lambda node: node.has_code(address))

    def head(self) -> BlockHeader:
        """Ask for the newest block; of the node that is furthest ahead, looked for every few seconds."""
        head = self._ask(lambda node: node.head())
        if len(self.endpoints) > 1 and self._clock() - self._compared_at >= COMPARED_EVERY:
            self._compared_at = self._clock()
            return self._furthest(head)
        return head

    def finalized_number(self) -> int | None:
        """Ask for the newest final block."""
        return self._ask(lambda node: node.finalized_number())

    def headers(self, numbers: Sequence[int]) -> list[BlockHeader | None]:
        """Ask for headers."""
        return self._ask(lambda node: node.headers(numbers))

    def logs(self, first: int, last: int, addresses: Sequence[Address]) -> list[RawLog]:
        """Ask for logs; nothing in a range too wide to be looked at block by block is asked of a second node, too."""
        found = self._ask(lambda node: node.logs(first, last, addresses))
        if found or last - first < LOOKED_AT:
            return found
        for other in self._others():
            second = self._try(other, lambda node: node.logs(first, last, addresses))
            if second:
                self.distrust(f"it found nothing in blocks {first} to {last}, where node {other.number} finds logs")
                return second
        return found

    def call_all(self, calls: Sequence[tuple[Address, str]], block_hash: Hash32) -> list[bytes | NodeRefusedError]:
        """Ask contracts."""
        return self._ask(lambda node: node.call_all(calls, block_hash))

    def witnesses(self, number: int) -> list[BlockHeader]:
        """Ask all but the current node for that block."""
        asked = (self._try(other, lambda node: node.headers([number])) for other in self._others())
        return [found[0] for found in asked if found is not None and found[0] is not None]

    def distrust(self, problem: str) -> None:
        """Ask the current node last for a while."""
        self._current.failed(NodeDistrustedError(problem), self._clock())
        self._current.rests_until = self._clock() + DISTRUST

    def _ask(self, question: Callable[[Node], T]) -> T:
        pauses = self._patience.pauses()
        while True:
            error = NodeUnavailableError("every node asks to be left alone")
            for endpoint in self._in_order():
                try:
                    answer = self._ask_one(endpoint, question)
                except NodeUnavailableError as caught:
                    error = caught
                else:
                    self._current = endpoint
                    return answer
            self._require_one_left()
            pause = next(pauses, None)
            if pause is None:
                raise error
            self._patience.sleep(max(pause, min(self._shortest_rest(), self._patience.longest_pause)))

    def _ask_one(self, endpoint: Endpoint, question: Callable[[Node], T]) -> T:
        try:
            self._require_chain(endpoint)
            answer = question(endpoint.node)
        except NodeUnavailableError as error:
            if not endpoint.excluded:
                endpoint.failed(error, self._clock())
            raise
        endpoint.answered()
        return answer

    def _require_chain(self, endpoint: Endpoint) -> None:
        if endpoint.known or self._chain_id is None:
            return
        found = endpoint.node.chain_id()
        if found != self._chain_id:
            found = endpoint.node.chain_id()  # one wrong answer may be a proxy's slip
        if found != self._chain_id:
            endpoint.exclude(f"it serves chain {found}, not {self._chain_id}")
            raise NodeDistrustedError(f"it serves chain {found}")
        endpoint.known = True

    def _require_one_left(self) -> None:
        if self._chain_id is not None and all(endpoint.excluded for endpoint in self.endpoints):
            raise WrongChainError(self._chain_id, self.endpoints[0].node.chain_id())

    def _in_order(self) -> list[Endpoint]:
        """Those that need no rest, the current one first."""
        now = self._clock()
        rested = [each for each in self.endpoints if not each.excluded and each.rests_until <= now]
        return sorted(rested, key=lambda each: (each is not self._current, -each.health, each.number))

    def _shortest_rest(self) -> float:
        now = self._clock()
        return max(0.0, min((each.rests_until - now for each in self.endpoints if not each.excluded), default=0.0))

    def _others(self) -> Iterator[Endpoint]:
        return (endpoint for endpoint in self._in_order() if endpoint is not self._current)

    def _try(self, endpoint: Endpoint, question: Callable[[Node], T]) -> T | None:
        try:
            return self._ask_one(endpoint, question)
        except (NodeUnavailableError, NodeRefusedError):
            return None

    def _furthest(self, head: BlockHeader) -> BlockHeader:
        for other in self._others():
            theirs = self._try(other, lambda node: node.head())
            if theirs is not None and theirs.number >= head.number + LAGGING:
                behind = theirs.number - head.number
                log.warning("Node %d is %d blocks behind node %d", self._current.number, behind, other.number)
                self._current, head = other, theirs
        return head


@contextmanager
def open_node(urls: Sequence[str], chain_id: int | None = None) -> Iterator[Endpoints]:
    """Connect to the nodes at those addresses, for the length of the block."""
    with ExitStack() as stack:
        once = Patience(attempts=1)
        connections = [stack.enter_context(Connection(url, patience=once)) for url in urls]
        yield Endpoints([CheckedNode(connection) for connection in connections], chain_id)
