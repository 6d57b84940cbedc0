"""Reasons of ballots: on chain as a salted hash, the words themselves off chain and erasable.

The salt keeps anyone from guessing short reasons and checking the guess; once words and salt are erased, the hash that
stays on chain says nothing any more.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from backend.documents import fields
from backend.documents.canonical import Json, canonical
from backend.documents.cid import hash_of
from backend.domain.values import Hash32

TYPE = "zbor/reason"
VERSION = 1
MOST_TEXT = 4_000
"""Characters."""

_COMMITMENT = re.compile(r"0x[0-9a-f]{64}")


def fresh_salt() -> str:
    """Draw 32 unpredictable bytes, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a member voted as it did, in its own words."""

    language: str
    text: str
    salt: str = field(default_factory=fresh_salt, repr=False)

    def to_bytes(self) -> bytes:
        """Write in canonical form, checked.

        Raises:
            InvalidDocumentError: it breaks the format; the message names the part.
        """
        value: dict[str, Json] = {"type": TYPE, "version": VERSION, "salt": self.salt, "language": self.language}
        data = canonical(value | {"text": self.text})
        parse_reason(data)
        return data

    @property
    def commitment(self) -> Hash32:
        """What goes on chain as the reason of the ballot."""
        return hash_of(self.to_bytes())


def is_commitment(text: str) -> bool:
    """Whether the reason of a ballot on chain is a commitment; anything else may be personal and is not shown."""
    return bool(_COMMITMENT.fullmatch(text))


def parse_reason(data: bytes) -> Reason:
    """Read a reason from its canonical bytes.

    Raises:
        InvalidDocumentError: it breaks the format; the message names the part.
    """
    value = fields.read_document(data, TYPE, VERSION, ("salt", "language", "text"))
    return Reason(
        language=fields.language(value["language"], "language"),
        text=fields.filled(fields.lines(value["text"], "text", MOST_TEXT), "text"),
        salt=fields.hex32(value["salt"], "salt"),
    )
