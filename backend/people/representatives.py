"""Representatives: who acts for a member, since when and until when.

The name and the address stand in a row that can be deleted; the history names a pseudonym, drawn by lot, and stays.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from backend.database.desk import PersonRecord, RepresentationRecord
from backend.database.locks import wait_turn
from backend.errors import InvalidRequestError
from backend.people.refusals import KeyReusedError, PersonNotFoundError, TooManyPersonsError
from backend.queries.consortium import Consortium
from backend.queries.wallets import is_present

MOST_PERSONS = 100
"""Of one member on file. All are written to: nobody gathers strangers' addresses, or one a thousand times."""
DAY = 86_400


class Function(StrEnum):
    """As what somebody acts for a member."""

    REPRESENTATIVE = "representative"
    DEPUTY = "deputy"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is to act for a member. Repeats nothing personal when it is printed."""

    member_id: int
    function: Function
    name: str
    email: str
    language: str
    since: int
    wallet: str | None = None
    """The member's wallet that they use, with its checksum."""
    request: str | None = None
    """Stands for whoever asks for it and their idempotency key: see `request_of`."""

    def __repr__(self) -> str:
        return f"Appointment(member_id={self.member_id}, function={self.function.value})"


@dataclass(frozen=True, slots=True)
class Representative:
    """One who acts or acted for a member. What is personal is None once erased, and where the reader may not see it."""

    person: str
    member_id: int
    function: str
    since: int
    until: int | None
    wallet: str | None
    name: str | None
    email: str | None
    language: str | None
    consented_at: int | None
    erased_at: int | None

    def __repr__(self) -> str:
        return f"Representative(person={self.person}, member_id={self.member_id})"


def appoint(session: Session, consortium: Consortium, appointment: Appointment, now: int) -> str:
    """Keep who acts for a member from now on. Returns the pseudonym: the same one again for the same request.

    Raises:
        InvalidRequestError: there is no such member, or it has left.
        KeyReusedError: the request asked for somebody of another member, or in another function.
        TooManyPersonsError: it has as many people on file as are kept.
    """
    if not is_present(session, consortium, appointment.member_id):
        raise InvalidRequestError("member", "there is no such member, or it has left")
    wait_turn(session, "representations", consortium.id)
    known = _repeated(session, consortium.id, appointment)
    if known is not None:
        return known
    if _on_file_or_just_erased(session, consortium.id, appointment.member_id, now) >= MOST_PERSONS:
        raise TooManyPersonsError(MOST_PERSONS)
    person = secrets.token_hex(16)
    session.add(
        PersonRecord(
            consortium_id=consortium.id,
            person=person,
            name=appointment.name,
            email=appointment.email,
            language=appointment.language,
            consented_at=now,
        )
    )
    session.add(
        RepresentationRecord(
            consortium_id=consortium.id,
            person=person,
            member_id=appointment.member_id,
            function=appointment.function.value,
            since=appointment.since,
            wallet=appointment.wallet,
            request=appointment.request,
        )
    )
    session.flush()
    return person


def request_of(caller: str, idempotency_key: str | None) -> str | None:
    """Make what is kept of a request: a hash of who asked and of their key; None where they gave none."""
    return None if idempotency_key is None else sha256(f"{caller}\n{idempotency_key}".encode()).hexdigest()


def _repeated(session: Session, consortium_id: int, appointment: Appointment) -> str | None:
    if appointment.request is None:
        return None
    found = session.scalar(
        select(RepresentationRecord).where(
            RepresentationRecord.consortium_id == consortium_id, RepresentationRecord.request == appointment.request
        )
    )
    if found is None:
        return None
    if (found.member_id, found.function) != (appointment.member_id, appointment.function.value):
        raise KeyReusedError
    return found.person


