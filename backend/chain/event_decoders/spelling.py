"""How values of the contracts are spelt in the domain.

Texts arrive as bytes, because a member may write bytes that are no text, and that must not stop the mirror.
"""

from __future__ import annotations

from backend.domain.values import Hash32, MemberId


def text(raw: bytes) -> str:
    """Read UTF-8; a byte that is no text, or is NUL (which PostgreSQL cannot keep), is spelled out in hexadecimal."""
    return raw.decode("utf-8", "backslashreplace").replace("\0", "\\x00")


def name(raw: bytes) -> str:
    """Read a text that is padded with NULs to a fixed length."""
    return text(raw.rstrip(b"\0"))


def hexadecimal(raw: bytes) -> str:
    """Spell bytes as 0x and lower-case digits."""
    return "0x" + raw.hex()


def hash32(raw: bytes) -> Hash32:
    """Spell a hash."""
    return Hash32(hexadecimal(raw))


def member_or_none(number: int) -> MemberId | None:
    """Read the number of a member; 0 stands for none."""
    return MemberId(number) if number else None
