"""Whose ballots are awaited, for many members in one question: what the list's own filter says of each."""

from __future__ import annotations

import pytest

from backend.queries.awaited import awaited_of
from backend.queries.proposals import ProposalFilter, list_proposals
from backend.queries.roll import read_roll
from tests.backend import story as s


@pytest.mark.parametrize("second", [s.NOW, s.NOW - s.DAY, s.NOW + s.DAY])
def test_it_is_what_the_filter_of_the_list_finds_for_each_member(mirror_at, second):
    with mirror_at(second).reading() as reading:
        session, consortium, now = reading.session, reading.consortium, reading.now
        roll = [one.ref for one in read_roll(session, consortium)]
        found = awaited_of(session, consortium, now, [member.id for member in roll])
        listed = {
            member.id: frozenset(
                (summary.body, summary.id)
                for summary in list_proposals(session, consortium, now, ProposalFilter(awaits=member.code)).items
            )
            for member in roll
        }

    assert found == listed


def test_somebody_is_waited_for_and_somebody_is_not(reading):
    found = awaited_of(reading.session, reading.consortium, reading.now, [1, 2, 3, 4])

    assert len(set(found.values())) > 1
    assert any(found.values())


def test_of_twins_in_two_bodies_the_one_that_waits_is_named(twin_reading):
    found = awaited_of(twin_reading.session, twin_reading.consortium, twin_reading.now, [1])

    assert ("executive_board", s.OPEN) in found[1]
    assert ("general_assembly", s.OPEN) not in found[1]
