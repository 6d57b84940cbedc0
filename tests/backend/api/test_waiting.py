"""Clients that wait for the next revision, all at once, with one reading for all of them."""

import asyncio
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import update
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api.application import create_api
from backend.database.base import table_of
from backend.database.journal import CursorRecord
from backend.queries.moves import Moves

MANY = 500


@pytest.fixture
def moving(make_mirror, story):
    """A mirror of its own, at revision 3."""
    return make_mirror(story.told)


def move(mirror, revision):
    with mirror.sessions.begin() as session:
        session.execute(update(table_of(CursorRecord)).values(revision=revision))


@pytest.fixture
def asking(app_settings):
    """Runs a check with a client of the API that hears when the original of the mirror moves."""

    def run(mirror, check):
        async def heard():
            moves = Moves()
            app = Starlette(routes=[Mount("/v1", create_api(mirror, app_settings, moves))])
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            engine = mirror.sessions.kw["bind"]
            async with (
                moves.heard(engine, mirror.consortium.id),
                httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client,
            ):
                await moves.after(-1, 60)
                await check(lambda **more: client.get("/v1/status", **more), moves)

        asyncio.run(heard())

    return run


async def seated(moves, waiters):
    """Wait until so many wait for the next revision."""
    while moves.waiting < waiters:  # noqa: ASYNC110 - nothing tells of those who begin to wait
        await asyncio.sleep(0.01)


def test_what_is_newer_already_is_answered_at_once(asking, moving):
    async def check(get, _):
        assert (await get(params={"wait": 2})).json() == (await get()).json()

    asking(moving, check)


def test_all_who_wait_are_answered_by_one_reading_of_the_next_revision(asking, moving):
    readings = []

    def clock():
        readings.append(1)
        return moving.wall_clock()

    async def check(get, moves):
        waiters = [asyncio.create_task(get(params={"wait": 3})) for _ in range(MANY)]
        await seated(moves, MANY)
        assert readings == []
        await asyncio.to_thread(move, moving, 4)
        answers = await asyncio.gather(*waiters)
        assert {answer.json()["as_of"]["revision"] for answer in answers} == {4}
        assert len(readings) == 1

    asking(replace(moving, wall_clock=clock), check)


def test_who_waits_is_not_answered_from_a_copy_that_is_behind(asking, moving, make_mirror, story):
    copy = make_mirror(story.told[:40])
    both = replace(moving, replica=copy.sessions, most_stale=60)

    async def check(get, moves):
        before = (await get()).json()["as_of"]
        waiter = asyncio.create_task(get(params={"wait": 3}))
        await seated(moves, 1)
        await asyncio.to_thread(move, moving, 4)
        after = (await waiter).json()["as_of"]
        assert (before["revision"], after["revision"]) == (3, 4)
        assert before["block"] < after["block"]

    asking(both, check)


def test_who_waits_for_nothing_is_answered_when_the_service_ends(asking, moving):
    async def check(get, moves):
        waiter = asyncio.create_task(get(params={"wait": 3}))
        await seated(moves, 1)
        moves.end()
        assert (await waiter).json()["as_of"]["revision"] == 3

    asking(moving, check)


@pytest.mark.parametrize("wait", ["-1", "soon", str(1 << 63)])
def test_what_is_no_revision_is_refused(ask, wait):
    response = ask("GET", "/v1/status", params={"wait": wait})
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (422, "wait")
