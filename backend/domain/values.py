"""The small values everything else is made of: identifiers, timepoints, ratios.

Nothing here does I/O or reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

MemberId = NewType("MemberId", int)
"""Number of a member on the roll, from 1; never reused."""

BodyId = NewType("BodyId", int)
"""Number of a body, from 0; the bit of that number in a member's rights."""

RuleId = NewType("RuleId", int)
"""One version of one rule, from 1; what it stands for never changes."""

KindId = NewType("KindId", int)
"""Number of a kind of proposal, from 1."""

ProposalId = NewType("ProposalId", int)
"""192-bit id of a proposal within its governor; a decimal string in JSON."""

Timepoint = NewType("Timepoint", int)
"""A second of the chain's clock (ERC-6372, mode=timestamp)."""

Address = NewType("Address", str)
"""An account's address with its ERC-55 checksum."""

Hash32 = NewType("Hash32", str)
"""32 bytes as 0x and 64 lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share kept as it was written, never reduced, never divided: 16 of 24 is exactly 2/3."""

    numerator: int
    denominator: int

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    def at_least(self, other: Ratio) -> bool:
        """Compare by cross-multiplication: is this share as great as the other."""
        return self.numerator * other.denominator >= other.numerator * self.denominator

    def more_than(self, other: Ratio) -> bool:
        """Compare by cross-multiplication: is this share greater than the other."""
        return self.numerator * other.denominator > other.numerator * self.denominator
