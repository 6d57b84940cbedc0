"""The law in plain words, in the language that suits the reader."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.portal.languages import languages
from tests.backend import story as s

SPOKEN = languages()


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("sl", "sl"),
        ("sl-SI,en;q=0.5", "sl"),
        ("de, sl;q=0.4, en;q=0.3", "sl"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("sl;q=0", "en"),
    ],
)
def test_sentences_are_in_the_first_language_that_is_wanted_and_spoken(get, accept, language):
    response = get("/v1/rules/GA_2_3/words", headers={"accept-language": accept})

    assert response.json()["language"] == response.headers["content-language"] == language
    assert "Accept-Language" in response.headers["vary"]


def test_a_language_can_be_asked_for_in_the_address(get):
    response = get("/v1/rules/GA_2_3/words?language=sl", headers={"accept-language": "en"})

    assert response.json()["language"] == "sl"
    assert response.json()["sentences"] != get("/v1/rules/GA_2_3/words").json()["sentences"]


def test_a_proposal_says_where_it_stands_and_what_follows(get):
    told = get(f"/v1/proposals/{s.NO_QUORUM}/words").json()

    assert told["verdict"] == "Nothing was decided for lack of a quorum."
    assert told["reason"] == "2 of 4 entitled members handed in a ballot; at least 3 (two thirds) are needed."
    assert told["actions"][0].startswith("The text becomes a decision of the consortium")
    assert told["heading"] == "What would have happened if it had passed"
    assert told["rule"] == get(f"/v1/rules/{s.GA_2_3}/words").json()["sentences"]


def test_a_member_that_an_action_names_is_called_by_its_name(get):
    assert "Udruga Cvita" in get(f"/v1/proposals/{s.REVISED}/words").json()["actions"][0]


def test_a_text_falls_back_to_the_authentic_one(get):
    def text(accept):
        return get(f"/v1/proposals/{s.OPEN}/words", headers={"accept-language": accept}).json()["text"]

    assert (text("en")["language"], text("en")["authentic"], text("en")["title"]) == ("en", False, f"Question {s.OPEN}")
    assert (text("de")["language"], text("de")["authentic"], text("de")["title"]) == ("sl", True, f"Vprašanje {s.OPEN}")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80))
def test_attack_by_any_wish_for_a_language_is_answered(get, accept):
    response = get(f"/v1/proposals/{s.OPEN}/words", headers={"accept-language": accept})

    assert response.status_code == 200
    assert response.headers["content-language"] in SPOKEN


@pytest.mark.parametrize("language", ["", "../../x", "sl%0d%0ax:y", "s", "x" * 50])
def test_attack_by_a_language_in_the_address_is_refused(get, language):
    response = get(f"/v1/rules/GA_2_3/words?language={language}")

    assert response.status_code == 422
    assert "x" not in response.headers
