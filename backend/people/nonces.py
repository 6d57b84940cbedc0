"""Nonces: given out under a seal and kept only once used, so that asking for many fills no table."""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.database.base import table_of
from backend.database.desk import SealRecord, UsedNonceRecord
from backend.database.upsert import insert_new
from backend.people.refusals import NonceUsedError, SignInRefusedError

LASTS = 600
"""Seconds."""
_DRAWN, _EXPIRY, _SEAL = 16, 10, 32
"""Hexadecimal digits of the three parts of a nonce."""


def find_key(session: Session, consortium_id: int) -> str | None:
    """The key of this consortium's seal; None before the first nonce."""
    found = session.get(SealRecord, consortium_id)
    return None if found is None else found.key


def make_key(session: Session, consortium_id: int) -> str:
    """Draw the key, unless somebody else just has."""
    connection, table = session.connection(), table_of(SealRecord)
    values = {"consortium_id": consortium_id, "key": secrets.token_hex(32)}
    connection.execute(insert_new(connection, table).values(**values))
    return session.get_one(SealRecord, consortium_id, populate_existing=True).key


def fresh_nonce(key: str, now: int) -> str:
    """Make a nonce that is good for some minutes, once."""
    body = f"{secrets.token_hex(_DRAWN // 2)}{now + LASTS:0{_EXPIRY}x}"
    return body + _seal(key, body)


def check_nonce(key: str | None, nonce: str, now: int) -> int:
    """See that the nonce was given out here and still runs. Returns the second at which it runs out.

    Raises:
        SignInRefusedError: it was not, or does not.
    """
    body, seal = nonce[: _DRAWN + _EXPIRY], nonce[_DRAWN + _EXPIRY :]
    if key is None or not hmac.compare_digest(_seal(key, body).encode(), seal.encode()):
        raise SignInRefusedError("nonce", "was not given out here; ask for a message and sign that")
    expires_at = int(body[_DRAWN:], 16)
    if expires_at <= now:
        raise SignInRefusedError("nonce", "has run out; ask for a new message and sign that")
    return expires_at


def use_nonce(session: Session, consortium_id: int, nonce: str, expires_at: int, now: int) -> None:
    """Use up a nonce, and forget those that have run out.

    Raises:
        NonceUsedError: somebody did before, or in this very moment.
    """
    table = table_of(UsedNonceRecord)
    session.execute(delete(table).where(table.c.consortium_id == consortium_id, table.c.expires_at <= now))
    connection = session.connection()
    values = {"consortium_id": consortium_id, "nonce": nonce, "expires_at": expires_at}
    if connection.execute(insert_new(connection, table).values(**values)).first() is None:
        raise NonceUsedError


def _seal(key: str, body: str) -> str:
    return hmac.digest(bytes.fromhex(key), body.encode(), "sha256").hex()[:_SEAL]
