"""The consortium that questions are about: which one, and what helps to read its rows.

Built once at start-up and handed to every query beside the session. The decoder of calls is handed in, because this
package talks to no node and knows no ABI.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from backend.documents.store import DocumentStore


class CallDecoder(Protocol):
    """Turns addresses and calldata into names."""

    def contract_name(self, address: str) -> str:
        """Name of the contract at the address, or the address again where it is not one of ours."""

    def signature(self, selector: str) -> str:
        """Signature of the function, such as `resolve(uint16,bytes32)`, or the selector again where it is not known."""

    def arguments(self, calldata: str) -> tuple[tuple[str, str], ...]:
        """Names and values of the call's arguments as text; empty where the function is not known."""


@dataclass(frozen=True, slots=True)
class Consortium:
    """One consortium on one chain."""

    id: int
    """Key of its rows in the mirror."""
    name: str
    notice: str | None
    """What every page must show, such as that the data are samples."""
    chain_id: int
    registry: str
    rulebook: str
    records: str
    start_block: int
    documents: DocumentStore
    calls: CallDecoder
    coordinators: Collection[str] = ()
    """Wallets that act as the coordinator's besides the registry's offices, in lower case: the operator lists them."""
    auditors: Collection[str] = ()
    """Wallets that may read much and change nothing, in lower case."""
