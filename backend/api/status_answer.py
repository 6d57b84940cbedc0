"""What is said of the service: how far the mirror is behind the chain, and what it holds."""

from __future__ import annotations

from backend.api.answers import Answer, Model, Time


class DifferenceItem(Model):
    """One field in which the mirror and the contracts differ."""

    subject: str
    """What it is about, such as `member 7`."""
    field: str
    """The contract's view and the path in its answer."""
    mirror: str
    """What the mirror says."""
    chain: str
    """What the contract says."""


class ComparisonItem(Model):
    """What became of comparing the mirror with the contracts' own views."""

    block_number: int
    """The block at which both were asked."""
    compared_at: Time
    """When the last look was."""
    answers: int
    """How many answers of the contracts were compared in it; each look takes another part."""
    differences: tuple[DifferenceItem, ...]
    """All that stand; an alarm unless empty."""


class StatusResponse(Answer):
    """The state of the service."""

    consortium: str
    notice: str | None
    """What every page must show, such as that the data are samples."""
    registry: str
    rulebook: str
    records: str
    start_block: int
    """Where the mirror begins: the block of the first contract."""
    synced: bool
    """Whether the mirror holds the newest block the node is known to have."""
    counts: dict[str, int]
    """members, bodies, proposals and ballots."""
    registrar: str | None
    """Who does the clerical acts."""
    approver: str | None
    """Who must agree when a lost wallet is replaced."""
    factory: str | None
    """The contract that makes the bodies the assembly decides on."""
    dao_uri: str | None
    """Where the consortium describes itself (ERC-4824)."""
    comparison: ComparisonItem | None
    """With the contracts' own views; null before the first look."""
