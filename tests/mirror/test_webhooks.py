"""Calls to subscribers by several couriers, some of which die, and to addresses that mean no good."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.api.changes import written
from backend.chain.calls import CallBook
from backend.chain.decoder import Logged
from backend.database.desk import DeliveryRecord, TokenRecord
from backend.database.schema import upgrade
from backend.database.session import engine_from, session_factory
from backend.documents.store import DocumentStore
from backend.indexer.consortia import register
from backend.notices import courier, deliveries, post
from backend.notices.courier import Courier
from backend.notices.deliveries import Standing, count_subscriptions
from backend.notices.subscriptions import Subscription, find_webhook, replay, rotate, subscribe
from backend.people.callers import Scope
from backend.people.tokens import TokenOrder, make_token, revoke_token
from backend.queries.consortium import Consortium
from backend.queries.mirror import Mirror
from scripts.toolchain import ROOT
from tests.backend.conftest import mirror_events
from tests.backend.happenings import ballot, changed, happen
from tests.mirror.conftest import deployment_on, wait_until
from tests.mirror.subscriber import Subscriber

QUICK, LASTS = 0.05, 3600


def mirror_at(url, folder):
    deployment = deployment_on()
    sessions = session_factory(engine_from(url))
    with sessions.begin() as session:
        consortium_id = register(session, deployment)
    consortium = Consortium(
        id=consortium_id,
        name="Trial",
        notice=None,
        chain_id=deployment.chain_id,
        registry=deployment.registry,
        rulebook=deployment.rulebook,
        records=deployment.records,
        start_block=1,
        documents=DocumentStore(folder),
        calls=CallBook(deployment),
    )
    return Mirror(sessions, consortium, lambda: int(time.time()))


@pytest.fixture
def mirror(database_url, tmp_path, told):
    upgrade(database_url)
    made = mirror_at(database_url, tmp_path)
    with made.sessions.begin() as session:
        mirror_events(session, made.consortium.id, [Logged(event, place) for place, event in told])
    yield made
    made.sessions.kw["bind"].dispose()


@pytest.fixture
def subscriber():
    with Subscriber().open() as made:
        yield made


@pytest.fixture
def token(mirror):
    """Public name of the token that the subscription is made with."""
    order = TokenOrder("x", [Scope.WEBHOOKS_WRITE], LASTS)
    with mirror.writing() as session:
        return make_token(session, mirror.consortium, order, mirror.wall_clock())[0].name


@pytest.fixture
def webhook(mirror, subscriber, token):
    """A subscription to ballots, from the beginning."""
    with mirror.writing() as session:
        wanted = Subscription(subscriber.url, types=("ballot",), since="0")
        return subscribe(session, mirror.consortium, wanted, f"token {token}", None, 0).webhook_id


def test_the_courier_says_when_the_database_is_away_and_when_it_is_back(mirror, subscriber, tmp_path):
    away = session_factory(engine_from(f"postgresql+psycopg://zbor@/mirror?host={tmp_path}"))
    stop = threading.Event()
    courier = Courier(replace(mirror, sessions=away), written, (subscriber.host,), look_every=QUICK)
    thread = threading.Thread(target=lambda: asyncio.run(courier.run(stop)), daemon=True)
    thread.start()
    try:
        wait_until(lambda: courier.health() == {"status": "failing", "problem": "DATABASE_UNAVAILABLE"})
        courier.mirror = mirror
        wait_until(lambda: courier.health() == {"status": "ok"})
    finally:
        stop.set()
        thread.join(30)


@contextmanager
def couriers(mirror, subscriber, count=1, lease=5.0):
    stop, threads = threading.Event(), []
    for _ in range(count):
        made = Courier(mirror, written, (subscriber.host,), lease_seconds=lease, look_every=QUICK)
        threads.append(threading.Thread(target=lambda each=made: asyncio.run(each.run(stop)), daemon=True))
        threads[-1].start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


def kept(mirror, webhook):
    with mirror.asking() as session:
        return find_webhook(session, mirror.consortium, webhook, None)


def log_of(mirror):
    with mirror.asking() as session:
        return session.scalars(select(DeliveryRecord).order_by(DeliveryRecord.attempt)).all()


def ballots_told(told):
    return sum(type(event).__name__ in ("VoteCast", "BallotCounted", "BallotRefused") for _, event in told)


def test_every_change_that_was_asked_for_arrives_in_order_signed_and_enveloped(mirror, subscriber, webhook, told):
    expected = ballots_told(told)
    with couriers(mirror, subscriber):
        wait_until(lambda: len(subscriber.calls) == expected)
        happen(mirror, ballot(3))
        wait_until(lambda: len(subscriber.calls) == expected + 1)

    call = subscriber.calls[-1]
    event = call["event"]
    assert subscriber.numbers == sorted(set(subscriber.numbers))
    assert (event["specversion"], event["type"], event["subject"]) == ("1.0", "zbor.ballot.cast", "proposals/1006")
    assert event["id"] == call["headers"]["webhook-id"] == event["data"]["cursor"]
    assert event["source"] == f"urn:zbor:eip155:31337:{mirror.consortium.registry.lower()}"
    assert call["headers"]["content-type"] == "application/cloudevents+json"
    assert verified(call, kept(mirror, webhook).secret) == "valid"


def verified(call, secret):
    program = """
