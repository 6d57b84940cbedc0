"""Secrets that are given out once and kept as hashes only."""

from __future__ import annotations

import secrets
from hashlib import sha256

MARK = "zbor_"
"""How every token begins, so that one that leaked is found by whoever searches for it."""
LONGEST = 100


def fresh_secret() -> str:
    """Draw 32 unpredictable bytes, as text for a cookie or a header."""
    return MARK + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret: a plain hash is enough for 256 unpredictable bits."""
    return sha256(secret.encode()).hexdigest()


def looks_like_one(text: str) -> bool:
    """Whether it is worth looking up."""
    return text.startswith(MARK) and len(text) <= LONGEST and text.isascii()
