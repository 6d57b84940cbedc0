"""Addresses in their one spelling: with the checksum of ERC-55."""

from __future__ import annotations

from functools import lru_cache

from eth_utils.address import to_checksum_address

from backend.domain.values import Address


@lru_cache(maxsize=65_536)
def checksummed(address: str) -> Address:
    """Spell an address as everywhere else; the same few thousand come again and again.

    Raises:
        ValueError: not 20 bytes in hexadecimal.
    """
    return Address(to_checksum_address(address))
