"""Links by which people stop being written to, without signing in: a pseudonym under a seal, and nothing else.

They do not run out: a letter may be read years later. Whoever has one can stop that person's notices or have them begin
again, and learns nothing.
"""

from __future__ import annotations

import hmac
import re

_SHAPE = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{32})")
_PURPOSE = b"unsubscribe:"
"""What else the key seals begins otherwise."""


def farewell_token(key: str, person: str) -> str:
    """Make the token of somebody's link."""
    return f"{person}.{_seal(key, person)}"


def person_of(key: str | None, token: str) -> str | None:
    """Whose link it is; None where it was not made here."""
    parts = _SHAPE.fullmatch(token)
    if key is None or parts is None:
        return None
    person, seal = parts.groups()
    return person if hmac.compare_digest(_seal(key, person), seal) else None


def _seal(key: str, person: str) -> str:
    return hmac.digest(bytes.fromhex(key), _PURPOSE + person.encode(), "sha256").hex()[:32]
