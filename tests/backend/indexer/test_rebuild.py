import pytest
from sqlalchemy import delete, func, select, update

from backend.database.journal import EventRecord
from backend.database.records import MemberRecord, VoteRecord
from backend.indexer import journal
from backend.indexer.rebuild import PROJECTED, rebuild
from tests.backend.indexer.simulated_node import SimulatedNode, tell


def test_rebuilding_from_the_journal_equals_following_the_chain_byte_for_byte(follower, sessions, exported, story):
    follower.follow_once()
    text = exported(sessions)
    with sessions.begin() as session:
        assert rebuild(session) == len(story.told)

    assert exported(sessions) == text


def test_rebuilding_mends_what_was_tampered_with(follower, sessions, exported):
    follower.follow_once()
    text = exported(sessions)
    with sessions.begin() as session:
        session.execute(update(VoteRecord).values(choice=1))
        session.execute(update(MemberRecord).values(name="Mallory"))
    assert exported(sessions) != text
    with sessions.begin() as session:
        rebuild(session)

    assert exported(sessions) == text


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_rebuilding_in_small_parts_gives_the_same(follower, sessions, exported, monkeypatch, at_once):
    follower.follow_once()
    text = exported(sessions)
    monkeypatch.setattr(journal, "AT_ONCE", at_once)
    with sessions.begin() as session:
        rebuild(session)

    assert exported(sessions) == text


def test_a_rebuild_that_breaks_off_changes_nothing(follower, sessions, exported):
    follower.follow_once()
    text = exported(sessions)
    with sessions() as session:
        rebuild(session)
        session.execute(delete(VoteRecord))
        session.rollback()

    assert exported(sessions) == text


def test_following_goes_on_after_a_rebuild(make_follower, node, sessions, exported, fresh):
    follower = make_follower(node, sessions)
    head = node.head().number
    node.visible = head - 30
    follower.follow_once()
    with sessions.begin() as session:
        rebuild(session)
    node.visible = None
    follower.follow_once()

    assert exported(sessions) == fresh(node)


def test_one_consortium_is_rebuilt_without_touching_another(make_follower, deployment, node, sessions, story, exported):
    make_follower(node, sessions).follow_once()
    other_chain = SimulatedNode()
    tell(other_chain, story.told, salt="elsewhere")
    other = type(deployment)(
        network="elsewhere", chain_id=4, block=5, contracts=deployment.contracts, bodies=deployment.bodies
    )
    follower = type(make_follower(node, sessions))(other_chain, sessions, other)
    follower.follow_once()
    text = exported(sessions)
    with sessions.begin() as session:
        session.execute(update(VoteRecord).where(VoteRecord.consortium_id == 2).values(choice=2))
        rebuild(session, 1)
        spared = session.scalars(select(VoteRecord.choice).where(VoteRecord.consortium_id == 2)).all()

    assert set(spared) == {2}
    assert exported(sessions) == text


def test_every_projected_table_is_filled_by_the_story_so_that_these_tests_mean_something(follower, sessions):
    follower.follow_once()
    with sessions() as session:
        filled = {
            record.__tablename__: session.scalar(select(func.count()).select_from(record)) for record in PROJECTED
        }

    assert all(filled.values()), filled


def test_the_journal_gives_back_what_was_written(follower, sessions, node, story):
    follower.follow_once()
    with sessions() as session:
        read = [event for event, _ in journal.read(session.connection(), 1)]
        assert len(read) == session.scalar(select(func.count()).select_from(EventRecord))

    assert [type(event) for event in read] == [type(event) for _, event in story.told]
    assert read[0] == story.told[0][1]
