"""Receipts by transaction and by member."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from sqlalchemy import event, select

from backend.database.base import table_of
from backend.database.bulk import append
from backend.database.journal import EventRecord, mark_of
from backend.database.records import BodyRecord, EarlierVoteRecord, MemberRecord, VoteRecord
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
        governor = session.scalar(select(BodyRecord.governor).where(BodyRecord.body_id == 0))
        one_more = dict(session.execute(select(table_of(MemberRecord)).limit(1)).mappings().one())
        session.add(MemberRecord(**one_more | {"member_id": 1007, "code": "SI-SEDMA"}))
        for record, first in ((VoteRecord, 0), (EarlierVoteRecord, MANY)):
            ballots = [ballot(first + number, one_more) for number in range(MANY)]
            append(session.connection(), table_of(record), ballots)
            append(session.connection(), table_of(EventRecord), [event_of(each, governor) for each in ballots])
    with mirror.sessions.kw["bind"].connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return mirror


MANY = 3_000


def ballot(number, member):
    row = {name: member[name] for name in ("consortium_id", "block_number", "wallet")}
    proposal_id = s.REVISED if number % MANY == 7 else number
    row |= {"body_id": 0, "proposal_id": proposal_id, "member_id": 1000 + number % MANY, "choice": 1, "cast_by": None}
    row |= {"revision": 1, "reason": None, "cast_at": 1, "log_index": 1000 + number}
    return row | {"transaction_hash": transaction(number)}


def event_of(ballot, governor):
    place = {name: ballot[name] for name in ("consortium_id", "block_number", "log_index", "transaction_hash")}
    said = {"name": "VoteCast", "arguments": json.dumps({"proposal_id": ballot["proposal_id"]}), "emitter": governor}
    return place | said | {"transaction_mark": mark_of(ballot["transaction_hash"])}


def transaction(number):
    return "0x" + sha256(str(number).encode()).hexdigest()


def asked_about(mirror, number):
    """What is found of a transaction, and how the database goes about each statement that is asked for it."""
    engine, asked = mirror.sessions.kw["bind"], []

    def note(_connection, _cursor, statement, parameters, *_):
        asked.append((statement, parameters))

    with mirror.reading() as reading:
        event.listen(engine, "before_cursor_execute", note)
        found = receipts_in(reading.session, reading.consortium, reading.as_of, transaction(number))
        event.remove(engine, "before_cursor_execute", note)
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    with engine.connect() as connection:
        ways = {sql: str(connection.exec_driver_sql(f"{explain} {sql}", values).all()) for sql, values in asked}
    return found, ways


@pytest.mark.parametrize("number", [7, MANY + 7])
def test_ballots_are_found_by_their_transaction_without_reading_all_of_them(many_ballots, number):
    found, ways = asked_about(many_ballots, number)
    (journal,) = [way for sql, way in ways.items() if "transaction_mark =" in sql]
    of_ballots = [way for sql, way in ways.items() if "votes.transaction_hash =" in sql]

    assert [(each.transaction_hash, each.counts) for each in found] == [(transaction(number), number < MANY)]
    assert "ix_events_consortium_id_transaction_mark" in journal
    assert len(of_ballots) == 2
    for table, way in zip(("votes", "earlier_votes"), of_ballots, strict=True):
        assert f"SCAN {table}" not in way
        assert "Seq Scan" not in way


def test_transactions_whose_hashes_begin_alike_are_told_apart(many_ballots):
    alike = transaction(7)[:-4] + "0000"
    assert mark_of(alike) == mark_of(transaction(7))
    with many_ballots.reading() as reading, pytest.raises(BallotNotFoundError):
        receipts_in(reading.session, reading.consortium, reading.as_of, alike)
