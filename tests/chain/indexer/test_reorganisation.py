"""Two blocks with ballots are replaced: the mirror drops and adds them again, and doubles none."""

from __future__ import annotations

import pytest
from brownie import web3
from consortium import AGAINST, FOR, opened, put, resolution
from sqlalchemy import select

from backend.database.records import VoteRecord


@pytest.fixture
def question(governed):
    return opened(put(governed.assembly, governed.wallet(1), [resolution(governed, "work_plan")]))


def cast(governed, question, member_id, support):
    sent = question.governor.castVote(question.id, support, {"from": governed.wallet(member_id)})
    return web3.provider.make_request("eth_getRawTransactionByHash", [sent.txid])["result"]


def reorganise(depth, *transactions):
    answer = web3.provider.make_request("anvil_reorg", [depth, [list(each) for each in transactions]])
    assert "error" not in answer, answer


def votes(sessions):
    with sessions() as session:
        return {row.member_id: (row.choice, row.block_number) for row in session.scalars(select(VoteRecord))}


def on_chain(governed, question):
    return {member: governed.assembly.ballotOf(question.id, member) for member in range(1, 9)}


def mirrored(sessions):
    found = votes(sessions)
    return {member: found[member][0] + 1 if member in found else 0 for member in range(1, 9)}


def test_ballots_that_change_places_are_mirrored_where_they_are_now(
    governed, question, follower, sessions, exported, fresh
):
    first = cast(governed, question, 1, FOR)
    second = cast(governed, question, 2, AGAINST)
    follower.follow_once()
    before = votes(sessions)
    reorganise(2, (second, 0), (first, 1))
    progress = follower.follow_once()

    after = votes(sessions)
    assert progress.cut == 2
    assert (after[1], after[2]) == ((FOR, before[2][1]), (AGAINST, before[1][1]))
    assert mirrored(sessions) == on_chain(governed, question)
    assert exported(sessions) == fresh()


def test_a_ballot_that_the_new_branch_lacks_is_gone(governed, question, follower, sessions, exported, fresh):
    first = cast(governed, question, 1, FOR)
    cast(governed, question, 2, AGAINST)
    follower.follow_once()
    reorganise(2, (first, 1))
    follower.follow_once()

    assert set(votes(sessions)) == {1}
    assert mirrored(sessions) == on_chain(governed, question)
    assert exported(sessions) == fresh()


def test_ballots_cast_after_the_fork_are_added_to_those_that_stayed(
    governed, question, follower, sessions, exported, fresh
):
    first = cast(governed, question, 1, FOR)
    cast(governed, question, 2, AGAINST)
    follower.follow_once()
    reorganise(2, (first, 0))
    cast(governed, question, 3, FOR)
    follower.follow_once()

    assert set(votes(sessions)) == {1, 3}
    assert mirrored(sessions) == on_chain(governed, question)
    assert exported(sessions) == fresh()
