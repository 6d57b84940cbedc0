"""How many questions to the database a page takes: as many for a long list as for a short one, and not too many."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from tests.backend import story as s

PROPOSALS = (s.OPEN, s.OPEN_LATER, s.PENDING, s.AWAITING, s.REVISED, s.EXECUTED)
CEILINGS = {
    "/": 31,
    "/proposals": 35,
    **{f"/proposals/{number}": 36 for number in PROPOSALS},
    "/organisation": 30,
    "/propose/policy": 25,
    "/desk": 52,
}


@pytest.fixture(scope="module")
def questions(visitor, mirror):
    """Counts what the database is asked while a page is made."""
    get, engine = visitor(mirror), mirror.sessions.kw["bind"]

    def count(path, **headers):
        asked = []

        def note(_connection, _cursor, statement, *_):
            asked.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            assert get(path, **headers).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return [statement for statement in asked if statement.startswith("SELECT")]

    return count


@pytest.mark.parametrize(("path", "most"), CEILINGS.items())
@pytest.mark.parametrize("reader", [{}, {"cookie": "zbor_member=SI-ANA"}], ids=["nobody", "member"])
def test_a_page_asks_no_more_than_so_many_questions(questions, path, most, reader):
    assert 0 < len(questions(path, **reader)) <= most


def test_how_far_the_mirror_is_is_asked_once_for_all_of_a_page(questions):
    asked = questions(f"/proposals/{s.REVISED}")

    assert sum("FROM cursors" in statement for statement in asked) == 1
