"""Whatever happened, and whenever the mirror looked: following, rebuilding and reading afresh end in the same bytes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from backend.database.journal import EventRecord
from backend.database.records import EarlierVoteRecord, ProposalRecord, VoteRecord
from backend.indexer import journal
from backend.indexer.rebuild import rebuild
from backend.queries.status import COUNTED
from tests.backend.indexer.histories import History
from tests.backend.indexer.simulated_node import SimulatedNode, tell

# Histories are as long as they come, and a fixture that only makes databases may serve several of them.
RANDOM = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@pytest.fixture
def lived(make_sessions, make_follower, exported, story):
    """Lives a random history beside a mirror that looks now and then, and says what the mirror says in the end."""

    def live(draw):
        node, sessions = SimulatedNode(), make_sessions()
        tell(node, story.told)
        follower, history = make_follower(node, sessions, finality_depth=64), History(node, draw, story.told)
        for _ in range(draw.randint(2, 5)):
            history.go_on(draw.randint(1, 6))
            if draw.random() < 0.7:
                follower.follow_once()
            history.fork(draw.randint(0, 6))
        follower.follow_once()
        return node, sessions

    return live


def afresh(node, make_sessions, make_follower, exported):
    sessions = make_sessions()
    make_follower(node, sessions, finality_depth=64).follow_once()
    return exported(sessions)


@settings(max_examples=12, suppress_health_check=RANDOM)
@given(draw=st.randoms(use_true_random=False), at_once=st.integers(1, 60))
def test_attack_35_mirror_is_made_again_from_the_chain_alone_after_any_history(
    lived, make_sessions, make_follower, exported, draw, at_once
):
    node, sessions = lived(draw)
    followed = exported(sessions)
    with pytest.MonkeyPatch.context() as patch, sessions.begin() as session:
        patch.setattr(journal, "AT_ONCE", at_once)
        rebuild(session)

    assert exported(sessions) == followed == afresh(node, make_sessions, make_follower, exported)


@settings(max_examples=6, suppress_health_check=RANDOM)
@given(draw=st.randoms(use_true_random=False))
def test_every_count_is_that_of_the_rows_and_every_ballot_that_was_logged_is_in_one_of_them(lived, draw):
    _, sessions = lived(draw)
    with sessions() as session:
        names = Counter(session.scalars(select(EventRecord.name)).all())
        rows = {noun: session.scalar(select(func.count()).select_from(record)) for noun, record in COUNTED.items()}
        earlier = session.scalar(select(func.count()).select_from(EarlierVoteRecord))

    assert rows["proposals"] == names["ProposalFiled"]
    assert rows["members"] == names["MemberAdmitted"]
    assert rows["ballots"] + earlier == names["VoteCast"]


def test_no_table_keeps_a_number_that_is_counted_up():
    kept = {column.name for record in (ProposalRecord, VoteRecord) for column in record.__table__.columns}
    assert not {name for name in kept if "count" in name or "votes" in name or "total" in name}
