"""What the service keeps for itself is nobody's but its own: no rebuild, no reorganisation and no export touches it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.database import desk
from backend.database.base import table_of
from backend.database.journal import BlockRecord, CursorRecord
from backend.indexer.export import export
from backend.indexer.rebuild import PROJECTED, rebuild
from backend.indexer.reorg import _cut

RECORDS = [getattr(desk, name) for name in desk.__all__]


@pytest.fixture
def told(make_mirror, story):
    return make_mirror(story.told)


def kept(session):
    return {record.__tablename__: session.execute(select(table_of(record))).all() for record in RECORDS}


def test_a_rebuild_leaves_it_alone(told):
    with told.writing() as session:
        before = kept(session)
        rebuild(session)
        assert kept(session) == before
        assert any(before.values())


def test_a_reorganisation_cuts_none_of_it(told):
    with told.writing() as session:
        before = kept(session)
        blocks = select(BlockRecord).order_by(BlockRecord.number)
        assert _cut(session, session.scalars(select(CursorRecord)).one(), session.scalars(blocks).first()) > 10
        assert kept(session) == before


def test_it_does_not_follow_from_the_journal():
    assert not set(RECORDS) & set(PROJECTED)


def test_no_export_holds_it(told):
    with told.writing() as session:
        text = "".join(export(session, told.consortium.id))

    assert not [record for record in RECORDS if f'"table":"{record.__tablename__}"' in text]
