"""The bloom of a block: 2048 bits that say which contracts surely did not log in it (Ethereum yellow paper)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from eth_utils.crypto import keccak

from backend.chain.node import RawLog

BITS = 2048
TELLING = BITS // 2
"""With fewer bits set, a contract that did not log looks as if it had at most once in eight times."""


@lru_cache(maxsize=10_000)
def bits_of(item: str) -> int:
    """Give the three bits, as one number, that an address or a topic (0x and hexadecimal) sets."""
    digest = keccak(bytes.fromhex(item[2:]))
    bits = 0
    for place in (0, 2, 4):
        bits |= 1 << (int.from_bytes(digest[place : place + 2], "big") % BITS)
    return bits


def may_hold(bloom: int, addresses: Iterable[str]) -> bool:
    """Whether one of the contracts may have logged in the block; a no is certain, a yes is not."""
    return any(bloom & bits == bits for bits in map(bits_of, addresses))


def is_telling(bloom: int) -> bool:
    """Whether few enough bits are set for a yes to mean much."""
    return bloom.bit_count() < TELLING


def bloom_of(logs: Iterable[RawLog]) -> int:
    """Put together the bloom of a block from all of its logs."""
    bloom = 0
    for log in logs:
        for item in (log.address.lower(), *log.topics):
            bloom |= bits_of(item)
    return bloom
