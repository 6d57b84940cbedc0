import pytest
from sqlalchemy import select

from backend.chain.node import NodeDistrustedError
from backend.database.journal import BlockRecord, CursorRecord, EventRecord
from backend.database.records import MemberRecord, VoteRecord
from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.members import MemberStatus
from backend.domain.rules import VetoGround
from backend.domain.values import Hash32, MemberId, Timepoint
from backend.indexer.fetching import ChainMovedError
from backend.indexer.reorg import FinalityBrokenError
from tests.backend import story as s
from tests.backend.indexer.simulated_node import SimulatedNode, tell

ASSEMBLY = s.GOVERNORS[0]


def ballot(member, support=s.FOR):
    return (ASSEMBLY, e.VoteCast(s.wallet_of(member), s.OPEN, support, 1, ""))


def votes_on_open(sessions):
    with sessions() as session:
        rows = session.scalars(select(VoteRecord).where(VoteRecord.proposal_id == s.OPEN)).all()
        return {row.member_id: (row.choice, row.block_number) for row in rows}


@pytest.fixture
def live(make_follower, node, sessions):
    """A follower that has seen two blocks with ballots, none of them final."""
    follower = make_follower(node, sessions, finality_depth=64)
    node.mine(s.NOW, ballot(3))
    node.mine(s.NOW + 1, ballot(6, s.AGAINST))
    follower.follow_once()
    return follower


def test_ballots_that_move_between_blocks_are_dropped_and_added_again_without_duplicates(
    live, node, sessions, exported, fresh
):
    before = votes_on_open(sessions)
    node.forget(2)
    node.mine(s.NOW, ballot(6, s.AGAINST), salt="fork")
    node.mine(s.NOW + 1, ballot(3), salt="fork")
    node.mine(s.NOW + 2, salt="fork")
    progress = live.follow_once()

    after = votes_on_open(sessions)
    assert progress.cut == 2
    assert {member: choice for member, (choice, _) in after.items()} == {m: c for m, (c, _) in before.items()}
    assert after[3][1] == before[6][1]
    assert after[6][1] == before[3][1]
    assert exported(sessions) == fresh(node)


def test_a_ballot_that_does_not_come_back_is_gone(live, node, sessions, exported, fresh):
    node.forget(2)
    node.mine(s.NOW, ballot(3), salt="fork")
    node.mine(s.NOW + 1, salt="fork")
    live.follow_once()

    assert 6 not in votes_on_open(sessions)
    assert exported(sessions) == fresh(node)


def test_a_ballot_handed_in_otherwise_on_the_new_branch_counts_as_there(live, node, sessions):
    node.forget(2)
    node.mine(s.NOW, ballot(3, s.ABSTAIN), salt="fork")
    live.follow_once()

    assert votes_on_open(sessions)[3] == (s.ABSTAIN, node.head().number)


def said(event):
    return (ASSEMBLY, event)


STATEMENT = Hash32("0x" + "5a" * 32)
ANA, CVITA = MemberId(1), MemberId(3)
CHANGED = (ballot(1, s.AGAINST), said(e.BallotCounted(s.OPEN, ANA, Choice.FOR, 2, ANA)))
ON_ONE_PROPOSAL = (
    CHANGED,
    (said(e.MemberRecused(s.OPEN, CVITA, True)),),
    (said(e.VetoRaised(s.OPEN, CVITA, VetoGround.COSTS, STATEMENT)), said(e.VetoWithdrawn(s.OPEN, CVITA))),
    (said(e.VetoWithdrawn(s.VETOED, CVITA)),),
    (said(e.MinutesRecorded(s.VETOED, 1, STATEMENT)), said(e.MinutesObjected(s.VETOED, CVITA, STATEMENT))),
    (said(e.ApprovalRecorded(s.AWAITING, True, STATEMENT)),),
    (said(e.ProposalClosedEarly(s.OPEN, Timepoint(s.NOW))),),
    (said(e.ProposalReconvened(s.NO_QUORUM, s.OPEN, 2)),),
    (said(e.ProposalRevised(s.VETOED, s.OPEN)),),
)


