"""How far the mirror is."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.answers import AsOf


@dataclass(frozen=True, slots=True)
class StatusView:
    """How far the mirror is, and what it holds."""

    as_of: AsOf
    consortium: str
    notice: str | None
    """What every page must show, such as that the data are samples."""
    registry: str
    rulebook: str
    records: str
    start_block: int
    synced: bool
    counts: dict[str, int]
    """members, bodies, proposals, ballots."""
    registrar: str | None
    """Who does the clerical acts."""
    approver: str | None
    """Who must agree when a lost wallet is replaced."""
    factory: str | None
    """The contract that makes the bodies the assembly decides on."""
    dao_uri: str | None
    """Where the consortium describes itself (ERC-4824)."""
