"""Receipts by transaction and by member."""

from __future__ import annotations

import pytest

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
