"""Reorganisations: notices that the node has other blocks than the mirror, and takes back what is no longer on chain.

Blocks that are not final keep their hashes in the journal. Where the node's hash differs, the newest block on which
both agree is the common ancestor; the journal is cut there, and what the cut touched is derived again.

A node that lags or lies is not believed: where others can be asked, none of them may still have the mirrored block; and
the node must say the same twice, since behind one address there may be several nodes that know different blocks.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.chain.decoder import Logged
from backend.chain.node import BlockHeader, Node, NodeDistrustedError
from backend.database.journal import BlockRecord, CursorRecord
from backend.domain import events
from backend.errors import MirrorError
from backend.indexer import feed, journal
from backend.indexer.projections.projection import Projection, ProposalKey
from backend.indexer.rebuild import rebuild, rebuild_proposals

OF_ONE_PROPOSAL = (
    events.ProposalCreated,
    events.ProposalFiled,
    events.ProposalReconvened,
    events.ProposalRevised,
    events.ProposalClosedEarly,
    events.MinutesRecorded,
    events.MinutesObjected,
    events.ApprovalRecorded,
    events.VoteCast,
    events.BallotCounted,
    events.MemberRecused,
    events.VetoRaised,
    events.VetoWithdrawn,
    events.ProposalQueued,
    events.ProposalExecuted,
    events.ProposalCanceled,
)


class FinalityBrokenError(MirrorError):
    """The node contradicts a block that was final: it is on another chain, or the chain was started anew."""

    code = "FINALITY_BROKEN"

    def __init__(self, number: int, mirrored: str) -> None:
        self.number = number
        self.mirrored = mirrored
        super().__init__(
            f"Block {number} was final with hash {mirrored}, and the node has another. See that ZBOR_RPC_URL names the"
            " right chain; if that chain was started anew, point ZBOR_DATABASE_URL to a new database."
        )


def realign(session: Session, node: Node, cursor: CursorRecord, head: BlockHeader) -> int:
    """Cut the mirror back to the newest block on which it and the node agree. The caller commits.

    Returns how many blocks were cut; 0 where there is no fork, also when the node merely lags behind the mirror.

    Raises:
        FinalityBrokenError: the fork lies before a final block.
        NodeDistrustedError: another node still has the mirrored block, or the node contradicts itself.
    """
    newest = cursor.next_block - 1
    if head.number < newest:
        return _realign_to_shorter(session, node, cursor, head)
    found = node.headers([newest])[0]
    if found is None or found.hash == cursor.block_hash:
        return 0
    _require_said_twice(node, found)
    return _cut_to_ancestor(session, node, cursor)


def _realign_to_shorter(session: Session, node: Node, cursor: CursorRecord, head: BlockHeader) -> int:
    # A node that is behind shows blocks that the mirror knows; only a block it does not know is a fork.
    if head.number <= cursor.finalized_number:
        return 0
    mirrored = session.get(BlockRecord, (cursor.consortium_id, head.number))
    if mirrored is None or mirrored.hash == head.hash:
        return 0
    _require_said_twice(node, head)
    return _cut_to_ancestor(session, node, cursor)


def _require_said_twice(node: Node, found: BlockHeader) -> None:
    again = node.headers([found.number])[0]
    if again is None or again.hash != found.hash:
        raise NodeDistrustedError(f"it told two stories of block {found.number}")


def _require_no_witness(node: Node, number: int, mirrored: str) -> None:
    if any(witness.hash == mirrored for witness in node.witnesses(number)):
        problem = f"another node still has the mirrored block {number}"
        node.distrust(problem)
        raise NodeDistrustedError(problem)


def _cut_to_ancestor(session: Session, node: Node, cursor: CursorRecord) -> int:
    try:
        ancestor = _common_ancestor(session, node, cursor)
    except FinalityBrokenError as broken:
        _require_no_witness(node, broken.number, broken.mirrored)
        raise
    # The oldest block to go is the one that a node which lags most likely has.
    first_gone = session.get(BlockRecord, (cursor.consortium_id, ancestor.number + 1))
    if first_gone is not None:
        _require_no_witness(node, first_gone.number, first_gone.hash)
    return _cut(session, cursor, ancestor)


def _common_ancestor(session: Session, node: Node, cursor: CursorRecord) -> BlockRecord:
    if cursor.next_block - 1 <= cursor.finalized_number:
        raise FinalityBrokenError(cursor.next_block - 1, cursor.block_hash)
    mirrored = session.scalars(
        select(BlockRecord).where(BlockRecord.consortium_id == cursor.consortium_id).order_by(BlockRecord.number.desc())
    )
    for block in mirrored:
        found = node.headers([block.number])[0]
        if found is not None and found.hash == block.hash:
            return block
        if block.number <= cursor.finalized_number:
            break
    raise FinalityBrokenError(block.number, block.hash)


def _cut(session: Session, cursor: CursorRecord, ancestor: BlockRecord) -> int:
    connection = session.connection()
    consortium_id = cursor.consortium_id
    gone = list(journal.read(connection, consortium_id, ancestor.number + 1))
    feed.revert(session, cursor, ancestor, gone)
    journal.cut(connection, consortium_id, ancestor.number)
    if all(isinstance(event, OF_ONE_PROPOSAL) for event, _ in gone):
        rebuild_proposals(session, consortium_id, _touched(Projection.begin(connection, consortium_id), gone))
    else:
        rebuild(session, consortium_id)
    depth = cursor.next_block - 1 - ancestor.number
    cursor.next_block = ancestor.number + 1
    cursor.block_hash = ancestor.hash
    cursor.block_time = ancestor.time
    cursor.revision += 1
    return depth


def _touched(batch: Projection, gone: Iterable[Logged]) -> set[ProposalKey]:
    return {
        (batch.governors[place.emitter], event.proposal_id)
        for event, place in gone
        if isinstance(event, OF_ONE_PROPOSAL)
    }
