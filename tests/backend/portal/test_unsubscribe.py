"""The page behind the link in a letter."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from backend.app import create_app
from backend.notices.farewells import farewell_token
from backend.notices.occasions import Occasion
from backend.notices.preferences import change_preferences, read_preferences
from backend.people.erasure import erase
from backend.people.nonces import make_key
from backend.people.representatives import Appointment, Function, appoint
from backend.settings import Settings
from tests.backend import story as s

PATH = "/notices/unsubscribe"
ONE_CLICK = {
    "content": "List-Unsubscribe=One-Click",
    "headers": {"content-type": "application/x-www-form-urlencoded"},
}


@pytest.fixture
def told(fresh_mirror, story):
    return fresh_mirror(story.told)


@pytest.fixture
def ask(told, tmp_path):
    """Asks the whole application in any manner; no socket is opened."""
    record = tmp_path / "trial.json"
    record.write_text("{}")
    app = create_app(told, Settings(deployment=record))

    def once(path, method="GET", headers=None, **more):
        async def asked():
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                return await client.request(method, path, headers={"accept-language": "en", **(headers or {})}, **more)

        return asyncio.run(asked())

    return once


@pytest.fixture
def person(told):
    appointment = Appointment(3, Function.REPRESENTATIVE, "Oseba", "oseba@example.org", "sl", s.START)
    with told.writing() as session:
        return appoint(session, told.consortium, appointment, s.NOW)


@pytest.fixture
def token(told, person):
    with told.writing() as session:
        return farewell_token(make_key(session, told.consortium.id), person)


def preferences(told, person):
    with told.asking() as session:
        return read_preferences(session, told.consortium.id, person)


def test_looking_at_the_page_changes_nothing(ask, told, person, token):
    """Programs that look for viruses open every link."""
    answer = ask(f"{PATH}?token={token}")

    assert answer.status_code == 200
    assert "Do you want no more of them?" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert not preferences(told, person).unsubscribed


def test_one_click_stops_all_notices_without_signing_in_and_there_is_a_way_back(ask, told, person, token):
    with told.writing() as session:
        change_preferences(session, told.consortium.id, person, wanted={Occasion.RESULT: False})
    stopped = ask(f"{PATH}?token={token}", method="POST", **ONE_CLICK)
    after = preferences(told, person)
    back = ask(f"{PATH}?token={token}", method="POST", **ONE_CLICK | {"content": "again=yes"})

    assert (stopped.status_code, after.unsubscribed) == (200, True)
    assert "You will get no more notices." in stopped.text
    assert 'name="again"' in stopped.text
    assert "You will get notices again." in back.text
    assert not preferences(told, person).unsubscribed
    assert preferences(told, person).wanted[Occasion.RESULT] is False, "the choice of before is kept"


def test_stopping_twice_is_stopping_once(ask, told, person, token):
    for _ in range(2):
        assert ask(f"{PATH}?token={token}", method="POST", **ONE_CLICK).status_code == 200
    assert preferences(told, person).unsubscribed


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + "0" if t[-1] != "0" else t[:-1] + "1", lambda t: "f" * 32 + t[32:]]
)
def test_attack_a_forged_link_stops_nobody_s_notices(ask, told, person, token, change):
    answer = ask(f"{PATH}?token={change(token)}", method="POST", **ONE_CLICK)
    assert (answer.status_code, preferences(told, person).unsubscribed) == (404, False)


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "%00", "<script>", "../../etc"])
def test_attack_what_is_no_token_is_answered_calmly_and_not_repeated(ask, token):
    for method in ("GET", "POST"):
        answer = ask(f"{PATH}?token={token}", method=method)
        assert answer.status_code == 404
        assert "<script>" not in answer.text


def test_attack_a_form_without_end_is_not_read(ask, told, person, token):
    answer = ask(f"{PATH}?token={token}", method="POST", content="x=" + "y" * 200_000)
    assert answer.status_code == 200


def test_the_link_of_somebody_who_was_erased_leads_to_nothing(ask, told, person, token):
    erase(told, person)
    assert ask(f"{PATH}?token={token}", method="POST", **ONE_CLICK).status_code == 404


def test_the_page_speaks_the_reader_s_language(ask, token):
    assert "Ειδοποιήσεις με ηλεκτρονικό ταχυδρομείο" in ask(f"{PATH}?token={token}&lang=el").text
