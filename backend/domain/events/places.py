"""Where on the chain an event was logged."""

from __future__ import annotations

from dataclasses import dataclass

from backend.domain.values import Address, Hash32, Timepoint


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the chain an event was logged."""

    block_number: int
    block_hash: Hash32
    block_time: Timepoint
    transaction_hash: Hash32
    log_index: int
    emitter: Address
    """The contract that logged it; a governor's address tells the body."""
