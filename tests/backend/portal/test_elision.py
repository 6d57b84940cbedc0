"""What stands before a number or a day agrees with it, whichever it is, in every language."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from backend.portal.elision import elided
from backend.portal.rendering import TEMPLATES, environment

TRANSLATIONS = TEMPLATES.parent / "translations"
PLACEHOLDER_OR_END = r" (?=%\(|\{)|\s*$"
BEFORE_A_NUMBER = {
    "it": rf"\b(?:il|al|dal|del|nel|sul)(?:{PLACEHOLDER_OR_END})",
    "sl": rf"(?i)(?<!\S)(?:z|s|k|h)(?:{PLACEHOLDER_OR_END})",
    "el": r"(?<!\w)(?:στις|στην?|την?|τις) (?=%\(date\)|%\(day\))",
}
"""Words that would have another form before some numbers: *dal 7*, *dall’8*; *s 7*, *z 8*; *στις 2*, *την 1η*."""
DAYS_PUT_IN = {
    "since %(date)s",
    "until %(date)s",
    "term over on %(date)s",
    "admitted on %(date)s",
    "binding since %(date)s",
}


def translations(language: str) -> dict[str, tuple[str, ...]]:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        read = [message for message in read_po(file, locale=language) if message.id]
    forms = lambda value: tuple(value) if isinstance(value, tuple | list) else (value,)  # noqa: E731
    return {forms(message.id)[0]: forms(message.string) for message in read}


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("vincola dal 8\xa0dic\xa02026", "vincola dall’8\xa0dic\xa02026"),
        ("fino al 11 gen 2027", "fino all’11 gen 2027"),
        ("ammesso il 8 dic 2026", "ammesso l’8 dic 2026"),
        ("Dal 11 gen 2027", "Dall’11 gen 2027"),
        ("dal 1 dic 2026", "dal 1 dic 2026"),
        ("dal 18 nov 2026", "dal 18 nov 2026"),
        ("dal 28 nov 2018", "dal 28 nov 2018"),
    ],
)
def test_an_italian_article_is_joined_to_eight_and_eleven_and_to_no_other_number(written, spoken):
    assert elided("it", written) == spoken
    assert elided("sl", written) == written


@pytest.mark.parametrize("day", range(1, 32))
@pytest.mark.parametrize("message", sorted(DAYS_PUT_IN))
def test_no_italian_page_says_an_article_alone_before_eight_or_eleven(message, day):
    said = (
        environment("it")
        .from_string("{{ _(message, date=date) | elided }}")
        .render(message=message, date=f"{day} dic 2026")
    )
    assert not re.search(r"l (8|11)\b", said)
    assert str(day) in said


@pytest.mark.parametrize("language", BEFORE_A_NUMBER)
def test_no_word_that_a_number_changes_stands_before_one_but_where_it_is_joined(language):
    wrong = re.compile(BEFORE_A_NUMBER[language])
    found = {message for message, forms in translations(language).items() if any(map(wrong.search, forms))}
    assert found - (DAYS_PUT_IN if language == "it" else set()) == set()


def test_every_message_into_which_a_day_is_put_is_joined_where_it_is_shown():
    pages = "".join(template.read_text() for template in TEMPLATES.glob("*.html"))
    shown = re.findall(r"\{\{(?:(?!\}\}).)*%\(date\)s(?:(?!\}\}).)*\}\}", pages)
    assert len(shown) >= len(DAYS_PUT_IN)
    assert [each for each in shown if "| elided }}" not in each] == []
    assert set(re.findall(r'"([^"]*%\(date\)s[^"]*)"', pages)) == DAYS_PUT_IN
