"""The outcome of comparing the mirror with the contracts, as the page on status and the API tell it."""

import pytest

from backend.database.comparison import ComparisonRecord
from tests.backend import story as s

DIFFERENCE = {"subject": "member 7", "field": "member.status", "mirror": "<4>", "chain": "2"}
SAME = {"sl": "Te strani pravijo isto kot pogodbe.", "en": "These pages say what the contracts say."}
DIFFERS = {"sl": "Te strani se razlikujejo od pogodb.", "en": "These pages differ from the contracts."}
NEVER = {"sl": "Te strani še niso bile primerjane", "en": "These pages have not been compared"}


@pytest.fixture
def told(make_mirror, story, visitor):
    """What a process says that compares nothing itself and finds this outcome in the database."""

    def over(*differences, compared=True):
        mirror = make_mirror(story.told)
        with mirror.sessions.begin() as session:
            if compared:
                session.add(
                    ComparisonRecord(
                        consortium_id=mirror.consortium.id,
                        block_number=170,
                        block_hash="0x" + "ab" * 32,
                        compared_at=s.NOW - 120.0,
                        answers=1234,
                        differences=list(differences),
                    )
                )
        return visitor(mirror)

    return over


@pytest.mark.parametrize("language", ["sl", "en"])
def test_a_difference_is_told_exactly_and_in_the_readers_language(told, language):
    page = told(DIFFERENCE)("/status", **{"accept-language": language}).text

    assert DIFFERS[language] in page
    assert SAME[language] not in page
    for said in ("member 7", "member.status", "&lt;4&gt;", "<code>2</code>"):
        assert said in page


@pytest.mark.parametrize("language", ["sl", "en"])
def test_agreement_is_told_with_how_much_was_compared(told, language):
    page = told()("/status", **{"accept-language": language}).text

    assert SAME[language] in page
    assert DIFFERS[language] not in page
    assert {"sl": "1.234", "en": "1,234"}[language] in page


@pytest.mark.parametrize("language", ["sl", "en"])
def test_before_the_first_comparison_nothing_is_claimed(told, language):
    page = told(compared=False)("/status", **{"accept-language": language}).text

    assert NEVER[language] in page
    assert SAME[language] not in page


def test_programs_are_told_the_same(told):
    comparison = told(DIFFERENCE)("/v1/status").json()["comparison"]

    assert comparison["differences"] == [DIFFERENCE]
    assert (comparison["block_number"], comparison["answers"]) == (170, 1234)
    assert told(compared=False)("/v1/status").json()["comparison"] is None
