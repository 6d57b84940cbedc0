"""Many rows at once are written like one after another."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from backend.database import bulk
from backend.database.base import table_of
from backend.database.journal import EventRecord
from backend.database.session import engine_from, writing_factory

EVENTS = table_of(EventRecord)


@pytest.fixture
def session(fresh_url):
    engine = engine_from(fresh_url())
    with writing_factory(engine)() as session:
        yield session
    engine.dispose()


def row(number, name="VoteCast"):
    place = {"consortium_id": 1, "block_number": number // 7, "log_index": number % 7}
    row = {**place, "transaction_hash": "0x01", "emitter": "0x02", "name": name, "arguments": "{}"}
    return row | {"transaction_mark": "01"}


@pytest.mark.parametrize("count", [0, 1, bulk.FEW - 1, bulk.FEW, bulk.AT_ONCE, bulk.AT_ONCE + 1])
def test_every_row_is_written_once_whatever_their_number(session, count):
    bulk.append(session.connection(), EVENTS, [row(number) for number in range(count)])
    session.commit()

    assert session.scalar(select(func.count()).select_from(EVENTS)) == count


@pytest.mark.parametrize("count", [1, 2 * bulk.AT_ONCE + 1])
def test_rows_take_the_place_of_those_with_the_same_key(session, count):
    connection = session.connection()
    bulk.append(connection, EVENTS, [row(number) for number in range(0, count, 2)])
    bulk.replace(connection, EVENTS, [row(number, "Other") for number in reversed(range(count))])

    assert session.execute(select(EVENTS.c.name, func.count()).group_by(EVENTS.c.name)).all() == [("Other", count)]


@pytest.mark.parametrize("count", [1, bulk.AT_ONCE])
def test_a_row_that_is_there_already_is_an_error_by_the_name_callers_know(session, count):
    bulk.append(session.connection(), EVENTS, [row(0)])
    with pytest.raises(IntegrityError):
        bulk.append(session.connection(), EVENTS, [row(number) for number in range(count)])
