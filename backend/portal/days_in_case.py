"""Days as they stand after words such as *until* and *since*, in languages that then change their form. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

_WEEKDAYS: Final = {"sl": ("ponedeljka", "torka", "srede", "četrtka", "petka", "sobote", "nedelje")}
_MONTHS: Final = {
    "sl": (
        *("januarja", "februarja", "marca", "aprila", "maja", "junija"),
        *("julija", "avgusta", "septembra", "oktobra", "novembra", "decembra"),
    )
}


def day_in_genitive(language: str, day: date) -> str | None:
    """Such as "petka, 27. novembra 2026"; None in a language whose days keep their form."""
    if language not in _WEEKDAYS:
        return None
    return f"{_WEEKDAYS[language][day.weekday()]}, {day.day}. {_MONTHS[language][day.month - 1]} {day.year}"
