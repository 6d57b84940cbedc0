"""Failures that other mirrors of governance have had, tried on this one; numbered as in docs/attacks.md."""

from __future__ import annotations

import json

import msgspec
import pytest
from sqlalchemy import func, select

from backend.audit.export_file import FORMAT, UnreadableExportError, deployment_of, lines_of
from backend.chain.node import RawLog
from backend.database.journal import CursorRecord
from backend.database.records import ProposalRecord, VoteRecord
from backend.domain import events as e
from backend.domain.members import MemberClass
from backend.domain.values import MemberId
from backend.errors import UndecodableLogError
from backend.queries.status import COUNTED, finality_of
from tests.backend import story as s

ASSEMBLY = s.GOVERNORS[0]


def counted(sessions):
    with sessions() as session:
        return {noun: session.scalar(select(func.count()).select_from(record)) for noun, record in COUNTED.items()}


def row(sessions, proposal):
    with sessions() as session:
        return session.scalars(select(ProposalRecord).where(ProposalRecord.proposal_id == proposal)).one()


def test_attack_23_withdrawal_logged_again_moves_no_count(follower, node, sessions, exported, fresh):
    follower.follow_once()
    before = counted(sessions)
    for _ in range(3):
        node.mine(s.NOW, (ASSEMBLY, e.ProposalCanceled(s.WITHDRAWN)), (ASSEMBLY, e.ProposalCanceled(s.WITHDRAWN)))
        follower.follow_once()

    assert counted(sessions) == before
    assert row(sessions, s.WITHDRAWN).canceled_at is not None
    assert exported(sessions) == fresh(node)


def test_attack_23_log_that_a_node_gives_twice_is_taken_in_once(follower, node, sessions, story, monkeypatch):
    once = type(node).logs
    monkeypatch.setattr(type(node), "logs", lambda *asked: [log for log in once(*asked) for _ in range(2)])
    assert follower.follow_once().events == len(story.told)
    assert counted(sessions)["ballots"] == 38


def test_attack_25_event_that_nothing_here_knows_stops_the_mirror_and_is_named(follower, node, sessions, exported):
    follower.follow_once()
    before = exported(sessions)
    node.mine(s.NOW, (ASSEMBLY, e.VoteCast(s.wallet_of(3), s.OPEN, s.FOR, 1, "")))
    block = node.blocks[-1]
    topic = "0x" + "e2" * 32  # such as `VoteCastWithParams`, whose ballots others did not see for years
    known = block.logs[0]
    stranger = RawLog(
        known.address, (topic,), "0x", known.block_number, known.block_hash, known.transaction_hash, "0x7"
    )
    node.blocks[-1] = type(block)(block.header, (*block.logs, stranger))

    with pytest.raises(UndecodableLogError, match=f"{topic}.*block {block.header.number}, log 7"):
        follower.follow_once()
    assert exported(sessions) == before


def test_attack_26_result_that_is_taken_back_was_never_called_final(make_follower, node, sessions, exported, fresh):
    follower = make_follower(node, sessions, finality_depth=64)
    node.mine(s.NOW, (ASSEMBLY, e.ProposalExecuted(s.QUEUED)))
    follower.follow_once()
    assert row(sessions, s.QUEUED).executed_at == s.NOW
    with sessions() as session:
        cursor = session.get_one(CursorRecord, 1)
        assert finality_of(cursor.next_block - 1, cursor.finalized_number) == "provisional"
    node.forget(1)
    node.mine(s.NOW, salt="fork")
    node.mine(s.NOW + 1, salt="fork")
    follower.follow_once()

    assert row(sessions, s.QUEUED).executed_at is None
    assert exported(sessions) == fresh(node)


@pytest.mark.parametrize("depth", [1, 2, 17, 63, 64])
def test_attack_26_ballots_of_a_fork_are_counted_where_the_chain_has_them_at_any_depth(
    make_follower, node, sessions, exported, fresh, depth
):
    follower = make_follower(node, sessions, finality_depth=64)
    for at in range(64):
        happened = [(ASSEMBLY, e.VoteCast(s.wallet_of(3), s.OPEN, s.FOR, 1, ""))] if at == 64 - depth else []
        node.mine(s.NOW + at, *happened)
    follower.follow_once()
    node.forget(depth)
    for at in range(depth + 1):
        node.mine(s.NOW + 64 - depth + at, salt="fork")
    assert follower.follow_once().cut == depth

    with sessions() as session:
        cast = session.scalars(select(VoteRecord.member_id).where(VoteRecord.proposal_id == s.OPEN)).all()
    assert 3 not in cast
    assert exported(sessions) == fresh(node)


NAMES = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", '"quoted", and so on', "two\nlines", "\ttab", "…\u2028…")


@pytest.mark.parametrize("name", NAMES)
def test_attack_33_export_is_one_line_of_json_for_each_record_whatever_names_are(
    follower, node, sessions, deployment, name
):
    admitted = e.MemberAdmitted(MemberId(7), s.wallet_of(7), MemberClass.PARTNER, "IT", "IT-X", name)
    node.mine(s.NOW, (s.REGISTRY, admitted))
    follower.follow_once()
    with sessions() as session:
        lines = list(lines_of(session, 1, deployment))

    assert all(line.count("\n") == 1 and line.endswith("\n") and line.startswith("{") for line in lines)
    records = [json.loads(line) for line in lines]
    assert [each["name"] for each in records if each["table"] == "members"][-1] == name
    assert "".join(lines).split("\n")[:-1] == [line[:-1] for line in lines]


def test_attack_33_export_of_another_format_is_refused_rather_than_misread(follower, sessions, deployment, tmp_path):
    follower.follow_once()
    with sessions() as session:
        lines = list(lines_of(session, 1, deployment))
    assert deployment_of(tmp_path, lines).registry == deployment.registry
    first = json.loads(lines[0]) | {"format": FORMAT + 1}
    with pytest.raises(UnreadableExportError, match=f"format {FORMAT + 1}, this release reads {FORMAT}"):
        deployment_of(tmp_path, [json.dumps(first), *lines[1:]])
    assert msgspec.json.decode(lines[0])["table"] == "deployment"
