"""Subscriptions over the API: who may have them, what is told of them, and what is refused."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from backend.database.desk.webhooks import WebhookRecord
from backend.indexer.export import export
from backend.indexer.rebuild import rebuild
from backend.notices import subscriptions
from backend.notices.refusals import TooManyWebhooksError
from backend.people.callers import Scope
from backend.people.sessions import open_session
from backend.people.tokens import TokenOrder, make_token
from tests.backend import story as s
from tests.backend.happenings import ballot, happen

HOOK = {"url": "https://hooks.example.org/zbor", "types": ["ballot", "proposal.closed"]}


@pytest.fixture
def mirror(make_mirror, story):
    return make_mirror(story.told)


@pytest.fixture
def ask(client_of, mirror):
    return client_of(mirror)


@pytest.fixture
def machine(mirror):
    return token(mirror, Scope.WEBHOOKS_WRITE)


@pytest.fixture
def coordinator(mirror):
    with mirror.writing() as session:
        secret = open_session(session, mirror.consortium.id, registrar_of(mirror), None, s.NOW)
    return {"cookie": f"zbor={secret}", "origin": "http://127.0.0.1:8000"}


def registrar_of(mirror):
    with mirror.asking() as session:
        return session.connection().exec_driver_sql("SELECT registrar FROM consortia").scalar_one()


def token(mirror, *scopes):
    with mirror.writing() as session:
        _, secret = make_token(session, mirror.consortium, TokenOrder(label="x", scopes=scopes, lasts=3600), s.NOW)
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture
def made(ask, machine):
    return ask("POST", "/v1/webhooks", json=HOOK, headers=machine).json()


def test_a_subscription_is_made_read_listed_and_ended(ask, machine, made):
    assert made["secret"].startswith("whsec_")
    path = f"/v1/webhooks/{made['webhook_id']}"
    told = ask("GET", path, headers=machine).json()
    listed = ask("GET", "/v1/webhooks", headers=machine).json()

    assert told == {key: value for key, value in made.items() if key != "secret"}
    assert [each["webhook_id"] for each in listed["items"]] == [made["webhook_id"]]
    assert ask("GET", f"{path}/deliveries", headers=machine).json()["total"] == 0
    assert ask("DELETE", path, headers=machine).status_code == 204
    assert ask("GET", path, headers=machine).json()["code"] == "WEBHOOK_NOT_FOUND"


def test_a_secret_is_shown_once_and_changed_on_demand(ask, machine, made, mirror):
    answer = ask("POST", f"/v1/webhooks/{made['webhook_id']}/secret", headers=machine)
    with mirror.asking() as session:
        kept = session.scalars(select(WebhookRecord)).one()

    assert kept.previous_secret == made["secret"] != answer.json()["secret"] == kept.secret
    assert answer.headers["cache-control"] == "no-store"


def test_it_begins_with_what_comes_and_is_moved_back_on_demand(ask, machine, made, mirror):
    begun = made["cursor"]
    happen(mirror, ballot(3))
    resumed = ask("POST", f"/v1/webhooks/{made['webhook_id']}/resume", json={"since": "0"}, headers=machine).json()
    again = ask("POST", f"/v1/webhooks/{made['webhook_id']}/resume", json={}, headers=machine).json()

    assert begun != "0"
    assert (resumed["cursor"], again["cursor"]) == ("0", "0")


def test_a_request_that_is_repeated_makes_one_subscription(ask, machine):
    headers = machine | {"idempotency-key": "first"}
    first, second = (ask("POST", "/v1/webhooks", json=HOOK, headers=headers).json() for _ in range(2))
    other = ask("POST", "/v1/webhooks", json=HOOK, headers=machine).json()

    assert first["webhook_id"] == second["webhook_id"] != other["webhook_id"]


def test_attack_another_s_subscription_is_not_there(ask, mirror, made, coordinator):
    stranger, path = token(mirror, Scope.WEBHOOKS_WRITE), f"/v1/webhooks/{made['webhook_id']}"
    for method, below, more in (
        ("GET", "", {}),
        ("DELETE", "", {}),
        ("GET", "/deliveries", {}),
        ("POST", "/secret", {}),
        ("POST", "/resume", {"json": {}}),
    ):
        assert ask(method, path + below, headers=stranger, **more).json()["code"] == "WEBHOOK_NOT_FOUND"
    assert ask("GET", "/v1/webhooks", headers=stranger).json()["items"] == []
    assert ask("GET", path, headers=coordinator).status_code == 200


def test_attack_without_the_scope_nobody_subscribes(ask, mirror):
    answers = [
        ask("POST", "/v1/webhooks", json=HOOK, headers=given) for given in ({}, token(mirror, Scope.RELAY_SUBMIT))
    ]
    assert [answer.status_code for answer in answers] == [401, 403]


@pytest.mark.parametrize(
    "url", ["http://example.org/", "https://127.0.0.1/", "https://2130706433/", "https://[::1]/", "https://localhost/"]
)
def test_attack_an_address_inside_is_refused(ask, machine, url):
    answer = ask("POST", "/v1/webhooks", json={"url": url}, headers=machine)
    assert (answer.status_code, answer.json()["code"]) == (422, "ADDRESS_REFUSED")


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({**HOOK, "types": ["nothing.at_all"]}, 422),
        ({**HOOK, "types": ["ballot"] * 51}, 422),
        ({**HOOK, "since": "0123abcd-999999"}, 410),
        ({**HOOK, "since": "' OR 1=1"}, 422),
        ({**HOOK, "secret": "whsec_mine"}, 422),
        ({**HOOK, "proposal_id": "-1"}, 422),
        ({}, 422),
        ([], 422),
    ],
)
def test_attack_an_order_that_makes_no_sense_is_refused(ask, machine, order, status):
    assert ask("POST", "/v1/webhooks", json=order, headers=machine).status_code == status


def test_attack_nobody_fills_the_table(ask, machine, monkeypatch):
    monkeypatch.setattr(subscriptions, "MOST_OF_ONE", 2)
    answers = [ask("POST", "/v1/webhooks", json=HOOK, headers=machine) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 409]


def test_attack_who_comes_many_at_once_gets_no_more(mirror, monkeypatch):
    monkeypatch.setattr(subscriptions, "MOST_OF_ONE", 1)
    wanted, refused = subscriptions.Subscription("https://hooks.example.org/zbor"), []

    def second():
        try:
            with mirror.writing() as other:
                subscriptions.subscribe(other, mirror.consortium, wanted, "token x", None, s.NOW)
        except TooManyWebhooksError as error:
            refused.append(error.most)

    thread = threading.Thread(target=second)
    with mirror.writing() as session:
        subscriptions.subscribe(session, mirror.consortium, wanted, "token x", None, s.NOW)
        thread.start()
        thread.join(1)  # what waits its turn is still waiting
    thread.join()

    assert refused == [1]


def test_attack_a_request_that_is_repeated_at_once_makes_one_subscription(mirror):
    wanted = subscriptions.Subscription("https://hooks.example.org/zbor", idempotency_key="first")
    made = []

    def second():
        with mirror.writing() as other:
            made.append(subscriptions.subscribe(other, mirror.consortium, wanted, "token x", None, s.NOW).webhook_id)

    thread = threading.Thread(target=second)
    with mirror.writing() as session:
        first = subscriptions.subscribe(session, mirror.consortium, wanted, "token x", None, s.NOW).webhook_id
        thread.start()
        thread.join(1)
    thread.join()

    assert made == [first]


@pytest.mark.parametrize("description", ["\x00", "a\nb", "\u202e", "\x7f"])
def test_attack_a_description_that_no_line_shows_is_refused(ask, machine, description):
    assert ask("POST", "/v1/webhooks", json={**HOOK, "description": description}, headers=machine).status_code == 422


def test_rebuilding_leaves_subscriptions_alone_and_the_export_does_not_know_them(mirror, made):
    with mirror.sessions.begin() as session:
        before = "".join(export(session, 1))
        rebuild(session)
        assert "".join(export(session, 1)) == before
        assert session.scalars(select(WebhookRecord.webhook_id)).one() == made["webhook_id"]
    assert made["secret"] not in before
    assert "hooks.example.org" not in before
