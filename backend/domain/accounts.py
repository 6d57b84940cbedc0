"""Accounts and chains as the world names them: CAIP-2 and CAIP-10. Pure."""

from __future__ import annotations

import re

_ACCOUNT = re.compile(r"(?:eip155:([0-9]{1,20}):)?(0x[0-9a-fA-F]{40})")


def chain_name(chain_id: int) -> str:
    """Name a chain, such as eip155:1."""
    return f"eip155:{chain_id}"


def account_name(chain_id: int, address: str) -> str:
    """Name an account on a chain, such as eip155:1:0x7a58c0be72be218b41c608b7fe7c5bb630736c71."""
    return f"{chain_name(chain_id)}:{address}"


def address_in(name: str, chain_id: int) -> str | None:
    """Find the address in an account's name, or in an address; None for any other text, or for one of another chain."""
    found = _ACCOUNT.fullmatch(name)
    if found is None or found[1] not in (None, str(chain_id)):
        return None
    return found[2]
