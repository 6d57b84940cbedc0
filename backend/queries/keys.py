"""Numbers and names that a question is asked with, and the cursors that lists give out.

Whatever a client sends ends here or in a bound parameter: a key of another shape names nothing.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from backend.errors import InvalidCursorError

_NUMBER = re.compile(r"[0-9]{1,9}")
_NAME = re.compile(r"[!-~]{1,32}")
_CURSOR = re.compile(r"-?[0-9]{1,15}(?:\.-?[0-9]{1,15})*")


def number_in(key: str) -> int | None:
    """Read the key as the number of a member or rule; None where it is none."""
    return int(key) if _NUMBER.fullmatch(key) else None


def name_in(key: str) -> str | None:
    """Read the key as a name as the chain keeps it, 32 printable ASCII characters at most; None where it is none."""
    return key if _NAME.fullmatch(key) else None


def cursor_from(*position: int) -> str:
    """Write a position in a list as a cursor."""
    return urlsafe_b64encode(".".join(map(str, position)).encode()).decode().rstrip("=")


def position_in(cursor: str, length: int) -> tuple[int, ...]:
    """Read the position back.

    Raises:
        InvalidCursorError: the text is not a cursor, or one of a list of another kind.
    """
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
    except ValueError as error:
        raise InvalidCursorError from error
    if not _CURSOR.fullmatch(text):
        raise InvalidCursorError
    position = tuple(int(part) for part in text.split("."))
    if len(position) != length or cursor_from(*position) != cursor:
        raise InvalidCursorError
    return position
