"""What the scripts ask whoever runs them under Brownie."""

from __future__ import annotations

import brownie

from scripts.node import Node
from scripts.record import LOCAL, Record, read_record, record_path
from scripts.roll import sample_key
from scripts.stage import OFFICE_KEYS
from scripts.wallet import Wallet


def ask(question: str, default: str | None = None) -> str:
    """One line from the keyboard; an empty one stands for the default."""
    answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
    if answer or default is None:
        return answer
    return default


def active_deployment() -> tuple[Node, Record]:
    """The node Brownie is connected to, and the record of what was deployed there."""
    network = str(brownie.network.show_active())
    return Node(brownie.web3.provider.endpoint_uri), read_record(record_path(network))


def ask_wallet(node: Node) -> Wallet:
    """A wallet that Brownie keeps; on a local chain a member or an office of the sample."""
    if brownie.network.show_active() in LOCAL:
        name = ask(f"Member of the sample, such as SI-PIP, or an office ({', '.join(OFFICE_KEYS)})")
        return Wallet(node, OFFICE_KEYS.get(name) or sample_key(name))
    account = brownie.accounts.load(ask("Brownie account"))
    return Wallet(node, account.private_key)
