"""The coordinator reminds those who have not voted: once a day, and nobody else does."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.database.desk import LetterRecord
from backend.people.callers import Scope
from tests.backend import story as s
from tests.backend.api.test_notices import put_on_file
from tests.backend.api.test_webhooks import token
from tests.backend.keys import AUDITOR, COORDINATOR, key_of

PATH, OPEN = "/v1/reminders", {"proposal": str(s.OPEN)}


@pytest.fixture
def settings_of_people(settings_of_people):
    return settings_of_people.model_copy(update={"smtp_url": "smtp://127.0.0.1:1"})


@pytest.fixture
def on_file(people):
    return {member: put_on_file(people, member) for member in (1, 2, 3)}


def letters(people):
    with people.asking() as session:
        return [(row.person, row.occasion, row.day > 0) for row in session.scalars(select(LetterRecord))]


def test_those_who_have_not_voted_are_written_to(ask_people, signed_in, people, on_file):
    answer = ask_people("POST", PATH, json=OPEN, headers=signed_in(COORDINATOR))

    assert answer.status_code == 201
    assert {name: answer.json()[name] for name in ("proposal", "reference", "members", "letters")} == {
        "proposal": str(s.OPEN),
        "reference": "GA-7",
        "members": 1,
        "letters": 1,
    }
    assert letters(people) == [(on_file[3], "reminder", True)]


def test_a_second_reminder_on_one_day_is_refused_and_the_same_request_repeated_is_not(
    ask_people, signed_in, people, on_file
):
    headers = signed_in(COORDINATOR)
    first = ask_people("POST", PATH, json=OPEN, headers=headers | {"idempotency-key": "one"})
    repeated = ask_people("POST", PATH, json=OPEN, headers=headers | {"idempotency-key": "one"})
    second = ask_people("POST", PATH, json=OPEN, headers=headers | {"idempotency-key": "two"})

    assert (first.status_code, repeated.status_code) == (201, 200)
    assert repeated.json()["at"] == first.json()["at"]
    assert (second.status_code, second.json()["code"]) == (409, "REMINDED_TODAY")
    assert len(letters(people)) == 1


@pytest.mark.parametrize("proposal", [s.PENDING, s.REJECTED, s.WITHDRAWN])
def test_there_is_nothing_to_remind_of_where_voting_is_not_open(ask_people, signed_in, proposal):
    answer = ask_people("POST", PATH, json={"proposal": str(proposal)}, headers=signed_in(COORDINATOR))
    assert (answer.status_code, answer.json()["code"]) == (409, "NOTHING_TO_REMIND_OF")


def test_attack_nobody_but_the_coordinator_reminds(ask_people, signed_in, people, on_file):
    asked = [ask_people("POST", PATH, json=OPEN, headers=signed_in(key)) for key in (key_of(1), AUDITOR)]
    machine = ask_people("POST", PATH, json=OPEN, headers=token(people, Scope.RELAY_SUBMIT))

    assert [each.json()["code"] for each in (*asked, machine)] == ["NOT_ALLOWED"] * 3
    assert ask_people("POST", PATH, json=OPEN).status_code == 401
    assert letters(people) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"proposal": 1}, 422),
        ({"proposal": "-1"}, 422),
        ({"proposal": "999999"}, 404),
        ({**OPEN, "x": 1}, 422),
    ],
)
def test_what_is_not_understood_reminds_nobody(ask_people, signed_in, body, status):
    assert ask_people("POST", PATH, json=body, headers=signed_in(COORDINATOR)).status_code == status


def test_without_a_mail_server_nobody_is_reminded(client_of, people, settings_of_people, signed_in):
    ask = client_of(people, settings_of_people.model_copy(update={"smtp_url": None}))
    answer = ask("POST", PATH, json=OPEN, headers=signed_in(COORDINATOR))
    assert (answer.status_code, answer.json()["code"]) == (409, "NOTICES_OFF")
