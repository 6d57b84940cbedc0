"""Listeners of the stream: what they hear, how they come back, and what becomes of those that do not keep up."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

import pytest

from backend.api import stream
from backend.app import create_app
from backend.domain import events as e
from backend.notices import broadcast
from backend.queries.moves import Moves
from tests.backend import story as s
from tests.backend.happenings import ASSEMBLY, ballot, happen

MANY = 300


@pytest.fixture
def moving(make_mirror, story):
    return make_mirror(story.told)


class Listener:
    """A client of the whole application, without a socket; `slow` takes in nothing until it is told to."""

    def __init__(self, app, query="", headers=(), method="GET"):
        self.app, self.query, self.headers, self.method = app, query, headers, method
        self.status, self.sent, self.answer = None, {}, b""
        self.came, self.left, self.takes = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.takes.set()

    async def send(self, message):
        if message["type"] == "http.response.start":
            self.status, self.sent = message["status"], {k.decode(): v.decode() for k, v in message["headers"]}
        else:
            await self.takes.wait()
            self.answer += message["body"]
        self.came.set()

    async def receive(self):
        if not self.came.is_set():
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    @asynccontextmanager
    async def listening(self):
        scope = {
            "type": "http",
            "method": self.method,
            "path": "/v1/stream",
            "query_string": self.query.encode(),
            "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in self.headers],
        }
        self.task = asyncio.create_task(self.app(scope, self.receive, self.send))
        await self.until(lambda: b"\n\n" in self.answer or self.task.done())
        yield self
        self.left.set()
        self.takes.set()
        await asyncio.wait_for(self.task, 10)

    async def until(self, enough):
        async with asyncio.timeout(60):
            while not enough():  # noqa: ASYNC110 - nothing tells what has come so far
                await asyncio.sleep(0.005)

    def events(self):
        frames = [dict(line.split(": ", 1) for line in f.splitlines()) for f in self.answer.decode().split("\n\n") if f]
        return [(frame["id"], frame["event"], json.loads(frame["data"])) for frame in frames if "data" in frame]

    async def hear(self, count):
        await self.until(lambda: len(self.events()) >= count)
        return self.events()


@pytest.fixture
def with_app(moving, app_settings):
    """Runs a check against the application over the moving mirror."""

    def run(check, settings=app_settings):
        async def heard():
            moves = Moves()
            app = create_app(moving, settings, moves=moves)
            async with moves.heard(moving.sessions.kw["bind"], moving.consortium.id):
                await moves.after(-1, 60)
                await check(app, moves)

        asyncio.run(heard())

    return run


def test_a_listener_hears_what_happens_and_how_it_is_in_the_feed(with_app, moving, client_of):
    async def check(app, _):
        async with Listener(app).listening() as one:
            await asyncio.to_thread(happen, moving, ballot(3))
            (cursor, event, data), *more = await one.hear(1)
        assert (event, data["subject"]["member_id"], more) == ("ballot.cast", 3, [])
        feed = await asyncio.to_thread(lambda: client_of(moving)("GET", "/v1/changes", params={"type": "ballot.cast"}))
        assert feed.json()["items"][-1] == data
        assert cursor == data["cursor"]
        assert one.sent["content-type"].startswith("text/event-stream")

    with_app(check)


def test_nothing_is_pressed_together_or_held_back_on_the_way(with_app, moving):
    async def check(app, _):
        async with Listener(app, headers=[("accept-encoding", "gzip")]).listening() as one:
            await asyncio.to_thread(happen, moving, *(ballot(member) for member in (3, 4)))
            await one.hear(2)
        assert "content-encoding" not in one.sent
        assert one.sent["cache-control"] == "no-store, no-transform"

    with_app(check)


def test_who_comes_back_with_the_last_id_misses_nothing_and_hears_nothing_twice(with_app, moving):
    async def check(app, _):
        async with Listener(app).listening() as one:
            await asyncio.to_thread(happen, moving, ballot(3))
            [(last, *_)] = await one.hear(1)
        await asyncio.to_thread(happen, moving, ballot(4))
        async with Listener(app, headers=[("last-event-id", last)]).listening() as again:
            await again.hear(1)
            await asyncio.to_thread(happen, moving, ballot(6))
            heard = await again.hear(2)
        assert [data["subject"]["member_id"] for _, _, data in heard] == [4, 6]

    with_app(check)


def test_a_heartbeat_moves_the_id_of_who_filters_everything_out(with_app, moving):
    async def check(app, _):
        async with Listener(app, query="type=veto").listening() as one:
            before = one.answer.decode().split("id: ")[1].split()[0]
            await asyncio.to_thread(happen, moving, ballot(3))
            await one.until(lambda: one.answer.count(b"heartbeat") > 1)
        assert one.answer.decode().rsplit("id: ")[-1].split()[0] != before
        assert one.events() == []

    with_app(check)


@pytest.mark.parametrize(
    ("query", "heard"),
    [("type=veto", ["veto.raised"]), ("type=ballot.cast", ["ballot.cast"]), (f"proposal={s.VETOED}", ["veto.raised"])],
)
def test_a_listener_hears_only_what_it_asks_for(with_app, moving, query, heard):
    async def check(app, _):
        veto = (ASSEMBLY, e.VetoRaised(s.VETOED, 4, s.VetoGround.COSTS, "0x" + "5a" * 32))
        async with Listener(app, query=query).listening() as one, Listener(app).listening() as other:
            await asyncio.to_thread(happen, moving, ballot(3), veto)
            await other.hear(2)
            events = await one.hear(1)
        assert [event for _, event, _ in events] == heard

    with_app(check)


def test_hundreds_of_listeners_hear_by_one_reading(with_app, moving, monkeypatch):
    readings = []
    real = broadcast.read_changes

    def counted(*given, **more):
        readings.append(given)
        return real(*given, **more)

    async def check(app, _):
        listeners = [Listener(app) for _ in range(MANY)]
        tasks = [one.listening() for one in listeners]
        for task in tasks:
            await task.__aenter__()
        monkeypatch.setattr(broadcast, "read_changes", counted)
        await asyncio.to_thread(happen, moving, ballot(3))
        for one in listeners:
            await one.hear(1)
        assert len(readings) == 1
        for task in tasks:
            await task.__aexit__(None, None, None)
        assert app.routes[0].app.state.broadcast.listening == 0

    with_app(check)


def test_attack_a_client_that_takes_nothing_in_is_dropped_and_holds_nobody_up(with_app, moving, monkeypatch):
    monkeypatch.setattr(stream, "PATIENCE", 0.1)

    async def check(app, _):
        async with Listener(app).listening() as slow, Listener(app).listening() as other:
            slow.takes.clear()
            await asyncio.to_thread(happen, moving, ballot(3))
            await other.hear(1)
            await asyncio.wait_for(asyncio.shield(slow.task), 10)
            assert not other.task.done()
        assert slow.events() == []

    with_app(check)


def test_who_is_further_behind_than_memory_goes_still_misses_nothing(with_app, moving, monkeypatch):
    monkeypatch.setattr(broadcast, "KEPT", 2)
    monkeypatch.setattr(broadcast, "PART", 3)

    async def check(app, _):
        async with Listener(app, query="since=0").listening() as one:
            await asyncio.to_thread(happen, moving, ballot(3))
            await one.until(lambda: b'"member_id":3,' in one.answer and one.events()[-1][1] == "ballot.cast")
            numbers = [data["number"] for _, _, data in one.events()]
        assert numbers == list(range(1, len(numbers) + 1))

    with_app(check)


def test_streams_end_when_the_service_does(with_app):
    async def check(app, moves):
        async with Listener(app).listening() as one:
            moves.end()
            await asyncio.wait_for(asyncio.shield(one.task), 10)

    with_app(check)


def test_who_asks_for_the_head_alone_is_not_kept(with_app):
    async def check(app, _):
        async with Listener(app, method="HEAD").listening() as one:
            await one.until(one.task.done)
        assert (one.status, one.answer) == (200, b"")

    with_app(check)


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("since=zzzzzzzz-1", 422, "INVALID_REQUEST"),
        ("since=0123abcd-99999999", 410, "FEED_RESTARTED"),
        ("since=ffffffff-1", 410, "FEED_RESTARTED"),
        ("type=nothing", 422, "INVALID_FILTER"),
        ("type=ballot.cast%0Aevent:x", 422, "INVALID_REQUEST"),
    ],
)
def test_attack_a_made_up_cursor_or_filter_is_refused_before_anything_streams(with_app, query, status, code):
    async def check(app, _):
        async with Listener(app, query=query).listening() as one:
            await one.until(one.task.done)
        assert (one.status, json.loads(one.answer)["code"]) == (status, code)

    with_app(check)


def test_attack_more_listeners_than_are_allowed_are_sent_home(with_app, app_settings):
    async def check(app, _):
        async with Listener(app).listening():
            async with Listener(app).listening() as second:
                await second.until(second.task.done)
            assert (second.status, json.loads(second.answer)["code"]) == (503, "TOO_MANY_LISTENERS")

    with_app(check, app_settings.model_copy(update={"most_listeners": 1}))
