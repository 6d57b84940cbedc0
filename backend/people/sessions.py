"""Sessions of people who signed in: short, ended by signing out, and worth what the wallet is worth at the moment."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete
from sqlalchemy.orm import Session

from backend.database.desk import SessionRecord
from backend.people.callers import Caller
from backend.people.roles import caller_of
from backend.people.secrets import digest, fresh_secret, looks_like_one
from backend.queries.consortium import Consortium

LASTS = 8 * 3600
"""Seconds; a working day."""


def open_session(session: Session, consortium_id: int, wallet: str, person: str | None, now: int) -> str:
    """Begin a session and return its secret, which is always a new one. Forgets the sessions that ran out."""
    session.execute(
        delete(SessionRecord).where(SessionRecord.consortium_id == consortium_id, SessionRecord.expires_at <= now)
    )
    secret = fresh_secret()
    session.add(
        SessionRecord(
            consortium_id=consortium_id,
            token_hash=digest(secret),
            wallet=wallet,
            person=person,
            opened_at=now,
            expires_at=now + LASTS,
        )
    )
    return secret


def find_session(session: Session, consortium: Consortium, secret: str, now: int) -> Caller | None:
    """Find who the secret belongs to; None where the session is over or the wallet has no role any more."""
    if not looks_like_one(secret):
        return None
    found = session.get(SessionRecord, (consortium.id, digest(secret)))
    if found is None or found.expires_at <= now:
        return None
    who = caller_of(session, consortium, found.wallet, found.person)
    return None if who is None else replace(who, ends_at=found.expires_at - 1)


def end_session(session: Session, consortium_id: int, secret: str) -> None:
    """End a session for good; nothing happens where there is none."""
    session.execute(
        delete(SessionRecord).where(
            SessionRecord.consortium_id == consortium_id, SessionRecord.token_hash == digest(secret)
        )
    )
