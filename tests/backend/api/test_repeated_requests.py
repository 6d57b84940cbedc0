"""A request that is sent again with its `Idempotency-Key` makes nothing new, whatever it makes."""

import threading

import pytest
from sqlalchemy import func, select

from backend.database.desk import RepresentationRecord, TokenRecord, WebhookRecord
from backend.people.callers import Scope
from backend.people.tokens import TokenOrder, find_token, make_token
from tests.backend import story as s
from tests.backend.keys import COORDINATOR, key_of

ANA, CVITA = key_of(1), key_of(3)
KEY = {"idempotency-key": "our-own-name"}
TOKEN = {"label": "archive", "scopes": ["relay:submit"], "days": 30}
PERSON = {
    "member": 1,
    "function": "deputy",
    "name": "Bor",
    "email": "bor@zbor.example",
    "language": "sl",
    "consent": True,
}
HOOK = {"url": "https://hooks.example.org/zbor", "types": ["ballot"], "since": "0"}
MADE = [
    pytest.param("/v1/tokens", COORDINATOR, TOKEN, {"label": "another"}, TokenRecord, id="token"),
    pytest.param("/v1/tokens", COORDINATOR, TOKEN, {"scopes": ["documents:write"]}, TokenRecord, id="token's scopes"),
    pytest.param("/v1/tokens", COORDINATOR, TOKEN, {"days": 31}, TokenRecord, id="token's days"),
    pytest.param("/v1/representatives", ANA, PERSON, {"function": "contact"}, RepresentationRecord, id="person"),
    pytest.param("/v1/webhooks", ANA, HOOK, {"url": "https://hooks.example.org/b"}, WebhookRecord, id="webhook"),
    pytest.param("/v1/webhooks", ANA, HOOK, {"types": []}, WebhookRecord, id="webhook's types"),
]


def name_in(told):
    """What the thing that was made is called."""
    return told.get("webhook_id") or (told.get("token") or told["representative"]).get(
        "name" if "token" in told else "person"
    )


def count(mirror, record):
    with mirror.asking() as session:
        return session.scalar(select(func.count()).select_from(record))


@pytest.mark.parametrize(("path", "key", "body", "other", "record"), MADE)
def test_a_request_that_is_repeated_makes_one(people, ask_people, signed_in, path, key, body, other, record):
    headers = signed_in(key)
    first = ask_people("POST", path, json=body, headers=headers | KEY)
    again = ask_people("POST", path, json=body, headers=headers | KEY)

    assert (first.status_code, again.status_code) == (201, 201), again.text
    assert name_in(first.json()) == name_in(again.json())
    assert count(people, record) == 1
    without = ask_people("POST", path, json=body, headers=headers)
    assert name_in(without.json()) != name_in(first.json())
    assert count(people, record) == 2


@pytest.mark.parametrize(("path", "key", "body", "other", "record"), MADE)
def test_attack_a_key_stands_for_one_request(people, ask_people, signed_in, path, key, body, other, record):
    headers = signed_in(key) | KEY
    assert ask_people("POST", path, json=body, headers=headers).status_code == 201
    refused = ask_people("POST", path, json=body | other, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert count(people, record) == 1


@pytest.mark.parametrize("key", ["", "a b", "č", "x" * 65])
@pytest.mark.parametrize("path", ["/v1/tokens", "/v1/representatives", "/v1/webhooks"])
def test_a_key_of_another_shape_is_refused(ask_people, signed_in, path, key):
    headers = signed_in(COORDINATOR) | {"idempotency-key": key.encode()}
    answer = ask_people("POST", path, json={}, headers=headers)

    assert answer.status_code == 422
    assert "dempotency" in answer.text


def test_another_s_key_is_another_key(people, ask_people, signed_in):
    for key, member in ((ANA, 1), (CVITA, 3)):
        made = ask_people("POST", "/v1/representatives", json=PERSON | {"member": member}, headers=signed_in(key) | KEY)
        assert (made.status_code, made.json()["representative"]["member_id"]) == (201, member)

    assert count(people, RepresentationRecord) == 2


def test_of_a_token_the_secret_that_was_told_last_holds(ask_people, signed_in):
    """The one before may have been lost on the way, and is kept nowhere."""
    headers = signed_in(COORDINATOR) | KEY
    first, again = (ask_people("POST", "/v1/tokens", json=TOKEN, headers=headers).json()["secret"] for _ in range(2))

    assert first != again
    assert ask_people("GET", "/v1/session", headers={"authorization": f"Bearer {first}"}).status_code == 401
    assert ask_people("GET", "/v1/session", headers={"authorization": f"Bearer {again}"}).status_code == 200


def test_attack_a_request_that_is_repeated_wakes_no_token_that_was_revoked(ask_people, signed_in):
    headers = signed_in(COORDINATOR)
    made = ask_people("POST", "/v1/tokens", json=TOKEN, headers=headers | KEY).json()
    assert ask_people("DELETE", f"/v1/tokens/{made['token']['name']}", headers=headers).status_code == 204
    refused = ask_people("POST", "/v1/tokens", json=TOKEN, headers=headers | KEY)

    assert (refused.status_code, refused.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


def test_whoever_was_erased_is_not_put_on_file_again_by_an_old_request(people, ask_people, signed_in):
    headers = signed_in(ANA)
    made = ask_people("POST", "/v1/representatives", json=PERSON, headers=headers | KEY).json()["representative"]
    assert ask_people("DELETE", f"/v1/representatives/{made['person']}", headers=headers).status_code == 200
    again = ask_people("POST", "/v1/representatives", json=PERSON, headers=headers | KEY).json()["representative"]

    assert (again["person"], again["name"], again["email"]) == (made["person"], None, None)
    assert again["erased_at"] is not None


def test_attack_a_request_that_is_repeated_at_once_makes_one_token(people):
    order = TokenOrder("x", [Scope.RELAY_SUBMIT], 3600, made_by=f"wallet {COORDINATOR.address}", idempotency_key="k")
    names, secrets = [], []

    def make():
        with people.writing() as session:
            token, secret = make_token(session, people.consortium, order, s.NOW)
        names.append(token.name)
        secrets.append(secret)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (len(names), len(set(names)), len(set(secrets))) == (6, 1, 6)
    with people.asking() as session:
        found = [find_token(session, people.consortium, secret, s.NOW) for secret in secrets]
    assert sum(each is not None for each in found) == 1
