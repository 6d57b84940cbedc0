"""Who sees and changes what is kept on persons: every role, and every way to reach beyond one's own."""

import logging

import pytest
from sqlalchemy import select

from backend.database.schema import METADATA
from backend.people import representatives
from backend.people.callers import Scope
from backend.people.refusals import TooManyPersonsError
from backend.people.representatives import Appointment, Function, Representative
from backend.people.sessions import open_session
from backend.people.tokens import TokenOrder, make_token
from tests.backend import story as s
from tests.backend.keys import AUDITOR, COORDINATOR, key_of

ANA, CVITA = key_of(1), key_of(3)
NAME, EMAIL = "Nadja Čarovnik", "nadja.carovnik@zavod-ana.example"
APPOINTED = {
    "member": 1,
    "function": "representative",
    "name": NAME,
    "email": EMAIL,
    "language": "sl",
    "consent": True,
}


@pytest.fixture
def as_(ask_people, signed_in):
    """Asks as whoever holds a key."""
    headers = {}

    def ask(key, method, path, **more):
        if key not in headers:
            headers[key] = signed_in(key)
        return ask_people(method, path, headers=headers[key], **more)

    return ask


@pytest.fixture
def appoint(as_):
    def post(**more):
        answer = as_(COORDINATOR, "POST", "/v1/representatives", json=APPOINTED | more)
        assert answer.status_code == 201, answer.text
        return answer.json()["representative"]["person"]

    return post


def test_the_coordinator_puts_somebody_on_file_and_sees_them(as_, appoint):
    person = appoint()
    told = as_(COORDINATOR, "GET", f"/v1/representatives/{person}").json()["representative"]

    assert (told["name"], told["email"], told["language"]) == (NAME, EMAIL, "sl")
    assert (told["member_id"], told["function"], told["until"]) == (1, "representative", None)
    assert told["consented_at"] == told["since"]


def test_a_member_sees_its_own(as_, appoint):
    appoint()
    appoint(member=3, name="Cvita", email="cvita@udruga.example")
    own = as_(ANA, "GET", "/v1/representatives").json()

    assert [(each["member_id"], each["email"]) for each in own["items"]] == [(1, EMAIL)]
    assert as_(ANA, "GET", "/v1/representatives?member=1").json()["items"] == own["items"]


def test_a_member_does_not_see_another_s(as_, appoint):
    person = appoint()
    listed = as_(CVITA, "GET", "/v1/representatives?member=1")
    one = as_(CVITA, "GET", f"/v1/representatives/{person}")

    assert (listed.status_code, listed.json()["code"]) == (403, "NOT_ALLOWED")
    assert (one.status_code, one.json()["code"]) == (404, "PERSON_NOT_FOUND")
    assert as_(CVITA, "GET", "/v1/representatives").json()["items"] == []


def test_whether_a_person_of_another_member_exists_is_not_told(as_, appoint):
    person, nobody = appoint(), "0" * 32
    answers = [as_(CVITA, "GET", f"/v1/representatives/{each}").json() for each in (person, nobody)]

    told = [{**each, "reference": "", "detail": each["detail"].replace(person, nobody)} for each in answers]
    assert told[0] == told[1]


def test_an_auditor_sees_all_without_addresses(as_, appoint):
    person = appoint()
    listed = as_(AUDITOR, "GET", "/v1/representatives")

    assert [(each["name"], each["email"]) for each in listed.json()["items"]] == [(NAME, None)]
    assert EMAIL not in listed.text + as_(AUDITOR, "GET", f"/v1/representatives/{person}").text


@pytest.mark.parametrize("path", ["/v1/representatives", "/v1/representatives/" + "0" * 32, "/v1/tokens"])
def test_who_is_not_signed_in_sees_nothing(ask_people, path):
    assert ask_people("GET", path).json()["code"] == "NOT_SIGNED_IN"


def test_an_organisation_puts_its_own_people_on_file_corrects_dismisses_and_erases_them(as_):
    made = as_(ANA, "POST", "/v1/representatives", json=APPOINTED | {"wallet": ANA.address})
    path = f"/v1/representatives/{made.json()['representative']['person']}"
    corrected = as_(ANA, "PUT", path, json={"name": "Nadja Novak", "email": "n@ana.example", "language": "it"})
    ended = as_(ANA, "POST", f"{path}/end", json={"until": "2031-01-01T00:00:00Z"})

    assert made.status_code == 201
    told = corrected.json()["representative"]
    assert (told["name"], told["email"], told["language"]) == ("Nadja Novak", "n@ana.example", "it")
    assert ended.json()["representative"]["until"] == "2031-01-01T00:00:00Z"
    assert as_(ANA, "DELETE", path).json()["rows"]["persons"] == 1


