"""From a wallet to a role: read from the mirror at each request, so that a replaced wallet ends what it could do."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.people.callers import SCOPES_OF, Caller, Role, Scope
from backend.queries.consortium import Consortium
from backend.queries.wallets import WalletStanding, read_standing


def caller_of(session: Session, consortium: Consortium, wallet: str, person: str | None = None) -> Caller | None:
    """Say in which role a wallet asks; None where it has none."""
    standing = read_standing(session, consortium, wallet)
    role = _role(standing, consortium, wallet.lower())
    return None if role is None else Caller(role, SCOPES_OF[role], standing.member_id, wallet, person=person)


def may_still(session: Session, consortium: Consortium, wallet: str, scope: Scope) -> bool:
    """Whether a wallet may do today what it once did, whatever it was then."""
    who = caller_of(session, consortium, wallet)
    return who is not None and scope in who.scopes


def _role(standing: WalletStanding, consortium: Consortium, spelt: str) -> Role | None:
    if standing.holds_office or spelt in consortium.coordinators:
        return Role.COORDINATOR
    if standing.member_id is not None:
        return Role.REPRESENTATIVE
    return Role.AUDITOR if spelt in consortium.auditors else None
