"""From a wallet to a role: read from the mirror at each request, so that a replaced wallet ends what it could do."""

from __future__ import annotations

from sqlalchemy.orm import Session

from backend.people.callers import SCOPES_OF, Caller, Role
from backend.queries.consortium import Consortium
from backend.queries.wallets import read_standing
from backend.settings import Settings


def caller_of(
    session: Session, consortium: Consortium, settings: Settings, wallet: str, person: str | None = None
) -> Caller | None:
    """Say in which role a wallet asks; None where it has none."""
    standing = read_standing(session, consortium, wallet)
    role = _role(standing.holds_office, standing.member_id is not None, settings, wallet)
    return None if role is None else Caller(role, SCOPES_OF[role], standing.member_id, wallet, person=person)


def _role(office: bool, member: bool, settings: Settings, wallet: str) -> Role | None:  # noqa: FBT001
    spelt = wallet.lower()
    if office or spelt in settings.coordinators:
        return Role.COORDINATOR
    if member:
        return Role.REPRESENTATIVE
    return Role.AUDITOR if spelt in settings.auditors else None
