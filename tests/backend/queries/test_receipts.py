"""Receipts by transaction and by member."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from backend.database.base import table_of
from backend.database.bulk import append
from backend.database.records import EarlierVoteRecord, VoteRecord
from backend.errors import BallotNotFoundError
from backend.queries.receipts import read_receipts, receipts_in, receipts_of
from tests.backend import story as s


def of_member(reading, limit=50, skip=0):
    return receipts_of(reading.session, reading.consortium, reading.as_of, 1, limit=limit, skip=skip)


def test_a_transaction_gives_all_its_ballots_also_those_that_count_no_more(reading):
    for receipt in read_receipts(reading.session, reading.consortium, reading.as_of, s.REVISED, "SI-ANA"):
        found = receipts_in(reading.session, reading.consortium, reading.as_of, receipt.transaction_hash)
        assert receipt in found
        assert {each.transaction_hash for each in found} == {receipt.transaction_hash}


def test_a_transaction_without_ballots_has_no_receipt(reading):
    with pytest.raises(BallotNotFoundError):
        receipts_in(reading.session, reading.consortium, reading.as_of, "0x" + "ef" * 32)


def test_receipts_of_a_member_come_newest_first_and_each_once(reading):
    whole = of_member(reading)
    assert len(whole.items) == whole.total > 2
    assert [each.block_number for each in whole.items] == sorted((e.block_number for e in whole.items), reverse=True)
    assert all(each.member.id == 1 and each.counts for each in whole.items)
    parts, skip = [], 0
    while True:
        part = of_member(reading, limit=2, skip=skip)
        parts += part.items
        if part.next_cursor is None:
            break
        skip = int(part.next_cursor)
    assert tuple(parts) == whole.items


@pytest.fixture
def many_ballots(story, fresh_mirror):
    """A mirror in which some thousand members have voted, each twice, each time in a transaction of its own."""
    mirror = fresh_mirror(story.told)
    with mirror.sessions.begin() as session:
        for record, first in ((VoteRecord, 0), (EarlierVoteRecord, 1 << 20)):
            append(session.connection(), table_of(record), [ballot(mirror, first + number) for number in range(3000)])
    with mirror.sessions.kw["bind"].connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return mirror


def ballot(mirror, number):
    row = {"consortium_id": mirror.consortium.id, "body_id": 0, "proposal_id": s.REVISED, "member_id": 1000 + number}
    row |= {"choice": 1, "wallet": "0x" + "11" * 20, "cast_by": None, "revision": 1, "reason": None, "cast_at": 1}
    return row | {"block_number": 9, "log_index": number, "transaction_hash": f"0x{number:064x}"}


def test_ballots_are_found_by_their_transaction_without_reading_all_of_them(many_ballots):
    """What the database says of its way, of the very statements that are asked."""
    engine, asked = many_ballots.sessions.kw["bind"], []

    def note(_connection, _cursor, statement, parameters, *_):
        asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    with many_ballots.reading() as reading, pytest.raises(BallotNotFoundError):
        receipts_in(reading.session, reading.consortium, reading.as_of, "0x" + "ef" * 32)
    event.remove(engine, "before_cursor_execute", note)
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    of_ballots = [each for each in asked if "votes.transaction_hash =" in each[0]]
    with engine.connect() as connection:
        ways = [str(connection.exec_driver_sql(f"{explain} {sql}", values).all()) for sql, values in of_ballots]

    assert len(ways) == 2
    for table, way in zip(("votes", "earlier_votes"), ways, strict=True):
        assert f"ix_{table}_consortium_id_transaction_hash" in way, way
        assert "Seq Scan" not in way
