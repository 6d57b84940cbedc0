"""The account of the demo's relay: a key of its own, drawn at the first start, kept with the state and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from eth_account import Account

from scripts.node import Node

MEANS = 10**18
"""Wei; the sample chain charges nothing, but a relay without means would rightly call itself empty on another."""


def relay_key(folder: Path) -> Path:
    """The file with the key, which only its owner may read; drawn now if there is none."""
    path = folder / "relay.key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(Account.create().key.to_0x_hex() + "\n")
    return path


def fund_relay(node: Node, key: Path) -> str:
    """Give the account what it pays with; its address."""
    address: str = Account.from_key(key.read_text().strip()).address
    node.call("anvil_setBalance", address, hex(MEANS))
    return address