@pytest.mark.parametrize("happened", ON_ONE_PROPOSAL, ids=lambda happened: type(happened[-1][1]).__name__)
def test_what_was_said_on_a_proposal_is_undone_without_touching_the_rest(
    make_follower, node, sessions, exported, fresh, happened, monkeypatch
):
    follower = make_follower(node, sessions, finality_depth=64)
    node.mine(s.NOW, *happened)
    follower.follow_once()
    changed = exported(sessions)
    node.forget(1)
    node.mine(s.NOW, salt="fork")
    monkeypatch.setattr("backend.indexer.reorg.rebuild", lambda *_: pytest.fail("everything was rebuilt"))
    follower.follow_once()

    assert exported(sessions) == fresh(node) != changed


def test_a_branch_that_is_shorter_for_now_is_followed(live, node, sessions, exported, fresh):
    node.forget(2)
    node.mine(s.NOW, ballot(6), salt="fork")
    progress = live.follow_once()

    assert progress.cut == 2
    assert exported(sessions) == fresh(node)


def test_a_lagging_node_is_not_taken_for_a_fork(live, node, sessions):
    before = votes_on_open(sessions)
    node.visible = node.head().number - 2
    progress = live.follow_once()

    assert progress.cut == 0
    assert votes_on_open(sessions) == before
    with sessions() as session:
        assert session.get(CursorRecord, 1).next_block == node.blocks[-1].header.number + 1


def test_a_lagging_node_does_not_count_as_a_look_at_the_head(make_follower, node, sessions):
    ticks = iter(range(1000, 2000))
    follower = make_follower(node, sessions, finality_depth=64, clock=lambda: float(next(ticks)))
    follower.follow_once()
    with sessions() as session:
        before = session.get(CursorRecord, 1).checked_at
    node.visible = node.head().number - 1
    follower.follow_once()

    with sessions() as session:
        assert session.get(CursorRecord, 1).checked_at == before


def test_a_fork_that_undoes_a_change_of_status_undoes_its_consequences(live, node, sessions, exported, fresh):
    node.mine(
        s.NOW + 2,
        (s.REGISTRY, e.MemberStatusChanged(s.MEMBERS[2][0], MemberStatus.ACTIVE, MemberStatus.LEFT)),
        (s.REGISTRY, e.VotingRightsChanged(s.MEMBERS[2][0], 0)),
    )
    live.follow_once()
    node.forget(1)
    node.mine(s.NOW + 2, salt="fork")
    live.follow_once()

    with sessions() as session:
        member = session.get(MemberRecord, (1, 3))
        assert (member.status, member.rights) == (MemberStatus.ACTIVE, 0b101)
    assert exported(sessions) == fresh(node)


@pytest.mark.parametrize("depth", [1, 2, 3, 17, 60])
def test_a_fork_of_any_depth_that_is_not_final_ends_as_a_fresh_mirror(
    make_follower, node, sessions, exported, fresh, story, depth
):
    follower = make_follower(node, sessions, finality_depth=64)
    follower.follow_once()
    gone = sum(len(block.logs) for block in node.forget(depth))
    tell(node, story.told[-gone:], salt="fork")
    progress = follower.follow_once()

    assert progress.cut == depth
    assert exported(sessions) == fresh(node)


def test_the_revision_moves_with_a_cut(live, node, sessions):
    with sessions() as session:
        before = session.get(CursorRecord, 1).revision
    node.forget(1)
    node.mine(s.NOW + 1, salt="fork")
    live.follow_once()

    with sessions() as session:
        assert session.get(CursorRecord, 1).revision >= before + 2


def test_a_node_that_contradicts_a_final_block_is_refused(make_follower, node, sessions, exported):
    follower = make_follower(node, sessions, finality_depth=3)
    follower.follow_once()
    text = exported(sessions)
    node.forget(6)
    for later in range(8):
        node.mine(s.NOW + later, salt="another chain")

    with pytest.raises(FinalityBrokenError, match="was final"):
        follower.follow_once()
    assert exported(sessions) == text