def _on_file_or_just_erased(session: Session, consortium_id: int, member_id: int, now: int) -> int:
    """Erasing makes room a day later only: otherwise any number could be written to, one after the other."""
    erased_at = RepresentationRecord.erased_at
    wanted = select(func.count()).where(
        RepresentationRecord.consortium_id == consortium_id,
        RepresentationRecord.member_id == member_id,
        or_(erased_at.is_(None), erased_at > now - DAY),
    )
    return session.scalar(wanted) or 0


def dismiss(session: Session, consortium_id: int, person: str, until: int) -> None:
    """Say until when somebody acted for their member.

    Raises:
        PersonNotFoundError: no such person.
        InvalidRequestError: that is before they began.
    """
    found = find_representation(session, consortium_id, person)
    if until < found.since:
        raise InvalidRequestError("until", "lies before the day they began")
    found.until = until


def find_representation(session: Session, consortium_id: int, person: str) -> RepresentationRecord:
    """Find whom somebody acts or acted for.

    Raises:
        PersonNotFoundError: no such person.
    """
    found = session.get(RepresentationRecord, (consortium_id, person))
    if found is None:
        raise PersonNotFoundError(person)
    return found


@dataclass(frozen=True, slots=True)
class Correction:
    """What is kept on a person from now on. Repeats nothing personal when it is printed."""

    name: str
    email: str
    language: str

    def __repr__(self) -> str:
        return "Correction()"


def correct(session: Session, consortium_id: int, person: str, correction: Correction) -> None:
    """Put what is kept on a person right; what they did stays as it was.

    Raises:
        PersonNotFoundError: no such person, or they were erased.
    """
    found = session.get(PersonRecord, (consortium_id, person))
    if found is None:
        raise PersonNotFoundError(person)
    found.name, found.email, found.language = correction.name, correction.email, correction.language


def find_representative(
    session: Session, consortium_id: int, person: str, *, with_email: bool = True
) -> Representative:
    """Find somebody by their pseudonym.

    Raises:
        PersonNotFoundError: no such person.
    """
    history = find_representation(session, consortium_id, person)
    return _joined(history, session.get(PersonRecord, (consortium_id, person)), with_email=with_email)


def list_representatives(
    session: Session, consortium_id: int, member_id: int | None = None, *, with_email: bool
) -> tuple[Representative, ...]:
    """Everybody who ever acted for that member, or for any, the newest first."""
    wanted = select(RepresentationRecord, PersonRecord).outerjoin(
        PersonRecord,
        (PersonRecord.consortium_id == RepresentationRecord.consortium_id)
        & (PersonRecord.person == RepresentationRecord.person),
    )
    wanted = wanted.where(RepresentationRecord.consortium_id == consortium_id)
    if member_id is not None:
        wanted = wanted.where(RepresentationRecord.member_id == member_id)
    wanted = wanted.order_by(RepresentationRecord.since.desc(), RepresentationRecord.person)
    return tuple(_joined(history, person, with_email=with_email) for history, person in session.execute(wanted))


def person_with(session: Session, consortium_id: int, wallet: str, now: int) -> str | None:
    """Pseudonym of whoever uses a wallet now; None where nobody is on file for it, or more than one."""
    found = session.scalars(
        select(RepresentationRecord.person).where(
            RepresentationRecord.consortium_id == consortium_id,
            RepresentationRecord.wallet == wallet,
            RepresentationRecord.since <= now,
            RepresentationRecord.until.is_(None) | (RepresentationRecord.until > now),
        )
    ).all()
    return found[0] if len(found) == 1 else None


def _joined(history: RepresentationRecord, person: PersonRecord | None, *, with_email: bool) -> Representative:
    return Representative(
        person=history.person,
        member_id=history.member_id,
        function=history.function,
        since=history.since,
        until=history.until,
        wallet=history.wallet,
        name=person.name if person else None,
        email=person.email if person and with_email else None,
        language=person.language if person else None,
        consented_at=person.consented_at if person else None,
        erased_at=history.erased_at,
    )