def test_an_organisation_changes_nobody_of_another(as_, appoint):
    person = appoint()
    correction = {"name": "x", "email": "x@y.example", "language": "sl"}
    attempts = [
        as_(CVITA, "POST", "/v1/representatives", json=APPOINTED),
        as_(CVITA, "POST", f"/v1/representatives/{person}/end", json={"until": "2031-01-01T00:00:00Z"}),
        as_(CVITA, "PUT", f"/v1/representatives/{person}", json=correction),
        as_(CVITA, "DELETE", f"/v1/representatives/{person}"),
    ]

    refused = [(403, "NOT_ALLOWED"), *[(404, "PERSON_NOT_FOUND")] * 3]
    assert [(each.status_code, each.json()["code"]) for each in attempts] == refused
    told = as_(ANA, "GET", f"/v1/representatives/{person}").json()["representative"]
    assert (told["name"], told["until"]) == (NAME, None)


def test_nobody_is_put_down_for_the_wallet_of_another_organisation(as_):
    """Else erasing them would end the other's sessions, tokens and webhooks."""
    refused = as_(ANA, "POST", "/v1/representatives", json=APPOINTED | {"wallet": CVITA.address})

    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert as_(CVITA, "GET", "/v1/session").json()["person"] is None


def test_who_was_erased_is_not_corrected_back(as_, appoint):
    person = appoint()
    as_(ANA, "DELETE", f"/v1/representatives/{person}")
    correction = {"name": NAME, "email": EMAIL, "language": "sl"}

    assert as_(ANA, "PUT", f"/v1/representatives/{person}", json=correction).json()["code"] == "PERSON_NOT_FOUND"


def test_an_auditor_changes_nothing(as_, appoint):
    person = appoint()
    attempts = [
        as_(AUDITOR, "POST", "/v1/representatives", json=APPOINTED),
        as_(AUDITOR, "POST", f"/v1/representatives/{person}/end", json={"until": "2031-01-01T00:00:00Z"}),
        as_(AUDITOR, "DELETE", f"/v1/representatives/{person}"),
    ]

    assert {(each.status_code, each.json()["code"]) for each in attempts} == {(403, "NOT_ALLOWED")}


@pytest.mark.parametrize("key", [ANA, AUDITOR], ids=["representative", "auditor"])
def test_nobody_but_the_coordinator_makes_tokens(as_, key):
    body = {"label": "mine", "scopes": ["tokens:write"]}
    attempts = [
        as_(key, "POST", "/v1/tokens", json=body),
        as_(key, "GET", "/v1/tokens"),
        as_(key, "DELETE", "/v1/tokens/" + "0" * 12),
    ]

    assert {(each.status_code, each.json()["code"]) for each in attempts} == {(403, "NOT_ALLOWED")}


@pytest.mark.parametrize("scope", ["people:write", "tokens:write", "people:read"])
def test_no_token_of_a_machine_rises_to_more(as_, scope):
    refused = as_(COORDINATOR, "POST", "/v1/tokens", json={"label": "x", "scopes": [scope]})

    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_REQUEST")


def test_a_token_whose_row_was_tampered_with_still_cannot_do_more_than_its_role(ask_people, people):
    order = TokenOrder(label="x", scopes=[Scope.DOCUMENTS_WRITE], lasts=3600)
    tokens = METADATA.tables["tokens"]
    with people.writing() as session:
        _, secret = make_token(session, people.consortium, order, s.NOW)
        session.execute(tokens.update().values(scopes=["documents:write", "tokens:write", "people:write"]))
    headers = {"authorization": f"Bearer {secret}"}

    assert ask_people("GET", "/v1/session", headers=headers).json()["scopes"] == ["documents:write"]
    assert ask_people("GET", "/v1/tokens", headers=headers).json()["code"] == "NOT_ALLOWED"


