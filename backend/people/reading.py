"""Who may see and change what is kept on persons."""

from __future__ import annotations

from eth_utils.address import to_checksum_address
from sqlalchemy.orm import Session

from backend.people.callers import Caller, Role, Scope
from backend.people.refusals import NotAllowedError, PersonNotFoundError
from backend.people.representatives import Representative, find_representative, list_representatives

SEE_ALL = (Role.COORDINATOR, Role.AUDITOR)


def visible(session: Session, consortium_id: int, who: Caller, member_id: int | None) -> tuple[Representative, ...]:
    """Whoever the caller may see, of one member or of all.

    Raises:
        NotAllowedError: they asked for another member's.
    """
    if who.role not in SEE_ALL:
        member_id = who.member_id if member_id is None else member_id
        who.require_member(member_id)
    return list_representatives(session, consortium_id, member_id, with_email=_sees_email(who))


def readable(session: Session, consortium_id: int, who: Caller, person: str) -> Representative:
    """One person, if the caller may see them.

    Raises:
        PersonNotFoundError: there is none of that pseudonym, or they act for another member: which, is not told.
    """
    found = find_representative(session, consortium_id, person, with_email=_sees_email(who))
    if who.role not in SEE_ALL and found.member_id != who.member_id:
        raise PersonNotFoundError(person)
    return found


def require_self_or_coordinator(who: Caller, person: str) -> None:
    """See that somebody erases nobody but themselves, unless they are the coordinator.

    Raises:
        NotAllowedError: they may not.
    """
    if Scope.PEOPLE_WRITE not in who.scopes and (who.token is not None or who.person != person):
        raise NotAllowedError("Only the person themselves and the coordinator may erase what is kept on a person.")


def appointed_wallet(wallet: str | None) -> str | None:
    """Spell a wallet as the mirror does."""
    return None if wallet is None else to_checksum_address(wallet)


def _sees_email(who: Caller) -> bool:
    return who.role is not Role.AUDITOR
