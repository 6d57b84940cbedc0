"""Whoever waits for a new revision hears of it at once, from whichever process it comes."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import update

from backend.database.base import table_of
from backend.database.journal import CursorRecord
from backend.database.notices import Notices
from backend.database.schema import upgrade
from backend.indexer.consortia import register
from tests.mirror.conftest import deployment_on, wait_until

SOON = 0.3
"""Seconds."""


@pytest.fixture
def mirror(database_url, watch):
    upgrade(database_url)
    opened = watch(database_url)
    with opened.sessions.begin() as session:
        for chain in (31_337, 99):
            begun = CursorRecord(consortium_id=register(session, deployment_on(chain)), next_block=1, block_hash="0x")
            for name in ("block_time", "head_number", "finalized_number", "revision", "checked_at"):
                setattr(begun, name, 0)
            session.add(begun)
    return opened


def move(mirror, revision, consortium_id=1):
    cursors = table_of(CursorRecord)
    with mirror.engine.begin() as connection:
        ours = cursors.c.consortium_id == consortium_id
        connection.execute(update(cursors).where(ours).values(revision=revision))


def test_every_process_hears_of_a_revision_when_it_is_committed(mirror):
    with Notices(mirror.engine, 1).heard() as one, Notices(mirror.engine, 1).heard() as other:
        assert one.wait(-1, 10) == other.wait(-1, 10) == 0
        begun = time.monotonic()
        threading.Timer(0.2, move, (mirror, 5)).start()
        assert one.wait(0, 10) == other.wait(0, 10) == 5
        assert time.monotonic() - begun < 0.2 + SOON


def test_nothing_is_heard_of_what_is_not_committed_and_of_other_consortia(mirror):
    with Notices(mirror.engine, 1).heard() as notices:
        assert notices.wait(-1, 10) == 0
        move(mirror, 7, consortium_id=2)
        with mirror.sessions() as session:
            session.get_one(CursorRecord, 1).revision = 9
            session.flush()
        assert notices.wait(0, SOON) == 0


def test_a_look_that_changes_no_revision_wakes_nobody(postgres, postgres_url, watch):
    upgrade(postgres_url)
    mirror = watch(postgres_url)
    with mirror.sessions.begin() as session:
        row = {"next_block": 1, "block_hash": "0x", "block_time": 0, "head_number": 0, "finalized_number": 0}
        session.add(CursorRecord(consortium_id=register(session, deployment_on()), revision=3, checked_at=0.0, **row))
    with mirror.engine.connect() as connection:
        raw = connection.connection.driver_connection
        connection.exec_driver_sql("LISTEN zbor_1")
        connection.commit()
        for values in ({"checked_at": 1.0}, {"revision": 4}):
            with mirror.engine.begin() as other:
                other.execute(update(table_of(CursorRecord)).values(**values))
        heard = [notice.payload for notice in raw.notifies(timeout=SOON)]
    assert heard == ["4"]


def test_a_listener_finds_its_server_again_and_learns_what_it_missed(postgres, postgres_url, watch):
    upgrade(postgres_url)
    mirror = watch(postgres_url)
    with mirror.sessions.begin() as session:
        row = {"next_block": 1, "block_hash": "0x", "block_time": 0, "head_number": 0, "finalized_number": 0}
        session.add(CursorRecord(consortium_id=register(session, deployment_on()), revision=3, checked_at=0.0, **row))
    with Notices(mirror.engine, 1).heard() as notices:
        assert notices.wait(-1, 10) == 3
        postgres.restart()
        move(mirror, 8)
        wait_until(lambda: notices.revision == 8, 10)
