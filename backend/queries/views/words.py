"""What the law and its outcomes are called in a reader's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a rule asks, in sentences."""

    language: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """Where a proposal stands, why, and what follows, in sentences."""

    language: str
    state: str
    verdict: str
    reason: str
    """The step that decided, in numbers; empty where nothing was to be decided."""
    turnout: str
    steps: tuple[str, ...]
    heading: str
    """What to call the actions: they may come, have come, or never came."""
    actions: tuple[str, ...]
    """What adoption brings about, call by call."""
    rule: tuple[str, ...]
    """What the rule asks."""
