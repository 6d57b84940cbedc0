import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import update

from backend.database.base import table_of
from backend.database.journal import CursorRecord
from backend.queries.moves import Moves

LONG = 3_600
"""Seconds; whoever waits them out has found a fault."""
MANY = 5_000


@pytest.fixture
def moving(make_mirror, story):
    """A mirror of its own, at revision 3, and what moves it."""
    mirror = make_mirror(story.told[:5])

    def move(revision):
        with mirror.sessions.begin() as session:
            session.execute(update(table_of(CursorRecord)).values(revision=revision))

    return mirror.sessions.kw["bind"], mirror.consortium.id, move


def hearing(moving, check):
    """Run a check in an event loop that hears of revisions."""
    engine, consortium_id, move = moving

    async def heard():
        moves = Moves()
        async with moves.heard(engine, consortium_id):
            await check(moves, move)

    asyncio.run(heard())


def test_what_is_there_already_is_told_at_once(moving):
    async def check(moves, _):
        assert moves.revision == -1
        assert await moves.after(-1, LONG) == 3
        assert await moves.after(2, LONG) == moves.revision == 3

    hearing(moving, check)


def test_what_somebody_was_shown_counts_before_it_was_heard_of(moving):
    async def check(moves, _):
        moves.show(9)
        assert moves.newest == -1, "as long as nothing is heard, nothing may be kept"
        assert await moves.after(-1, LONG) == 3
        assert moves.newest == 9
        moves.show(2)
        assert moves.newest == 9

    hearing(moving, check)


def test_each_reading_tells_what_it_shows(make_mirror, story):
    shown = []
    mirror = replace(make_mirror(story.told[:5]), shows=shown.append)
    with mirror.reading() as reading:
        assert shown == [reading.as_of.revision]


def test_thousands_are_woken_by_one_commit(moving):
    async def check(moves, move):
        assert await moves.after(-1, LONG) == 3
        waiters = [asyncio.create_task(moves.after(3, LONG)) for _ in range(MANY)]
        await asyncio.sleep(0)
        await asyncio.to_thread(move, 4)
        assert await asyncio.gather(*waiters) == [4] * MANY

    hearing(moving, check)


def test_who_knows_the_newest_waits_no_longer_than_asked(moving):
    async def check(moves, move):
        assert await moves.after(-1, LONG) == 3
        assert await moves.after(3, 0.01) == 3
        assert await moves.after(7, 0.01) == 3
        await asyncio.to_thread(move, 8)
        assert await moves.after(7, LONG) == 8

    hearing(moving, check)


def test_who_leaves_takes_nothing_from_the_others(moving):
    async def check(moves, move):
        assert await moves.after(-1, LONG) == 3
        leaving, staying = (asyncio.create_task(moves.after(3, LONG)) for _ in range(2))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.to_thread(move, 4)
        assert await staying == 4
        assert leaving.cancelled()

    hearing(moving, check)


def test_at_the_end_everybody_goes_and_nobody_waits_any_more(moving):
    async def check(moves, _):
        assert await moves.after(-1, LONG) == 3
        waiter = asyncio.create_task(moves.after(3, LONG))
        await asyncio.sleep(0)
        moves.end()
        assert moves.ended
        assert await waiter == await moves.after(3, LONG) == 3

    hearing(moving, check)
