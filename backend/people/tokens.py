"""Tokens of machines: made by the coordinator, shown once, good for what their scopes say and no more."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.desk import RepresentationRecord, TokenRecord
from backend.database.locks import wait_turn
from backend.errors import InvalidRequestError
from backend.people.callers import SCOPES_OF, Caller, Role, Scope
from backend.people.endings import why_token_ended
from backend.people.refusals import KeyReusedError, TokenNotFoundError
from backend.people.secrets import digest, fresh_secret, looks_like_one
from backend.queries.consortium import Consortium
from backend.queries.wallets import is_present

LONGEST = 366 * 86_400
"""Seconds that a token may last."""
OF_TOKENS = (Role.MACHINE, Role.AUDITOR)
MOST_TOKENS = 1000
"""Of one consortium; those that ran out count until they are erased."""


@dataclass(frozen=True, slots=True)
class TokenOrder:
    """What a token is to be."""

    label: str
    scopes: Collection[Scope]
    lasts: int
    """Seconds from now."""
    role: Role = Role.MACHINE
    member_id: int | None = None
    person: str | None = None
    made_by: str | None = None
    """What `Caller.name` says; None for one that the operator makes."""
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without its secret."""

    name: str
    label: str
    role: str
    scopes: tuple[str, ...]
    member: int | None
    person: str | None
    created_at: int
    expires_at: int
    revoked_at: int | None

    def differs_from(self, order: TokenOrder) -> bool:
        """Whether something else was asked for than this."""
        asked = (order.label, order.role.value, tuple(sorted(set(order.scopes))), order.member_id, order.person)
        lasts = self.expires_at - self.created_at
        return (self.label, self.role, self.scopes, self.member, self.person, lasts) != (*asked, order.lasts)


def make_token(session: Session, consortium: Consortium, order: TokenOrder, now: int) -> tuple[Token, str]:
    """Make a token, and return it with the secret, which is kept nowhere.

    A caller that repeats its idempotency key has the same token again, with a new secret in the place of the one that
    it may never have seen.

    Raises:
        InvalidRequestError: no token can be like that; the message says why.
        KeyReusedError: the key was sent with another request, or for a token that has ended.
    """
    wait_turn(session, "tokens", consortium.id)
    secret, known = fresh_secret(), _repeated(session, consortium, order)
    if known is not None:
        if _view(known).differs_from(order) or why_token_ended(session, consortium, known, now) is not None:
            raise KeyReusedError
        known.secret_hash = digest(secret)
        return _view(known), secret
    _check(session, consortium, order)
    record = TokenRecord(
        consortium_id=consortium.id,
        name=secrets.token_hex(6),
        secret_hash=digest(secret),
        label=order.label,
        role=order.role.value,
        scopes=sorted(scope.value for scope in set(order.scopes)),
        member_id=order.member_id,
        person=order.person,
        created_by=order.made_by,
        idempotency_key=order.idempotency_key,
        created_at=now,
        expires_at=now + order.lasts,
    )
    session.add(record)
    session.flush()
    return _view(record), secret


def find_token(session: Session, consortium: Consortium, secret: str, now: int) -> Caller | None:
    """Find who the secret belongs to; None where the token has ended, or what it hangs on."""
    if not looks_like_one(secret):
        return None
    found = session.scalar(
        select(TokenRecord).where(TokenRecord.consortium_id == consortium.id, TokenRecord.secret_hash == digest(secret))
    )
    if found is None or why_token_ended(session, consortium, found, now) is not None:
        return None
    role = Role(found.role)
    scopes = frozenset(map(Scope, found.scopes)) & SCOPES_OF[role]
    return Caller(role, scopes, found.member_id, None, found.name, found.person)


def list_tokens(session: Session, consortium_id: int) -> tuple[Token, ...]:
    """Every token, those that ran out or were revoked included, newest first."""
    rows = session.scalars(
        select(TokenRecord)
        .where(TokenRecord.consortium_id == consortium_id)
        .order_by(TokenRecord.created_at.desc(), TokenRecord.name)
    )
    return tuple(map(_view, rows))


def revoke_token(session: Session, consortium_id: int, name: str, now: int) -> Token:
    """End a token for good; one that has ended already stays as it is.

    Raises:
        TokenNotFoundError: no such token.
    """
    found = session.get(TokenRecord, (consortium_id, name))
    if found is None:
        raise TokenNotFoundError(name)
    if found.revoked_at is None:
        found.revoked_at = now
    return _view(found)


def _repeated(session: Session, consortium: Consortium, order: TokenOrder) -> TokenRecord | None:
    if order.idempotency_key is None or order.made_by is None:
        return None
    return session.scalar(
        select(TokenRecord).where(
            TokenRecord.consortium_id == consortium.id,
            TokenRecord.created_by == order.made_by,
            TokenRecord.idempotency_key == order.idempotency_key,
        )
    )


def _view(record: TokenRecord) -> Token:
    return Token(
        name=record.name,
        label=record.label,
        role=record.role,
        scopes=tuple(record.scopes),
        member=record.member_id,
        person=record.person,
        created_at=record.created_at,
        expires_at=record.expires_at,
        revoked_at=record.revoked_at,
    )


def _check(session: Session, consortium: Consortium, order: TokenOrder) -> None:
    if order.role not in OF_TOKENS:
        raise InvalidRequestError("role", f"a token is of a {' or an '.join(OF_TOKENS)}; people sign in")
    beyond = set(order.scopes) - SCOPES_OF[order.role]
    if beyond or not order.scopes:
        allowed = ", ".join(sorted(SCOPES_OF[order.role]))
        raise InvalidRequestError("scopes", f"a token of this role may have some of {allowed}")
    if not 0 < order.lasts <= LONGEST:
        raise InvalidRequestError("expires_at", "must be in the future, and no more than 366 days away")
    if order.member_id is not None and not is_present(session, consortium, order.member_id):
        raise InvalidRequestError("member", "there is no such member, or it has left")
    if order.person is not None and session.get(RepresentationRecord, (consortium.id, order.person)) is None:
        raise InvalidRequestError("person", "nobody of that pseudonym acts for a member")
    if len(list_tokens(session, consortium.id)) >= MOST_TOKENS:
        raise InvalidRequestError("token", f"there are {MOST_TOKENS} already; erase those that ran out")
