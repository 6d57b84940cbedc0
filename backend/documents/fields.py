"""Fields of a document, read strictly: nothing missing, nothing more, each of its own kind.

Characters that make a text look like another (control and direction marks) are refused everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from backend.documents.canonical import Json, read_canonical
from backend.errors import InvalidDocumentError

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DECIMAL = re.compile(r"0|[1-9][0-9]*")
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_UNPRINTABLE = re.compile(f"[{_CONTROL}]")
_UNPRINTABLE_IN_LINE = re.compile(f"[{_CONTROL}\n\t]")


def read_document(data: bytes, kind: str, version: int, names: Collection[str]) -> dict[str, Json]:
    """Read canonical bytes of this type and version, with exactly these fields beside the two.

    Raises:
        InvalidDocumentError: anything else.
    """
    fields = exactly(read_canonical(data), "document", {"type", "version", *names})
    if fields["type"] != kind or fields["version"] is True or fields["version"] != version:
        raise InvalidDocumentError("document", f"is not of type {kind}, version {version}")
    return fields


def exactly(value: Json, part: str, names: Collection[str]) -> dict[str, Json]:
    """Take an object that has these keys and no other."""
    if not isinstance(value, dict) or value.keys() != set(names):
        raise InvalidDocumentError(part, f"must have exactly the keys {', '.join(sorted(names))}")
    return value


def line(value: Json, part: str, most: int) -> str:
    """Take a text without line breaks, of at most so many characters."""
    return _text(value, part, most, _UNPRINTABLE_IN_LINE)


def lines(value: Json, part: str, most: int) -> str:
    """Take a text that may run over many lines, of at most so many characters."""
    return _text(value, part, most, _UNPRINTABLE)


def filled(text: str, part: str) -> str:
    """Take a text that says something."""
    if not text.strip():
        raise InvalidDocumentError(part, "is empty")
    return text


def language(value: Json, part: str) -> str:
    """Take a language tag (BCP 47: language, script, region)."""
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise InvalidDocumentError(part, f"{value!r:.40} is not a language tag such as sl or pt-BR")
    return value


def hex32(value: Json, part: str) -> str:
    """Take 32 bytes as 64 lower-case hexadecimal digits."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise InvalidDocumentError(part, "must be 64 lower-case hexadecimal digits")
    return value


def address(value: Json, part: str) -> str:
    """Take an address, spelt as it was written."""
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        raise InvalidDocumentError(part, "must be an address: 0x and 40 hexadecimal digits")
    return value


def decimal(value: Json, part: str, most: int) -> int:
    """Take a whole number from 0 up, too great for JSON perhaps: as text of at most so many decimal digits."""
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value) or len(value) > most:
        raise InvalidDocumentError(part, f"must be a whole number as text of at most {most} decimal digits")
    return int(value)


def natural(value: Json, part: str) -> int:
    """Take a whole number from 0 up."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidDocumentError(part, "must be a whole number from 0 up")
    return value


def _text(value: Json, part: str, most: int, forbidden: re.Pattern[str]) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise InvalidDocumentError(part, f"must be a text of at most {most} characters")
    found = forbidden.search(value)
    if found:
        raise InvalidDocumentError(part, f"holds the control character U+{ord(found.group()):04X}")
    return value
