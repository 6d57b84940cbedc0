"""A chain as it was: what lies beyond a block is not shown."""

from __future__ import annotations

from typing import Any, cast

from backend.chain.node import BlockHeader, Node
from backend.errors import NodeUnavailableError


class _ChainUntil:
    def __init__(self, node: Node, last: int) -> None:
        self._node = node
        self._last = last

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever else a node can do
        return getattr(self._node, name)

    def head(self) -> BlockHeader:
        """The last block that is shown."""
        header = self._node.headers([self._last])[0]
        if header is None:
            raise NodeUnavailableError(f"it has no block {self._last} yet")
        return header

    def finalized_number(self) -> int | None:
        """What is final, as far as it is shown."""
        named = self._node.finalized_number()
        return None if named is None else min(named, self._last)


def until(node: Node, last: int) -> Node:
    """Show a node's chain up to block `last` only; asking for its head raises `NodeUnavailableError` before that."""
    return cast("Node", _ChainUntil(node, last))
