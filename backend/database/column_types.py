"""Column types that give Python values their exact form in SQLite and PostgreSQL alike."""

from __future__ import annotations

from enum import IntEnum
from typing import Generic, TypeVar

from sqlalchemy import SmallInteger, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

PROPOSAL_ID_DIGITS = 58
"""Decimal digits of the greatest 192-bit number."""

E = TypeVar("E", bound=IntEnum)

AddressText = String(42)
"""An address with its checksum."""

NameText = String(128)
"""A name that is 32 bytes on chain; four characters for a byte that is no text."""

HashText = String(66)
"""32 bytes as 0x and 64 hexadecimal digits."""


class ProposalIdText(TypeDecorator[int]):
    """A 192-bit id as 58 decimal digits with leading zeros: legible in any tool, and in order as text."""

    impl = String(PROPOSAL_ID_DIGITS)
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write all digits."""
        return None if value is None else f"{value:0{PROPOSAL_ID_DIGITS}d}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Read the number back."""
        return None if value is None else int(value)


class EnumNumber(TypeDecorator[E], Generic[E]):
    """A value of an `IntEnum` as its number, which is the contract's."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, values: type[E]) -> None:
        super().__init__()
        self.values = values

    def process_bind_param(self, value: E | int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write the number of a value that exists."""
        return None if value is None else int(self.values(value))

    def process_result_value(self, value: int | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """Read the value of that number."""
        return None if value is None else self.values(value)
