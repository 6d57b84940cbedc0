"""What every answer has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
Finality = Literal["provisional", "final"]


@dataclass(frozen=True, slots=True)
class AsOf:
    """The block an answer speaks of."""

    chain_id: int
    block_number: int
    block_hash: str
    block_time: int
    head_number: int
    """The newest block the node is known to have."""
    finality: Finality
    lag_seconds: int
    """Seconds since the mirror last agreed with the node about its head."""
    revision: int
    """Moves by one with each batch the mirror takes in."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list."""

    items: tuple[T, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ProposalRef:
    """Which proposal of a body."""

    id: int
    reference: str
