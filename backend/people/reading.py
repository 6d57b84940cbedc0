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


def addressed(session: Session, consortium_id: int, who: Caller, person: str | None, *, changing: bool = False) -> str:
    """Whose choices the caller asks for: their own, or those of a person of their member. Returns the pseudonym.

    Raises:
        PersonNotFoundError: nobody is on file for their wallet, or no such person acts for their member.
        NotAllowedError: they may see these choices and not change them.
    """
    if person is None or person == who.person:
        if who.person is None:
            raise PersonNotFoundError(who.name)
        return who.person
    found = readable(session, consortium_id, who, person)
    if changing and who.role is Role.AUDITOR:
        raise NotAllowedError("Auditors change nothing. Ask the person themselves, or the coordinator.")
    return found.person


def changeable(session: Session, consortium_id: int, who: Caller, person: str) -> Representative:
    """One person, if the caller may change what is kept on them: of their own member, or any for the coordinator.

    Raises:
        NotAllowedError: the caller may change nobody.
        PersonNotFoundError: there is none of that pseudonym, or they act for another member: which, is not told.
    """
    who.require(Scope.PEOPLE_WRITE)
    return readable(session, consortium_id, who, person)


def require_erasable(session: Session, consortium_id: int, who: Caller, person: str) -> None:
    """See that the caller may erase somebody: themselves, somebody of their own member, or anybody as the coordinator.

    Raises:
        NotAllowedError: they may not.
        PersonNotFoundError: there is none of that pseudonym, or they act for another member: which, is not told.
    """
    if who.token is None and who.person == person:
        return
    if Scope.PEOPLE_WRITE not in who.scopes:
        raise NotAllowedError("Only the person themselves, their organisation and the coordinator may erase a person.")
    changeable(session, consortium_id, who, person)


def appointed_wallet(who: Caller, wallet: str | None) -> str | None:
    """Spell the wallet that somebody is to use as the mirror does.

    Raises:
        NotAllowedError: it is not the one that the caller's member has. Only the coordinator puts down another: who is
            on file for a wallet is taken for the one who uses it, and erasing them ends what was begun with it.
    """
    if wallet is None:
        return None
    if who.role is not Role.COORDINATOR and spelt(wallet) != who.wallet:
        raise NotAllowedError("That is not the current wallet of your organisation. Give that one, or none.")
    return spelt(wallet)


def spelt(wallet: str) -> str:
    """Spell a wallet as the mirror does, with its checksum."""
    return str(to_checksum_address(wallet))


def _sees_email(who: Caller) -> bool:
    return who.role is not Role.AUDITOR
