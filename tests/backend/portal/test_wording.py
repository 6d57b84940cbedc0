"""Dates, numbers, shares and plural forms are each language's own."""

from __future__ import annotations

import pytest

from backend.notices.calendar import WORDS
from backend.portal.languages import languages
from backend.portal.wording import counts_kept
from backend.queries.appointments import Occasion

FRIDAY = 1_795_818_240  # 27 November 2026, 22:24 UTC


def loose(text: str) -> str:
    """The same where a line may end at every space."""
    return text.replace("\xa0", " ")


def test_the_portal_speaks_the_five_languages_of_the_consortium():
    assert set(languages()) == {"en", "sl", "it", "ro", "el"}


@pytest.mark.parametrize("language", languages())
def test_a_calendar_has_words_in_every_language_of_the_portal(language):
    assert set(WORDS[language]) == set(Occasion)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Friday, 27 November 2026"),
        ("sl", "petek, 27. november 2026"),
        ("it", "venerdì 27 novembre 2026"),
        ("ro", "vineri, 27 noiembrie 2026"),
        ("el", "Παρασκευή 27 Νοεμβρίου 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(words, language, said):
    assert words(language).date(FRIDAY) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Friday, 27 November 2026"),
        ("sl", "petka, 27. novembra 2026"),
        ("it", "venerdì 27 novembre 2026"),
        ("ro", "vineri, 27 noiembrie 2026"),
        ("el", "Παρασκευή 27 Νοεμβρίου 2026"),
    ],
)
def test_a_day_after_until_and_since_has_the_case_of_the_language(words, language, said):
    assert loose(words(language).bound(FRIDAY)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "27 Nov 2026"),
        ("sl", "27. nov. 2026"),
        ("it", "27 nov 2026"),
        ("ro", "27 nov. 2026"),
        ("el", "27 Νοε 2026"),
    ],
)
def test_a_day_in_short_stands_after_any_word_and_on_one_line(words, language, said):
    assert words(language).day(FRIDAY) == said.replace(" ", "\xa0")


def test_a_line_ends_between_the_day_and_the_time_and_nowhere_else(words):
    spoken = words("sl")
    assert spoken.moment(FRIDAY) == "pet., 27.\xa0nov.\xa02026, 23:24\xa0CET"
    assert (spoken.clock(FRIDAY), spoken.length(86_400)) == ("23:24\xa0CET", "1\xa0dan")
    assert counts_kept("Za izredno sejo: 15 dni; 51 % glasov.") == "Za izredno sejo: 15\xa0dni; 51 % glasov."


@pytest.mark.parametrize(
    ("language", "sorted_texts"),
    [
        ("sl", ["Akreditacija", "Cenik", "Čezmejna odločitev", "Delovni načrt"]),
        ("ro", ["Sat", "Suedia", "Școală", "Ungaria"]),
        ("it", ["Elba", "Èlite", "Estonia", "Italia"]),
        ("el", ["Άδεια", "Αλλαγή", "Βελτίωση"]),
    ],
)
def test_letters_with_marks_stand_where_the_language_puts_them(words, language, sorted_texts):
    assert sorted(set(sorted_texts), key=words(language).place) == sorted_texts


@pytest.mark.parametrize("day", range(7))
def test_every_slovene_day_of_the_week_has_its_genitive(words, day):
    spoken = words("sl")
    at = FRIDAY + day * 86_400
    nominative, genitive = (each.split(", ")[0] for each in (spoken.date(at), spoken.bound(at)))
    assert genitive.startswith(nominative[:3])
    assert genitive != nominative


