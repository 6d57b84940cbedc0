"""How far the mirror is."""

from __future__ import annotations

from dataclasses import dataclass

from backend.queries.views.answers import AsOf


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One field in which the mirror and the contracts differ."""

    subject: str
    field: str
    mirror: str
    chain: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """What became of comparing the mirror with the contracts' own views."""

    block_number: int
    compared_at: int
    answers: int
    """How many answers of the contracts were compared in the last look."""
    differences: tuple[DifferenceView, ...]
    """All that stand; an alarm unless empty."""


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
    comparison: ComparisonView | None
    """With the contracts' own views; None before the first one."""
