"""How one reader is spoken to: a language, a time zone and the present moment, handed to every page.

Times come in as seconds since the epoch and go out as words; the clock is never read here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent

from backend.portal import labels
from backend.portal.days_in_case import day_in_genitive
from backend.portal.languages import locale, translations

MINUTE, HOUR, DAY = 60, 3600, 86_400
OWN_LETTERS = frozenset({"sl", "ro"})
"""Languages in which a letter with its mark comes after all words with the bare letter."""
LAST_DAY = 253_402_214_400
"""Beginning of the last day of 9999: what a contract lets last longer is said to last till then, in any zone."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A reader's language and the moment of reading."""

    language: str
    zone: ZoneInfo
    now: int
    """Seconds since the epoch."""

    @property
    def locale(self) -> Locale:
        """The habits of dates, numbers and names that go with the language."""
        return locale(self.language)

    def gettext(self, message: str, **values: object) -> str:
        """Translate, then fill in the named values."""
        text = str(translations(self.language).ugettext(message))
        return text % values if values else text

    def ngettext(self, singular: str, plural: str, number: int, **values: object) -> str:
        """Translate in the form the number asks for (Slovene has four), then fill in `number` and the other values."""
        text = str(translations(self.language).ungettext(singular, plural, number))
        return text % {"number": number, **values}

    def date(self, at: int) -> str:
        """A day with its weekday, such as "Friday, 27 November 2026"."""
        return format_datetime(_utc(at), self.locale.date_formats["full"].pattern, self.zone, self.locale)

    def day(self, at: int) -> str:
        """A day in short, such as "27 Nov 2026": its month is the same in every case, so it stands after any word."""
        pattern = self.locale.datetime_skeletons["yMMMd"].pattern
        return kept(format_datetime(_utc(at), pattern, self.zone, self.locale))

    def bound(self, at: int) -> str:
        """A day as it stands after *until* and *since*: "petka, 27. novembra 2026" where alone it is "petek, …"."""
        return kept(day_in_genitive(self.language, datetime.fromtimestamp(at, self.zone).date()) or self.date(at))

    def moment(self, at: int) -> str:
        """A day and time with its zone, such as "Fri, 27 Nov 2026, 15:04 CET"."""
        pattern = f"{self.locale.datetime_skeletons['yMMMEd'].pattern}, HH:mm"
        zone = _utc(at).astimezone(self.zone).tzname()
        return kept(f"{format_datetime(_utc(at), pattern, self.zone, self.locale)} {zone}")

    def clock(self, at: int) -> str:
        """A time of day with its zone, such as "15:04 CET"."""
        zone = _utc(at).astimezone(self.zone).tzname()
        return kept(f"{format_datetime(_utc(at), 'HH:mm', self.zone, self.locale)} {zone}")

    def iso(self, at: int) -> str:
        """The same instant for machines, in UTC."""
        return _utc(at).strftime("%Y-%m-%dT%H:%M:%SZ")

    def relative(self, at: int) -> str:
        """How far off an instant is, such as "in 2 days" or "42 hours ago": a unit is taken from two of it on."""
        distance = min(at, LAST_DAY) - self.now
        if abs(distance) < MINUTE:
            return self.gettext("just now")
        return format_timedelta(timedelta(seconds=distance), add_direction=True, threshold=2, locale=self.locale)

    def duration(self, seconds: int) -> str:
        """A length in the largest unit that says it exactly: 45 days, 36 hours, 90 minutes."""
        for unit, length in (("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
            if seconds % length == 0 or unit == "minute":
                return str(_COUNTED[unit](self, seconds // length))
        return ""

    def length(self, seconds: int) -> str:
        """About how long something takes, in whole days, hours or minutes: 26 hours are "1 day", 59:40 "1 hour"."""
        days, hours = round(seconds / HOUR) >= 24, round(seconds / MINUTE) >= 60
        unit, size = ("day", DAY) if days else ("hour", HOUR) if hours else ("minute", MINUTE)
        return kept(str(_COUNTED[unit](self, max(1, round(seconds / size)))))

    def month(self, at: int) -> str:
        """A month with its year, such as "Nov 2026"."""
        return format_datetime(_utc(at), "LLL y", self.zone, self.locale)

    def number(self, value: int) -> str:
        """A count with the language's own grouping of digits."""
        return format_decimal(value, locale=self.locale)

    def percent(self, part: int, whole: int) -> str:
        """A share rounded to the nearest percent; a dash where there is nothing to be a share of."""
        # A rounded share: the language's own pattern has no decimals.
        return format_percent(part / whole, locale=self.locale) if whole else "–"

    def share(self, ratio: str) -> str:
        """A ratio of the law in words: "2/3" is "two thirds", "51/100" is "51 %"."""
        numerator, denominator = ratio.split("/")
        if ratio in labels.SHARES:
            return self.gettext(labels.SHARES[ratio])
        return self.percent(int(numerator), 100) if denominator == "100" else ratio

    def place(self, text: str) -> str:
        """Where a text stands in the alphabet, for sorting: Č after C where it is a letter of its own, else as C."""
        parted = unicodedata.normalize("NFD", text.casefold())
        if self.language in OWN_LETTERS:
            return parted
        return "".join(each for each in parted if not unicodedata.combining(each))

    def label(self, group: str, code: str) -> str:
        """What people call the thing with this code; a code nobody has named yet is made readable as it is."""
        message = labels.GROUPS[group].get(code)
        return self.gettext(message) if message else code.replace("_", " ").capitalize()

    def country(self, code: str) -> str:
        """A country by its ISO 3166-1 code."""
        return str(self.locale.territories.get(code, code))

    def language_name(self, code: str) -> str:
        """A language in the reader's own language."""
        return str(self.locale.languages.get(code, code))


def kept(text: str) -> str:
    """The same without breaks of the line inside a day, a time or a length; after a comma a line may end."""
    return text.replace(" ", "\xa0").replace(",\xa0", ", ")


def counts_kept(sentence: str) -> str:
    """A sentence of a page in which no line ends between a number and what it counts."""
    return _AFTER_A_NUMBER.sub("\xa0", sentence)


def _utc(at: int) -> datetime:
    return datetime.fromtimestamp(min(at, LAST_DAY), UTC)


_AFTER_A_NUMBER = re.compile(r"(?<=\d) (?=\w)")
_COUNTED = {
    "day": lambda words, number: words.ngettext("%(number)d day", "%(number)d days", number),
    "hour": lambda words, number: words.ngettext("%(number)d hour", "%(number)d hours", number),
    "minute": lambda words, number: words.ngettext("%(number)d minute", "%(number)d minutes", number),
}
