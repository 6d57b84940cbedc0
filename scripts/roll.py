"""The roll: who the organisations are, from a CSV file; and the public keys of the sample."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from eth_utils import keccak

from backend.domain.members import MemberClass

SAMPLE_PHRASE = "Zbor sample key, public, worth nothing: "
"""Anyone can derive the sample keys: whatever is sent to their addresses is lost."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One row of the roll; `member_class` is None for an applicant."""

    code: str
    name: str
    country: str
    member_class: MemberClass | None
    wallet: str

    def admission(self, member_class: MemberClass | None = None) -> tuple[str, int, bytes, bytes, str]:
        """The organisation in the order of the Solidity struct `Admission`; a class must be given for an applicant."""
        admitted = member_class or self.member_class
        if admitted is None:
            raise ValueError(f"{self.code} is an applicant: name the class it is admitted to")
        return (self.wallet, int(admitted), self.country.encode(), bytes32(self.code), self.name)


def read_roll(path: Path) -> dict[str, Organisation]:
    """Organisations by code, in the order of the file. Codes are kept as written: `NA` is Namibia."""
    with path.open(newline="") as file:
        rows = [_organisation(row) for row in csv.DictReader(file)]
    return {row.code: row for row in rows}


def _organisation(row: dict[str, str]) -> Organisation:
    member_class = None if row["class"] == "applicant" else MemberClass[row["class"].upper()]
    return Organisation(row["code"], row["name"], row["country"], member_class, row["wallet"])


def founders(roll: dict[str, Organisation]) -> list[Organisation]:
    """Those on the roll who are members from the start."""
    return [organisation for organisation in roll.values() if organisation.member_class is not None]


def sample_key(code: str, turn: int = 1) -> bytes:
    """The private key of a member of the sample; `turn` 2 is the one after its first was lost."""
    return bytes(keccak(text=SAMPLE_PHRASE + code + (f"/{turn}" if turn > 1 else "")))


def bytes32(text: str) -> bytes:
    """A short name as the contracts keep it: UTF-8, padded with zeros. Raises `ValueError` beyond 32 bytes."""
    encoded = text.encode()
    if len(encoded) > 32:
        raise ValueError(f"{text!r} is longer than 32 bytes")
    return encoded.ljust(32, b"\0")


def text_of(word: bytes) -> str:
    """The short name that `bytes32` made."""
    return word.rstrip(b"\0").decode()
