"""The catalogues are whole, and a reader gets the right one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import backend.portal
from backend.portal.languages import CATALOGUES, languages, negotiate, translations

PORTAL = Path(backend.portal.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "noop": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@cache
def messages() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(
        PORTAL,
        [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")],
        {"templates/**.html": {"silent": "false"}},
        keywords=KEYWORDS,
    )
    return {message for _, _, message, _, _ in found}


@pytest.fixture(params=[language for language in languages() if language != "en"])
def catalogue(request):
    with (CATALOGUES / request.param / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale=request.param)


def test_the_portal_speaks_english_and_slovene():
    assert set(languages()) >= {"en", "sl"}


def test_every_message_is_translated_in_all_its_forms(catalogue):
    missing = []
    for message in messages():
        entry = catalogue.get(message)
        forms = entry.string if entry and isinstance(entry.string, tuple) else (entry.string,) if entry else ()
        expected = catalogue.num_plurals if isinstance(message, tuple) else 1
        if len(forms) != expected or not all(forms) or (entry and entry.fuzzy):
            missing.append(message)
    assert missing == []


def test_no_translation_is_left_of_a_message_that_is_gone(catalogue):
    known = messages()
    assert [entry.id for entry in catalogue if entry.id and entry.id not in known] == []


def test_a_defaulting_member_has_one_name_in_slovene():
    words = (CATALOGUES / "sl" / "LC_MESSAGES" / "messages.po").read_text()
    sample = (PORTAL.parents[1] / "scripts" / "sample" / "scenario.yaml").read_text()
    assert "ne izpolnjuje obveznosti" in words
    assert not re.search(r"zamud", words + sample, re.IGNORECASE)


def test_translations_keep_the_placeholders(catalogue):
    for entry in catalogue:
        if not entry.id:
            continue
        wanted = set(PLACEHOLDER.findall(entry.id[-1] if isinstance(entry.id, tuple) else entry.id))
        for form in entry.string if isinstance(entry.string, tuple) else (entry.string,):
            assert set(PLACEHOLDER.findall(form)) == wanted, entry.id


@pytest.mark.parametrize(
    ("query", "cookie", "accept", "chosen"),
    [
        ("sl", "en", "en", "sl"),
        (None, "sl", "en", "sl"),
        (None, None, "de;q=1, sl-SI;q=0.9, en;q=0.5", "sl"),
        (None, None, "en-GB,sl;q=0.2", "en"),
        (None, None, "sl;q=0, de", "en"),
        ("../../etc", "xx", ";;q=nonsense,,", "en"),
    ],
)
def test_a_reader_gets_the_language_asked_for_then_remembered_then_preferred(query, cookie, accept, chosen):
    assert negotiate(query, cookie, accept) == chosen


def test_the_glossary_has_a_word_in_each_language_for_what_the_law_speaks_of():
    rows = (PORTAL.parents[1] / "docs" / "glossary.md").read_text().partition("## The same words")[2].splitlines()
    table = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows if row.startswith("| ")]
    assert all(len(row) == 5 and all(row) for row in table)
    assert {"quorum", "ballot", "mandate, proxy", "minutes", "veto", "standstill", "defaulting party"} <= {
        row[0] for row in table
    }


@pytest.mark.parametrize(("language", "column"), [("sl", 1), ("it", 2), ("ro", 3), ("el", 4)])
@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Quorum", "quorum"),
        ("Mandate", "mandate, proxy"),
        ("Minutes", "minutes"),
        ("Written procedure", "written procedure"),
        ("General Assembly", "general assembly"),
        ("authentic text", "authentic text"),
        ("Majority", "majority"),
    ],
)
def test_the_portal_says_what_the_glossary_says(language, column, message, word):
    rows = (PORTAL.parents[1] / "docs" / "glossary.md").read_text().partition("## The same words")[2].splitlines()
    found = next(row.strip("|").split("|")[column].strip() for row in rows if row.startswith(f"| {word} |"))
    assert str(translations(language).ugettext(message)).lower() == found