@pytest.mark.parametrize("month", range(12))
def test_every_slovene_month_has_its_genitive(words, month):
    at = FRIDAY + month * 2_630_000
    nominative, genitive = words("sl").date(at).split(" ")[2], loose(words("sl").bound(at)).split(" ")[2]
    assert genitive.startswith(nominative[:3])
    assert genitive.endswith("a")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Fri, 27 Nov 2026, 23:24 CET"),
        ("sl", "pet., 27. nov. 2026, 23:24 CET"),
        ("it", "ven 27 nov 2026, 23:24 CET"),
        ("ro", "vin., 27 nov. 2026, 23:24 CET"),
        ("el", "Παρ 27 Νοε 2026, 23:24 CET"),
    ],
)
def test_a_moment_is_written_as_the_language_writes_it(words, language, said):
    assert loose(words(language).moment(FRIDAY)) == said


@pytest.mark.parametrize(
    ("language", "number", "share", "ratio"),
    [
        ("en", "12,345", "51%", "two thirds"),
        ("sl", "12.345", "51\N{NO-BREAK SPACE}%", "dve tretjini"),
        ("it", "12.345", "51%", "due terzi"),
        ("ro", "12.345", "51\N{NO-BREAK SPACE}%", "două treimi"),
        ("el", "12.345", "51%", "τα δύο τρίτα"),
    ],
)
def test_numbers_and_shares_are_written_as_the_language_writes_them(words, language, number, share, ratio):
    made = words(language)
    assert (made.number(12_345), made.percent(51, 100), made.share("2/3")) == (number, share, ratio)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {1: "1 day", 2: "2 days", 0: "0 days", 101: "101 days"}),
        ("sl", {1: "1 dan", 2: "2 dneva", 3: "3 dnevi", 5: "5 dni", 101: "101 dan", 102: "102 dneva"}),
        ("it", {1: "1 giorno", 2: "2 giorni", 0: "0 giorni", 101: "101 giorni"}),
        ("ro", {1: "1 zi", 2: "2 zile", 0: "0 zile", 19: "19 zile", 20: "20 de zile", 101: "101 zile"}),
        ("el", {1: "1 ημέρα", 2: "2 ημέρες", 0: "0 ημέρες", 101: "101 ημέρες"}),
    ],
)
def test_a_counted_thing_has_the_form_that_goes_with_its_number(words, language, forms):
    assert {number: words(language).duration(number * 86_400) for number in forms if number} == {
        number: form for number, form in forms.items() if number
    }
    assert words(language).duration(0) == forms.get(0, "0 dni")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("number", [1, 2, 3, 5, 101, 102])
def test_a_number_stands_once_in_each_plural_form(words, language, number):
    said = words(language).ngettext("%(num)d member", "%(num)d members", number, num=number)
    assert said.count(str(number)) == 1


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 članica"),
        (2, "2 članici"),
        (3, "3 članice"),
        (5, "5 članic"),
        (101, "101 članica"),
        (102, "102 članici"),
    ],
)
def test_slovene_members_are_counted_with_the_dual(words, number, said):
    assert words("sl").ngettext("%(num)d member", "%(num)d members", number, num=number) == said


@pytest.mark.parametrize(
    ("language", "said"), [("it", "tra 2 giorni"), ("ro", "peste 2 zile"), ("el", "σε 2 ημέρες"), ("sl", "čez 2 dneva")]
)
def test_how_far_off_something_is_sounds_natural(words, language, said):
    made = words(language)
    assert made.relative(made.now + 2 * 86_400) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59 * 60, "in 59 minutes"),
        (90 * 60, "in 90 minutes"),
        (42 * 3600, "in 42 hours"),
        (48 * 3600, "in 2 days"),
        (49 * 86_400, "in 7 weeks"),
    ],
)
def test_what_is_near_is_told_to_the_hour_and_not_rounded_up_to_days(words, seconds, said):
    made = words("en")
    assert made.relative(made.now + seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"), [(3_599, "1 hour"), (86_390, "1 day"), (1_500, "25 minutes"), (20, "1 minute")]
)
def test_a_length_a_second_short_of_a_unit_is_told_as_that_unit(words, seconds, said):
    assert loose(words("en").length(seconds)) == said