def test_a_token_without_the_scope_is_refused(ask_people, as_):
    made = as_(COORDINATOR, "POST", "/v1/tokens", json={"label": "relay", "scopes": ["relay:submit"], "member": 1})
    headers = {"authorization": f"Bearer {made.json()['secret']}"}
    refused = ask_people("GET", "/v1/representatives", headers=headers)

    assert made.status_code == 201
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert "people:read" in refused.json()["detail"]


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(ask_people, as_):
    made = as_(COORDINATOR, "POST", "/v1/tokens", json={"label": "archive", "scopes": ["documents:write"], "days": 1})
    token, secret = made.json()["token"], made.json()["secret"]
    listed = as_(COORDINATOR, "GET", "/v1/tokens")
    assert listed.json()["items"] == [token]
    assert secret not in listed.text

    assert as_(COORDINATOR, "DELETE", f"/v1/tokens/{token['name']}").status_code == 204
    assert as_(COORDINATOR, "DELETE", f"/v1/tokens/{'0' * 12}").json()["code"] == "TOKEN_NOT_FOUND"
    assert ask_people("GET", "/v1/session", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    assert as_(COORDINATOR, "GET", "/v1/tokens").json()["items"][0]["revoked_at"] is not None


def test_a_dismissal_ends_it_and_keeps_who_it_was(as_, appoint):
    person = appoint(since="2027-01-01T00:00:00Z")
    ended = as_(COORDINATOR, "POST", f"/v1/representatives/{person}/end", json={"until": "2027-02-01T00:00:00Z"})
    early = as_(COORDINATOR, "POST", f"/v1/representatives/{person}/end", json={"until": "2026-02-01T00:00:00Z"})

    assert ended.json()["representative"]["until"] == "2027-02-01T00:00:00Z"
    assert early.json()["code"] == "INVALID_REQUEST"


@pytest.mark.parametrize(
    "change",
    [
        {"consent": False},
        {"consent": None},
        {"name": ""},
        {"name": "a\nb"},
        {"name": "a\u202eb"},
        {"name": "a" * 201},
        {"email": "nadja"},
        {"email": "a@b"},
        {"email": "a@b.example\nbcc: c@d.example"},
        {"email": "<script>@b.example"},
        {"email": "a" * 250 + "@b.example"},
        {"language": "Slovene"},
        {"function": "king"},
        {"member": 99},
        {"member": -1},
        {"wallet": "0x12"},
        {"since": "9999-12-31T23:59:59-14:00"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"more": 1},
    ],
)
def test_what_is_not_in_order_is_refused_and_not_repeated(as_, change):
    refused = as_(COORDINATOR, "POST", "/v1/representatives", json=APPOINTED | change)

    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_REQUEST")
    assert NAME not in refused.text
    assert EMAIL not in refused.text


def test_erasing_removes_the_person_everywhere_and_says_what_went(as_, appoint, people, ask_people):
    person = appoint(wallet=CVITA.address.lower(), member=3)
    session_of_theirs = as_(CVITA, "GET", "/v1/session").json()
    token = {"label": "x", "scopes": ["documents:write"], "member": 3, "person": person}
    secret = as_(COORDINATOR, "POST", "/v1/tokens", json=token).json()["secret"]
    erased = as_(COORDINATOR, "DELETE", f"/v1/representatives/{person}").json()

    assert session_of_theirs["person"] == person
    kinds = ("letters", "notice_preferences", "persons", "sessions", "tokens", "webhooks")
    assert erased["rows"] == dict.fromkeys(kinds, 0) | {"persons": 1, "sessions": 1, "tokens": 1}
    assert as_(CVITA, "GET", "/v1/session").status_code == 401, "an erased person's session"
    assert ask_people("GET", "/v1/session", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    told = as_(COORDINATOR, "GET", f"/v1/representatives/{person}").json()["representative"]
    assert (told["name"], told["email"], told["wallet"], told["consented_at"]) == (None, None, None, None)
    assert (told["member_id"], told["erased_at"] is not None, told["until"] is not None) == (3, True, True)
    assert not any(found_in(people, word) for word in (NAME, EMAIL, "carovnik"))


def test_erasing_twice_removes_nothing_more(as_, appoint):
    person = appoint()
    as_(COORDINATOR, "DELETE", f"/v1/representatives/{person}")
    again = as_(COORDINATOR, "DELETE", f"/v1/representatives/{person}")

    assert (again.status_code, set(again.json()["rows"].values())) == (200, {0})


def test_a_person_erases_themselves_and_nobody_else(as_, appoint):
    other = appoint()
    own = appoint(member=3, wallet=CVITA.address)

    assert as_(CVITA, "DELETE", f"/v1/representatives/{other}").status_code == 404
    assert as_(CVITA, "DELETE", f"/v1/representatives/{own}").json()["rows"]["persons"] == 1


def test_a_session_from_before_the_person_was_on_file_ends_too(as_, appoint, ask_people):
    assert as_(CVITA, "GET", "/v1/session").json()["person"] is None
    person = appoint(member=3, wallet=CVITA.address)
    as_(COORDINATOR, "DELETE", f"/v1/representatives/{person}")

    assert as_(CVITA, "GET", "/v1/session").status_code == 401


def test_nothing_personal_reaches_the_log(as_, appoint, caplog, people):
    caplog.set_level(logging.DEBUG)
    person = appoint()
    as_(ANA, "GET", "/v1/representatives")
    as_(COORDINATOR, "POST", "/v1/representatives", json=APPOINTED | {"email": "no address " + EMAIL})
    with people.writing() as session:
        session.execute(METADATA.tables["representations"].delete())
    as_(COORDINATOR, "DELETE", f"/v1/representatives/{person}")

    assert len(caplog.messages) > 0
    assert NAME not in caplog.text
    assert EMAIL not in caplog.text


def test_a_bug_whose_statement_holds_a_person_is_logged_without_them(as_, appoint, people, caplog):
    """A statement that fails is told to the log with all it was given, unless the engine is told not to."""
    appoint()
    with people.writing() as session:
        session.connection().exec_driver_sql("DROP TABLE representations")
        session.connection().exec_driver_sql("CREATE TABLE representations (consortium_id integer)")
    answer = as_(COORDINATOR, "POST", "/v1/representatives", json=APPOINTED)

    assert answer.status_code in (500, 503)
    assert NAME not in caplog.text + answer.text
    assert EMAIL not in caplog.text + answer.text


def test_an_appointment_printed_by_mistake_names_nobody():
    appointment = Appointment(1, Function.DEPUTY, NAME, EMAIL, "sl", 1)
    told = Representative("ab", 1, "deputy", 1, None, None, NAME, EMAIL, "sl", 1, None)

    assert NAME not in f"{appointment!r} {told!r} {appointment} {told}"


def test_sessions_are_pseudonymous(people):
    with people.writing() as session:
        open_session(session, people.consortium.id, ANA.address, "ab" * 16, s.NOW)
        row = session.execute(select(METADATA.tables["sessions"])).mappings().one()

    assert set(row) == {"consortium_id", "token_hash", "wallet", "person", "opened_at", "expires_at"}


def found_in(mirror, word):
    """Every table that holds a word."""
    with mirror.asking() as session:
        return [
            table.name
            for table in METADATA.tables.values()
            if any(word in str(row) for row in session.execute(select(table)))
        ]


def test_attack_an_organisation_does_not_have_strangers_written_to_without_end(as_, monkeypatch):
    """Every one on file is sent each notice: a thousand times the same address would be a thousand letters."""
    monkeypatch.setattr(representatives, "MOST_PERSONS", 3)
    kept = [as_(ANA, "POST", "/v1/representatives", json=APPOINTED) for _ in range(3)]
    person = kept[0].json()["representative"]["person"]
    assert [answer.status_code for answer in kept] == [201] * 3

    assert as_(ANA, "DELETE", f"/v1/representatives/{person}").status_code == 200
    for key in (ANA, COORDINATOR):
        refused = as_(key, "POST", "/v1/representatives", json=APPOINTED)
        assert (refused.status_code, refused.json()["code"]) == (409, "TOO_MANY_PERSONS")
    assert as_(CVITA, "POST", "/v1/representatives", json=APPOINTED | {"member": 3}).status_code == 201


def test_who_was_erased_a_day_ago_makes_room_for_another(people):
    appointment = Appointment(1, Function.CONTACT, NAME, EMAIL, "sl", s.START)
    with people.writing() as session:
        found = [
            representatives.appoint(session, people.consortium, appointment, s.NOW)
            for _ in range(representatives.MOST_PERSONS)
        ]
        representatives.find_representation(session, people.consortium.id, found[0]).erased_at = s.NOW
        with pytest.raises(TooManyPersonsError):
            representatives.appoint(session, people.consortium, appointment, s.NOW + s.DAY - 1)
        assert representatives.appoint(session, people.consortium, appointment, s.NOW + s.DAY)
