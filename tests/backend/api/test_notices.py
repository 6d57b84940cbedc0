"""What people are written to about: their own choice, by their own sign-in."""

from __future__ import annotations

import pytest

from backend.notices.occasions import Occasion
from backend.people.representatives import Appointment, Function, appoint
from tests.backend import story as s
from tests.backend.keys import AUDITOR, COORDINATOR, key_of

PATH = "/v1/notices/preferences"
EVERYTHING = {occasion.value: True for occasion in Occasion}


def put_on_file(mirror, member, key=None, language="sl"):
    wallet = None if key is None else key.address
    name, email = f"Oseba {member}", f"person{member}@example.org"
    with mirror.writing() as session:
        appointment = Appointment(member, Function.REPRESENTATIVE, name, email, language, s.START, wallet)
        return appoint(session, mirror.consortium, appointment, s.NOW)


@pytest.fixture
def nadja(people):
    return put_on_file(people, 1, key_of(1))


def test_whoever_has_not_chosen_is_sent_everything_in_the_language_on_file(ask_people, signed_in, nadja):
    told = ask_people("GET", PATH, headers=signed_in(key_of(1))).json()

    assert (told["person"], told["language"], told["notices"]) == (nadja, "sl", EVERYTHING)
    assert set(told["languages"]) == {"en", "sl", "it", "ro", "el"}
    assert (told["sending"], told["unsubscribed"]) == (False, False)


def test_a_choice_is_kept_and_what_is_left_out_stays_as_it_was(ask_people, signed_in, nadja):
    headers = signed_in(key_of(1))
    first = ask_people("PUT", PATH, json={"notices": {"published": False}}, headers=headers).json()
    second = ask_people("PUT", PATH, json={"language": "el", "notices": {"result": False}}, headers=headers).json()

    assert first["notices"] == EVERYTHING | {"published": False}
    assert second["notices"] == EVERYTHING | {"published": False, "result": False}
    assert ask_people("GET", PATH, headers=headers).json()["language"] == "el"


def test_an_answer_with_choices_is_kept_by_nobody_between(ask_people, signed_in, nadja):
    assert ask_people("GET", PATH, headers=signed_in(key_of(1))).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "body",
    [
        {"language": "xx"},
        {"language": ""},
        {"notices": {"everything": True}},
        {"notices": {"result": "perhaps"}},
        {"person": "a" * 32},
        [],
    ],
)
def test_what_is_not_understood_changes_nothing(ask_people, signed_in, nadja, body):
    headers = signed_in(key_of(1))
    assert ask_people("PUT", PATH, json=body, headers=headers).status_code == 422
    assert ask_people("GET", PATH, headers=headers).json()["notices"] == EVERYTHING


def test_a_wallet_with_nobody_on_file_has_no_choices(ask_people, signed_in):
    answer = ask_people("GET", PATH, headers=signed_in(key_of(1)))
    assert (answer.status_code, answer.json()["code"]) == (404, "PERSON_NOT_FOUND")


def test_colleagues_of_one_organisation_may_choose_for_each_other_and_the_coordinator_for_all(
    ask_people, signed_in, people, nadja
):
    colleague = put_on_file(people, 1)
    for key in (key_of(1), COORDINATOR):
        address, headers = f"{PATH}?person={colleague}", signed_in(key)
        answer = ask_people("PUT", address, json={"notices": {"opened": False}}, headers=headers)
        assert (answer.status_code, answer.json()["person"]) == (200, colleague)
    assert ask_people("GET", PATH, headers=signed_in(key_of(1))).json()["notices"] == EVERYTHING


def test_attack_another_organisation_s_people_are_not_there(ask_people, signed_in, people, nadja):
    put_on_file(people, 3, key_of(3))
    address, headers = f"{PATH}?person={nadja}", signed_in(key_of(3))
    read, write = ask_people("GET", address, headers=headers), ask_people("PUT", address, json={}, headers=headers)

    assert [(each.status_code, each.json()["code"]) for each in (read, write)] == [(404, "PERSON_NOT_FOUND")] * 2
    assert read.json()["detail"] == ask_people("GET", f"{PATH}?person={'0' * 32}", headers=headers).json()[
        "detail"
    ].replace("0" * 32, nadja)


def test_an_auditor_sees_choices_and_changes_none(ask_people, signed_in, nadja):
    address, headers = f"{PATH}?person={nadja}", signed_in(AUDITOR)
    assert ask_people("GET", address, headers=headers).status_code == 200
    assert ask_people("PUT", address, json={}, headers=headers).json()["code"] == "NOT_ALLOWED"


def test_attack_nobody_chooses_without_signing_in_or_from_a_foreign_page(ask_people, signed_in, nadja):
    foreign = signed_in(key_of(1)) | {"origin": "https://evil.example"}
    assert ask_people("PUT", PATH, json={}).status_code == 401
    assert ask_people("PUT", PATH, json={}, headers=foreign).json()["code"] == "FOREIGN_ORIGIN"
