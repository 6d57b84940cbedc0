"""An answer that is at hand is that which the routes would give."""

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from backend import kept_answers
from backend.kept_answers import KeptAnswers


class World:
    """An application whose every answer is numbered, before which answers are kept."""

    def __init__(self):
        self.asked = 0
        self.revision = 0
        self.second = 0
        self.headers = {"etag": 'W/"1"'}
        self.length = 5_000
        self.held = self.reached = None
        paths = [Route("/v1/list", self.answer), Route("/page", self.answer), Route("/v1/stream", self.stream)]
        inner = GZipMiddleware(Starlette(routes=paths), minimum_size=1000)
        self.app = KeptAnswers(inner, "/v1/", lambda: self.revision, lambda: self.second)

    async def answer(self, request):
        self.asked += 1
        if self.held is not None:
            self.reached.set()
            await self.held.wait()
        if "fail" in request.url.query:
            return PlainTextResponse("no", 422)
        return PlainTextResponse(f"{self.asked} {request.url.query} ".ljust(self.length, "x"), headers=self.headers)

    async def stream(self, _):
        async def parts():
            for number in range(3):
                yield f"part {number}\n"

        return StreamingResponse(parts(), headers=self.headers)

    def client(self):
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://test")

    def get(self, *paths, **headers):
        async def ask():
            async with self.client() as client:
                return [await client.get(path, headers=headers) for path in paths]

        return asyncio.run(ask())


@pytest.fixture
def world():
    return World()


def test_the_same_question_in_the_same_moment_is_answered_once(world):
    first, second = world.get("/v1/list?a=1", "/v1/list?a=1")

    assert (world.asked, first.text, second.headers) == (1, second.text, first.headers)


@pytest.mark.parametrize("change", ["revision", "second"])
def test_no_answer_outlives_its_moment(world, change):
    world.get("/v1/list")
    setattr(world, change, 1)
    world.get("/v1/list")

    assert world.asked == 2


def test_nothing_is_kept_while_nobody_tells_when_the_mirror_moves(world):
    world.revision = -1
    world.get("/v1/list", "/v1/list")

    assert world.asked == 2


@pytest.mark.parametrize("name", ["authorization", "cookie", "range"])
def test_attack_an_answer_for_one_is_never_given_to_another(world, name):
    world.get("/v1/list", **{name: "mine"})
    world.get("/v1/list", **{name: "theirs"})
    world.get("/v1/list")

    assert world.asked == 3


@pytest.mark.parametrize(
    "headers", [{"cache-control": "private"}, {"cache-control": "no-store"}, {"set-cookie": "a=b"}]
)
def test_attack_an_answer_that_says_it_is_for_one_is_not_kept(world, headers):
    world.headers |= headers
    world.get("/v1/list", "/v1/list")

    assert world.asked == 2


def test_attack_what_one_client_has_left_is_not_told_to_another(world):
    world.headers |= {"ratelimit": '"client";r=3', "ratelimit-policy": "q"}
    (_, second) = world.get("/v1/list", "/v1/list")

    assert world.asked == 1
    assert not {"ratelimit", "ratelimit-policy"} & set(second.headers)


@pytest.mark.parametrize("name", ["accept-language", "origin", "accept", "accept-encoding"])
def test_answers_that_may_differ_are_kept_apart(world, name):
    world.get("/v1/list", **{name: "one"})
    world.get("/v1/list", **{name: "other"})

    assert world.asked == 2


def test_who_has_the_answer_already_is_told_so_and_others_get_it_whole(world):
    known, other, stale = (world.get("/v1/list", **{"if-none-match": tag})[0] for tag in ('W/"1"', "", 'W/"0", W/"2"'))

    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", 'W/"1"')
    assert "content-length" not in known.headers
    assert (other.status_code, stale.status_code, len(stale.text)) == (200, 200, world.length)
    assert world.asked == 1


@pytest.mark.parametrize("path", ["/page", "/v1/list?fail"])
def test_pages_and_refusals_are_not_kept(world, path):
    world.get(path, path)

    assert world.asked == 2


