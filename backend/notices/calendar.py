"""Appointments as an iCalendar (RFC 5545), for the calendars people have already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from backend.notices.titles import one_line, title_in
from backend.queries.appointments import Appointment, Certainty, Occasion

REFRESH = "PT1H"
WARNINGS = (timedelta(days=-1), timedelta(hours=-2))
"""Before a deadline."""
WORDS = {
    "en": {
        Occasion.VOTING: "Voting on",
        Occasion.DEADLINE: "Last ballots on",
        Occasion.VETO: "Time to veto",
        Occasion.BINDING: "Binds from now on:",
    },
    "sl": {
        Occasion.VOTING: "Glasovanje:",
        Occasion.DEADLINE: "Rok za glasovnice:",
        Occasion.VETO: "Čas za veto:",
        Occasion.BINDING: "Od zdaj zavezuje:",
    },
    "it": {
        Occasion.VOTING: "Votazione:",
        Occasion.DEADLINE: "Scadenza per votare:",
        Occasion.VETO: "Tempo per il veto:",
        Occasion.BINDING: "Da ora vincola:",
    },
    "ro": {
        Occasion.VOTING: "Votare:",
        Occasion.DEADLINE: "Termen de vot:",
        Occasion.VETO: "Timp pentru veto:",
        Occasion.BINDING: "De acum obligă:",
    },
    "el": {
        Occasion.VOTING: "Ψηφοφορία:",
        Occasion.DEADLINE: "Λήξη ψηφοφορίας:",
        Occasion.VETO: "Χρόνος για βέτο:",
        Occasion.BINDING: "Δεσμεύει από τώρα:",
    },
}


def calendar_of(name: str, origin: str, language: str, appointments: Iterable[Appointment]) -> bytes:
    """Write a calendar. What no longer takes place stays in it as cancelled, so that it leaves people's calendars."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zbor//Governance//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("x-published-ttl", REFRESH)
    for appointment in appointments:
        calendar.add_component(_event(appointment, origin, language))
    return bytes(calendar.to_ical())


def _event(one: Appointment, origin: str, language: str) -> Event:
    event = Event()
    words = WORDS.get(language, WORDS["en"])[one.occasion]
    title = title_in(one.titles, language, one.authoritative)
    event.add("uid", f"{one.proposal_id}-{one.governor.lower()}-{one.occasion}@zbor")
    event.add("dtstamp", _utc(one.changed_at))
    event.add("last-modified", _utc(one.changed_at))
    # Grows with each change, and needs no counter that would have to be kept.
    event.add("sequence", one.changed_at - one.created_at)
    event.add("summary", f"{words} {one.reference} {title}".strip())
    event.add("dtstart", _utc(one.begins))
    event.add("dtend", _utc(one.ends))
    event.add("status", one.certainty.value)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [one_line(one.body)])
    event.add("url", f"{origin}/proposals/{one.proposal_id}")
    if one.occasion is Occasion.DEADLINE and one.certainty is not Certainty.CANCELLED:
        for warning in WARNINGS:
            event.add_component(_alarm(warning, f"{words} {one.reference}"))
    return event


def _alarm(before: timedelta, text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", text)
    return alarm


def _utc(second: int) -> datetime:
    return datetime.fromtimestamp(second, tz=UTC)
