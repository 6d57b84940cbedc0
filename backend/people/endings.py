"""When what somebody began ends with them: tokens, and what is called in their name.

Nobody keeps a list of it. Whoever uses a token or calls an address asks here first, and what is said follows from the
mirror, the desk and the second: a wallet that is replaced, an office that goes to another, a member that is gone, a
person who acts for it no more.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.database.desk import RepresentationRecord, TokenRecord
from backend.people.callers import TOKEN, WALLET, Scope
from backend.people.roles import may_still
from backend.queries.consortium import Consortium
from backend.queries.wallets import is_present


def why_ended(
    session: Session, consortium: Consortium, caller: str, person: str | None, scope: Scope, now: float
) -> str | None:
    """Say why what somebody began must end; None while it may go on.

    Args:
        caller: what `Caller.name` said when they began it.
        person: pseudonym of the representative who did, if one did.
        scope: what they need for it.
    """
    if person is not None and not _acts(session, consortium, person, now):
        return "The person who made it does not act for their organisation any more."
    if caller.startswith(TOKEN):
        token = session.get(TokenRecord, (consortium.id, caller.removeprefix(TOKEN)))
        return _why_with_token(session, consortium, token, now)
    if not may_still(session, consortium, caller.removeprefix(WALLET), scope):
        return "The wallet that made it is not a member's any more, and holds no office."
    return None


def why_token_ended(session: Session, consortium: Consortium, token: TokenRecord, now: float) -> str | None:
    """Say why a token is worth nothing any more; None while it is good."""
    if token.revoked_at is not None:
        return "was revoked"
    if token.expires_at <= now:
        return "ran out"
    if token.member_id is not None and not is_present(session, consortium, token.member_id):
        return "was for a member that is gone"
    if token.person is not None and not _acts(session, consortium, token.person, now):
        return "was for a person who does not act for their organisation any more"
    return _why_with_maker(session, consortium, token)


def _why_with_token(session: Session, consortium: Consortium, token: TokenRecord | None, now: float) -> str | None:
    why = "is gone" if token is None else why_token_ended(session, consortium, token, now)
    return None if why is None else f"The token that it was made with {why}."


def _why_with_maker(session: Session, consortium: Consortium, token: TokenRecord) -> str | None:
    """Who makes tokens signed in; what the operator makes at the machine hangs on nobody."""
    if token.created_by is None:
        return None
    wallet = token.created_by.removeprefix(WALLET)
    may = may_still(session, consortium, wallet, Scope.TOKENS_WRITE)
    return None if may else "was made by a wallet that is not the coordinator's any more"


def _acts(session: Session, consortium: Consortium, person: str, now: float) -> bool:
    found = session.get(RepresentationRecord, (consortium.id, person))
    return found is not None and found.erased_at is None and (found.until is None or found.until > now)