import { readFileSync } from 'node:fs'
import { Webhook } from 'standardwebhooks'
const { secret, body, headers } = JSON.parse(readFileSync(0, 'utf8'))
try { new Webhook(secret).verify(body, headers); console.log('valid') } catch (error) { console.log(error.message) }
"""
    given = json.dumps({"secret": secret, "body": call["body"].decode(), "headers": call["headers"]})
    command = ["node", "--input-type=module", "--eval", program]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True).stdout.strip()


def test_for_a_day_after_a_rotation_both_secrets_sign(mirror, subscriber, webhook):
    old = kept(mirror, webhook).secret
    with mirror.writing() as session:
        rotate(find_webhook(session, mirror.consortium, webhook, None), int(time.time()))
    with couriers(mirror, subscriber):
        wait_until(lambda: subscriber.calls)

    assert [verified(subscriber.calls[0], each) for each in (old, kept(mirror, webhook).secret)] == ["valid", "valid"]


def test_what_fails_is_tried_again_before_anything_else_and_is_on_the_log(
    mirror, subscriber, webhook, told, monkeypatch
):
    monkeypatch.setattr(deliveries, "PAUSES", (QUICK,) * 9)
    subscriber.answers = [204, 500, 503, 204]
    with couriers(mirror, subscriber):
        wait_until(lambda: len(subscriber.calls) == ballots_told(told) + 2)
        wait_until(lambda: len(log_of(mirror)) == ballots_told(told) + 2)

    first, second, *_ = dict.fromkeys(subscriber.numbers)
    assert subscriber.numbers[:4] == [first, second, second, second]
    assert [(each.status, each.delivered) for each in log_of(mirror)[:4]] == [
        (204, True),
        (500, False),
        (503, False),
        (204, True),
    ]
    assert kept(mirror, webhook).failures == 0


def test_calling_is_given_up_with_a_reason_and_resumed_where_it_was(mirror, subscriber, webhook, told, monkeypatch):
    monkeypatch.setattr(deliveries, "PAUSES", (QUICK, QUICK))
    subscriber.answers = [500, 500, 500]
    with couriers(mirror, subscriber):
        wait_until(lambda: kept(mirror, webhook).disabled_at is not None)
        assert kept(mirror, webhook).disabled_reason == "3 calls in a row failed; the last one answered 500."
        with mirror.writing() as session:
            replay(session, mirror.consortium, find_webhook(session, mirror.consortium, webhook, None), None)
        wait_until(lambda: len(subscriber.calls) == ballots_told(told) + 3)

    assert len(set(subscriber.numbers)) == ballots_told(told)


def test_an_address_that_is_gone_is_not_called_again(mirror, subscriber, webhook):
    subscriber.answers = [410]
    with couriers(mirror, subscriber):
        wait_until(lambda: kept(mirror, webhook).disabled_at is not None)

    assert len(subscriber.calls) == 1
    with mirror.asking() as session:
        assert count_subscriptions(session, mirror.consortium, time.time()) == Standing(0, 0, 1, 0)
    assert "410" in kept(mirror, webhook).disabled_reason


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (lambda session, token, now: revoke_token(session, token.consortium_id, token.name, now), "was revoked"),
        (lambda _, token, now: setattr(token, "expires_at", now), "ran out"),
        (lambda session, token, _: session.delete(token), "is gone"),
    ],
)
def test_attack_whoever_lost_their_token_is_called_no_more(mirror, subscriber, webhook, token, told, end, why):
    """Not even when somebody resumes the calls."""
    with couriers(mirror, subscriber):
        wait_until(lambda: len(set(subscriber.numbers)) == ballots_told(told) and kept(mirror, webhook).lease is None)
        before = len(subscriber.calls)
        with mirror.writing() as session:
            found = session.get_one(TokenRecord, (mirror.consortium.id, token))
            end(session, found, mirror.wall_clock())
        happen(mirror, ballot(3))
        wait_until(lambda: kept(mirror, webhook).disabled_at is not None)
        assert kept(mirror, webhook).disabled_reason == f"The token that it was made with {why}."
        with mirror.writing() as session:
            replay(session, mirror.consortium, find_webhook(session, mirror.consortium, webhook, None), "0")
        wait_until(lambda: kept(mirror, webhook).disabled_at is not None)

    assert len(subscriber.calls) == before


def test_attack_a_token_revoked_in_the_middle_of_an_errand_ends_it_with_the_call_in_hand(mirror, webhook, token):
    with mirror.writing() as session:
        errand = deliveries.take(session, mirror.consortium, webhook, "a" * 32, until=10, now=0)
    with mirror.writing() as session:
        revoke_token(session, mirror.consortium.id, token, 1)
    made = deliveries.Call(errand.changes[0], post.Answered(204, None), 2, 1)
    with mirror.writing() as session:
        assert not deliveries.settle(session, mirror.consortium, errand, made, 10)

    assert len(errand.changes) > 1
    assert (kept(mirror, webhook).cursor, kept(mirror, webhook).lease) == (errand.changes[0].cursor, None)
    assert "revoked" in kept(mirror, webhook).disabled_reason


def test_a_person_erased_in_the_middle_of_an_errand_is_called_no_more(mirror, subscriber, webhook):
    with mirror.writing() as session:
        errand = deliveries.take(session, mirror.consortium, webhook, "a" * 32, until=10, now=0)
    with mirror.writing() as session:
        session.delete(find_webhook(session, mirror.consortium, webhook, None))
    made = deliveries.Call(errand.changes[0], post.Answered(204, None), 2, 1)
    with mirror.writing() as session:
        assert not deliveries.settle(session, mirror.consortium, errand, made, 10)
        deliveries.let_go(session, mirror.consortium, errand)

    assert log_of(mirror) == []


def test_of_several_couriers_one_calls_an_address_at_a_time(mirror, subscriber, webhook, told):
    subscriber.delay = 0.01
    with couriers(mirror, subscriber, count=4):
        wait_until(lambda: len(subscriber.calls) >= ballots_told(told))
        happen(mirror, ballot(3))
        for number in (2, 3):
            happen(mirror, ballot(3), changed(3, number))
        wait_until(lambda: len(subscriber.calls) >= ballots_told(told) + 5)

    assert subscriber.numbers == sorted(set(subscriber.numbers))
    assert len(subscriber.numbers) == ballots_told(told) + 5


PROGRAM = """
import asyncio, sys, threading
from pathlib import Path
from backend.api.changes import written
from backend.notices.courier import Courier
from tests.mirror.test_webhooks import mirror_at
mirror = mirror_at(sys.argv[1], Path(sys.argv[2]))
courier = Courier(mirror, written, (sys.argv[3],), lease_seconds=2.0, look_every=0.05)
asyncio.run(courier.run(threading.Event()))
"""


def test_a_courier_that_is_killed_in_the_middle_of_a_call_loses_nothing(
    mirror, subscriber, webhook, told, database_url, tmp_path
):
    subscriber.delay = 0.3
    started = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, database_url, tmp_path, subscriber.host],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        wait_until(lambda: len(subscriber.calls) >= 3)
    finally:
        started.send_signal(signal.SIGKILL)
        started.wait()
    subscriber.delay = 0.0
    with couriers(mirror, subscriber, lease=2.0):
        wait_until(lambda: len(set(subscriber.numbers)) == ballots_told(told))

    repeated = len(subscriber.numbers) - len(set(subscriber.numbers))
    assert repeated <= 1
    assert list(dict.fromkeys(subscriber.numbers)) == sorted(set(subscriber.numbers))


def test_attack_a_courier_that_comes_back_after_its_lease_moves_nothing(mirror, webhook):
    with mirror.writing() as session:
        errand = deliveries.take(session, mirror.consortium, webhook, "a" * 32, until=10, now=0)
    with mirror.writing() as session:
        other = deliveries.take(session, mirror.consortium, webhook, "b" * 32, until=30, now=20)
    before = kept(mirror, webhook).cursor
    late = deliveries.Call(errand.changes[0], post.Answered(204, None), 21, 1)
    with mirror.writing() as session:
        assert not deliveries.settle(session, mirror.consortium, errand, late, 10)

    assert kept(mirror, webhook).cursor == before
    assert kept(mirror, webhook).lease == other.lease


# ---- what the other side may try


def call(url, listed=()):
    return asyncio.run(post.post(url, {"webhook-id": "x"}, b'{"data":{"number":1}}', listed))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]"]
)
def test_attack_no_way_to_write_loopback_is_called(subscriber, host):
    answered = call(f"http://{host}:{subscriber.port}/")

    assert (answered.status, answered.problem) == (None, "leads to an address that is not public")
    assert subscriber.calls == []


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["::1"], ["1.1.1.1", "10.0.0.1"], ["169.254.169.254"]])
def test_attack_a_name_that_leads_inside_is_not_called(subscriber, resolving, answers):
    resolving([answers])

    assert call(f"https://evil.example.org:{subscriber.port}/").problem == "leads to an address that is not public"
    assert subscriber.calls == []


def test_attack_a_name_that_resolves_otherwise_a_moment_later_leads_nowhere(subscriber, resolving, monkeypatch):
    asked = resolving([["192.0.2.7"], ["127.0.0.1"], ["127.0.0.1"]])
    connected = []

    async def connect(_self, host, *_given, **_more):
        connected.append(host)
        raise OSError("not reached from here")

    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect)
    monkeypatch.setattr(post, "is_public", lambda address: address == "192.0.2.7")
    call(f"http://evil.example.org:{subscriber.port}/")

    assert (connected, len(asked)) == (["192.0.2.7"], 1)
    assert subscriber.calls == []


@pytest.fixture
def resolving(monkeypatch):
    """Stands for the name server of an attacker: gives these addresses, one list for each question."""

    def arrange(answers):
        asked, left = [], iter(answers)

        async def resolve(_loop, host, port, **_more):
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(left)]

        monkeypatch.setattr("asyncio.base_events.BaseEventLoop.getaddrinfo", resolve)
        return asked

    return arrange


def test_attack_a_redirect_inside_is_not_followed(subscriber):
    with Subscriber().open() as inner:
        subscriber.answers, subscriber.moved_to = [307], inner.url
        answered = call(subscriber.url, (subscriber.host, inner.host))

    assert answered.problem == "answered 307, and redirects are not followed"
    assert inner.calls == []


def test_attack_no_proxy_of_the_environment_is_used(subscriber, monkeypatch):
    with Subscriber().open() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://{proxy.host}")
        assert call(subscriber.url, (subscriber.host,)).well

    assert proxy.calls == []


def test_attack_an_answer_that_drips_is_cut_off(subscriber, monkeypatch):
    monkeypatch.setattr(post, "LONGEST_CALL", 0.5)
    subscriber.dripping = True
    assert call(subscriber.url, (subscriber.host,)).problem.startswith("gave no answer within")


def test_attack_of_an_answer_without_an_end_little_is_read(subscriber):
    subscriber.endless, subscriber.answers = True, [200]
    assert call(subscriber.url, (subscriber.host,)).well


def test_a_server_that_is_not_there_is_a_failure_like_any_other(subscriber):
    assert call("http://127.0.0.1:1/", ("127.0.0.1:1",)).problem == "could not be reached: ConnectError"


def test_a_certificate_of_nobody_is_refused(subscriber):
    assert call(f"https://{subscriber.host}/", (subscriber.host,)).problem == "could not be reached: ConnectError"


@pytest.mark.parametrize("url", ["https://a..b.example.org/", f"https://{'a' * 64}.example.org/", "ftp://example.org/"])
def test_attack_an_address_that_nothing_can_resolve_is_a_call_that_failed(url):
    answered = call(url)

    assert (answered.status, answered.well) == (None, False)


def test_attack_subscriptions_that_break_the_courier_keep_no_other_waiting(mirror, subscriber, webhook, told):
    """Rows that were tampered with stand for whatever goes wrong unforeseen."""
    with mirror.writing() as session:
        for number in range(40):
            wanted = Subscription(subscriber.url, types=("ballot",), since="0")
            broken = subscribe(session, mirror.consortium, wanted, f"token {number}", None, 0)
            broken.secret = "whsec_x"
            find_webhook(session, mirror.consortium, webhook, None).next_attempt_at = 1.0
    with couriers(mirror, subscriber, lease=3600.0):
        wait_until(lambda: len(subscriber.calls) == ballots_told(told))


def test_attack_who_answers_slowly_takes_the_place_of_others_for_a_while_only(
    mirror, subscriber, webhook, token, told, monkeypatch
):
    monkeypatch.setattr(courier, "SIDE_BY_SIDE", 1)
    monkeypatch.setattr(courier, "LONGEST_ERRAND", 0.0)
    with mirror.writing() as session:
        wanted = Subscription(subscriber.url, types=("ballot",), since="0")
        subscribe(session, mirror.consortium, wanted, f"token {token}", None, 0)
    with couriers(mirror, subscriber):
        wait_until(lambda: len(subscriber.calls) == 2 * ballots_told(told))

    halfway = subscriber.numbers[: ballots_told(told)]
    assert len(set(halfway)) < len(halfway)