def test_a_chain_started_anew_is_refused(make_follower, node, sessions, story):
    follower = make_follower(node, sessions, finality_depth=0)
    follower.follow_once()
    node.forget(len(node.blocks))
    for place, _ in story.told:
        node.mine(place.block_time + 1)
    node.mine(s.NOW)

    with pytest.raises(FinalityBrokenError):
        follower.follow_once()


def test_answers_from_two_branches_are_never_mixed(make_follower, node, sessions, exported, fresh):
    follower = make_follower(node, sessions, finality_depth=64)
    ask_for_logs = node.logs

    def logs_of_a_branch_that_is_replaced_meanwhile(*wanted):
        found = ask_for_logs(*wanted)
        if not node.asked[1:]:
            node.forget(1)
            node.mine(s.NOW, ballot(3), salt="fork")
        return found

    node.logs = logs_of_a_branch_that_is_replaced_meanwhile
    follower.follow_once()

    assert exported(sessions) == fresh(node)
    assert len(node.asked) >= 2


def test_a_chain_that_never_stands_still_is_given_up_with_a_reason(make_follower, node, sessions):
    follower = make_follower(node, sessions, finality_depth=64)
    ask_for_logs = node.logs

    def logs_of_a_branch_that_is_gone(*wanted):
        found = ask_for_logs(*wanted)
        node.forget(1)
        node.mine(s.NOW, ballot(3), salt=f"fork {len(node.asked)}")
        return found

    node.logs = logs_of_a_branch_that_is_gone
    with pytest.raises(ChainMovedError):
        follower.follow_once()
    with sessions() as session:
        assert session.scalars(select(EventRecord)).all() == []
        assert len(session.scalars(select(BlockRecord)).all()) == 1


@pytest.fixture
def forked(live, node):
    """The node tells of other blocks than those that were mirrored; the honest one still has them."""
    honest = SimulatedNode()
    honest.blocks = list(node.blocks)
    node.forget(2)
    node.mine(s.NOW, ballot(6, s.AGAINST), salt="fork")
    node.mine(s.NOW + 1, ballot(3), salt="fork")
    return honest


def test_a_fork_that_another_node_does_not_bear_out_is_not_believed(live, node, sessions, forked, exported):
    before = exported(sessions)
    node.others = [forked]
    with pytest.raises(NodeDistrustedError, match="still has the mirrored block"):
        live.follow_once()

    assert exported(sessions) == before
    assert len(node.distrusted) == 1


def test_a_fork_that_another_node_bears_out_is_followed(live, node, sessions, forked, exported, fresh):
    forked.blocks = list(node.blocks)
    node.others = [forked]

    assert live.follow_once().cut == 2
    assert exported(sessions) == fresh(node)


def test_a_witness_that_lags_still_has_the_oldest_block_to_go(live, node, sessions, forked, exported):
    before = exported(sessions)
    forked.forget(1)
    node.others = [forked]
    with pytest.raises(NodeDistrustedError):
        live.follow_once()

    assert exported(sessions) == before


def test_a_node_that_contradicts_finality_is_distrusted_while_another_does_not(
    live, node, sessions, forked, exported, monkeypatch
):
    forked.finalized = node.finalized = forked.blocks[-1].header.number
    told, node.blocks = node.blocks, forked.blocks
    live.follow_once()
    before = exported(sessions)
    node.blocks, node.others = told, [forked]
    with pytest.raises(NodeDistrustedError):
        live.follow_once()
    node.others = []
    with pytest.raises(FinalityBrokenError):
        live.follow_once()

    assert exported(sessions) == before


def test_a_node_that_says_two_things_of_one_block_is_not_believed(live, node, sessions, forked, exported, monkeypatch):
    before = exported(sessions)
    mirrored, forks = forked.blocks[-1].header, node.blocks[-1].header
    answers = iter([forks, mirrored])
    monkeypatch.setattr(node, "headers", lambda _numbers: [next(answers)])
    with pytest.raises(NodeDistrustedError, match="two stories"):
        live.follow_once()

    assert exported(sessions) == before
