"""Lets something happen in a mirror, as the indexer would write it."""

from __future__ import annotations

from backend.chain.decoder import Logged
from backend.database.journal import CursorRecord
from backend.domain import events as e
from backend.domain.ballots import Choice
from backend.domain.values import Hash32, MemberId, Timepoint
from backend.indexer import feed
from backend.indexer.journal import append
from backend.indexer.projections import project
from backend.indexer.projections.projection import Projection
from tests.backend import story as s

ASSEMBLY = s.GOVERNORS[0]


def ballot(member, support=s.FOR, proposal=s.OPEN):
    return ASSEMBLY, e.VoteCast(s.wallet_of(member), proposal, support, 1, "")


def changed(member, number, before=Choice.FOR, proposal=s.OPEN):
    """What is said after a ballot that takes the place of another: it is that member's so-manieth."""
    return ASSEMBLY, e.BallotCounted(proposal, MemberId(member), before, number, MemberId(member))


def happen(mirror, *logged, at=s.NOW):
    """Add a block with these events, each with the address that logs it."""
    consortium_id = mirror.consortium.id
    with mirror.writing() as session:
        cursor = session.get_one(CursorRecord, consortium_id)
        block = cursor.next_block
        told = [
            Logged(event, e.Place(block, Hash32(f"0x{block:064x}"), Timepoint(at), Hash32("0x" + "7" * 64), i, emitter))
            for i, (emitter, event) in enumerate(logged)
        ]
        append(session.connection(), consortium_id, (), told)
        feed.note(session, consortium_id, told)
        project(Projection.begin(session.connection(), consortium_id), told)
        cursor.next_block, cursor.head_number, cursor.block_time = block + 1, block, at
        cursor.block_hash = Hash32(f"0x{block:064x}")
        cursor.revision += 1