def test_an_answer_too_large_or_streamed_goes_out_as_it_comes(world, monkeypatch):
    monkeypatch.setattr(kept_answers, "LARGEST", 10)
    large, again = world.get("/v1/list", "/v1/list", **{"accept-encoding": "identity"})
    (stream,) = world.get("/v1/stream")

    assert (len(large.text), len(again.text), world.asked) == (world.length, world.length, 2)
    assert stream.text == "part 0\npart 1\npart 2\n"


def test_those_asked_for_longest_ago_make_room(world, monkeypatch):
    monkeypatch.setattr(kept_answers, "MOST_BYTES", 16_000)
    plain = {"accept-encoding": "identity"}
    world.get("/v1/list?1", "/v1/list?2", "/v1/list?3", "/v1/list?2", "/v1/list?3", **plain)
    assert world.asked == 3
    world.get("/v1/list?1", **plain)
    assert world.asked == 4


def test_attack_questions_with_endless_headers_fill_no_memory(world, monkeypatch):
    monkeypatch.setattr(kept_answers, "MOST_BYTES", 100_000)
    world.length = 0
    for number in range(20):
        world.get("/v1/list", accept=f"{number}".ljust(30_000, "x"))

    assert sum(len(value) for key in world.app._kept for _, value in key[2]) <= 100_000


@pytest.mark.parametrize("name", ["accept-encoding", "accept-language", "accept", "origin"])
def test_attack_a_header_sent_twice_is_not_the_question_of_who_sends_it_once(world, name):
    twice = [(name, "gzip"), (name, "identity")]

    async def ask():
        async with world.client() as client:
            return [await client.get("/v1/list", headers=headers) for headers in (twice, [(name, "identity")])]

    asyncio.run(ask())
    assert world.asked == 2


@pytest.mark.parametrize(("query", "times"), [("", 1), ("?fail", 3)])
def test_of_many_who_ask_at_once_one_is_answered_by_the_routes(world, query, times):
    async def ask():
        world.held, world.reached = asyncio.Event(), asyncio.Event()
        async with world.client() as client:
            asking = [asyncio.create_task(client.get(f"/v1/list{query}")) for _ in range(3)]
            await world.reached.wait()
            world.held.set()
            return await asyncio.gather(*asking)

    answers = asyncio.run(ask())

    assert world.asked == times
    assert len({answer.text for answer in answers}) == 1


def test_one_who_goes_away_takes_the_answer_from_nobody(world):
    async def ask():
        world.held, world.reached = asyncio.Event(), asyncio.Event()
        async with world.client() as client:
            asking = [asyncio.create_task(client.get("/v1/list")) for _ in range(3)]
            await world.reached.wait()
            asking[1].cancel()
            await asyncio.sleep(0)
            world.held.set()
            return await asyncio.gather(asking[0], asking[2])

    assert [answer.status_code for answer in asyncio.run(ask())] == [200, 200]


@pytest.mark.parametrize("path", ["/v1/stream?1", "/v1/list"])
def test_attack_one_who_does_not_take_an_answer_that_is_not_kept_holds_up_nobody(world, monkeypatch, path):
    monkeypatch.setattr(kept_answers, "LARGEST", 10)
    monkeypatch.setattr(kept_answers, "ENDLESS", "/none")

    async def ask():
        reached, going_on = asyncio.Event(), asyncio.Event()
        way, _, query = path.partition("?")
        headers = {"accept": "*/*", "accept-encoding": "identity"}
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": "GET", "path": way, "query_string": query.encode(), "headers": raw}

        async def receive():
            await asyncio.sleep(60)

        async def stuck(_):
            reached.set()
            await going_on.wait()

        slow = asyncio.create_task(world.app(scope, receive, stuck))
        await reached.wait()
        async with world.client() as client:
            other = await asyncio.wait_for(client.get(path, headers=headers), 5)
        going_on.set()
        await asyncio.gather(slow)
        return other

    assert asyncio.run(ask()).status_code == 200
