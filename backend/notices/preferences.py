"""Which notices somebody wants, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.database.desk import NoticePreferenceRecord, PersonRecord
from backend.notices.occasions import Occasion
from backend.people.refusals import PersonNotFoundError

N = NoticePreferenceRecord


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody wants to be written to about."""

    person: str
    language: str
    """As it is on file, such as `sl`."""
    unsubscribed: bool
    """Nothing at all is wanted; the choices below are kept for the day they come back."""
    wanted: Mapping[Occasion, bool]


def read_preferences(session: Session, consortium_id: int, person: str) -> Preferences:
    """What somebody wants; everything, where they have not said otherwise.

    Raises:
        PersonNotFoundError: nobody of this pseudonym is on file.
    """
    kept = session.get(N, (consortium_id, person))
    unwanted = frozenset() if kept is None else frozenset(kept.unwanted)
    return Preferences(
        person=person,
        language=_on_file(session, consortium_id, person).language,
        unsubscribed=kept is not None and kept.unsubscribed_at is not None,
        wanted={occasion: occasion.value not in unwanted for occasion in Occasion},
    )


def change_preferences(
    session: Session,
    consortium_id: int,
    person: str,
    *,
    wanted: Mapping[Occasion, bool] | None = None,
    language: str | None = None,
) -> Preferences:
    """Change what somebody wants, and leave the rest as it was. Whoever wants something is subscribed again.

    Raises:
        PersonNotFoundError: nobody of this pseudonym is on file.
    """
    on_file = _on_file(session, consortium_id, person)
    if language is not None:
        on_file.language = language
    if wanted:
        kept = _row(session, consortium_id, person)
        choices = {each: each.value not in kept.unwanted for each in Occasion} | dict(wanted)
        kept.unwanted = sorted(each.value for each, is_wanted in choices.items() if not is_wanted)
        kept.unsubscribed_at = None if any(wanted.values()) else kept.unsubscribed_at
    session.flush()
    return read_preferences(session, consortium_id, person)


def unsubscribe(session: Session, consortium_id: int, person: str, now: int) -> None:
    """Write to somebody no more.

    Raises:
        PersonNotFoundError: nobody of this pseudonym is on file.
    """
    _on_file(session, consortium_id, person)
    kept = _row(session, consortium_id, person)
    kept.unsubscribed_at = kept.unsubscribed_at or now


def resubscribe(session: Session, consortium_id: int, person: str) -> None:
    """Write to somebody again, about what they wanted before.

    Raises:
        PersonNotFoundError: nobody of this pseudonym is on file.
    """
    _on_file(session, consortium_id, person)
    _row(session, consortium_id, person).unsubscribed_at = None


def _on_file(session: Session, consortium_id: int, person: str) -> PersonRecord:
    found = session.get(PersonRecord, (consortium_id, person))
    if found is None:
        raise PersonNotFoundError(person)
    return found


def _row(session: Session, consortium_id: int, person: str) -> N:
    kept = session.get(N, (consortium_id, person), with_for_update=True)
    if kept is None:
        kept = N(consortium_id=consortium_id, person=person, unwanted=[], unsubscribed_at=None)
        session.add(kept)
        session.flush()
    return kept
