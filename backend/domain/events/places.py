"""Where on the chain an event was logged."""

from __future__ import annotations

from typing import NamedTuple

from backend.domain.values import Address, Hash32, Timepoint


class Place(NamedTuple):
    """Where on the chain an event was logged. There is one for every event, and a tuple is made the quickest."""

    block_number: int
    block_hash: Hash32
    block_time: Timepoint
    transaction_hash: Hash32
    log_index: int
    emitter: Address
    """The contract that logged it; a governor's address tells the body."""
