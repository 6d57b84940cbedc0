"""Comparisons of what is on chain with what was planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison."""

    subject: str
    expected: str
    found: str

    @property
    def ok(self) -> bool:
        """Whether the chain is as planned."""
        return self.expected == self.found


def check_of(subject: str, expected: object, found: object) -> Check:
    """Compare two values as they are shown."""
    return Check(subject, _shown(expected), _shown(found))


def _shown(value: Any) -> str:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value))
    return str(value)


def checks_table(checks: list[Check], only_differences: bool = False) -> Table:
    """The comparisons as a table."""
    table = Table("", "what", "as planned", "on chain", title="The chain compared with the plan")
    for check in checks:
        if not (only_differences and check.ok):
            table.add_row("✓" if check.ok else "✗", check.subject, check.expected, check.found)
    return table
