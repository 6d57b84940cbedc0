"""What there is to write about now: proposals whose dates call for a letter, and whose facts can no longer change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.notices.occasions import DAY, RESULT_LASTS, Dates, Occasion, occasion_at
from backend.notices.outbox import written_to
from backend.notices.readers import Reader, readers_of
from backend.queries.consortium import Consortium
from backend.queries.filed import Key
from backend.queries.finality import final_until, is_settled
from backend.queries.status import read_finalized

FRESH = 3 * DAY
"""Seconds after the deadline in which a result is still written about: whoever begins to send has no past to tell."""

P = ProposalRecord


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to write about, and to whom."""

    key: Key
    occasion: Occasion
    readers: tuple[Reader, ...]


def dates_of(proposal: ProposalRecord) -> Dates:
    """The dates of a proposal as they stand."""
    early = proposal.closed_early_at
    return Dates(proposal.opens_at, proposal.closes_at if early is None else early)


def agenda(session: Session, consortium: Consortium, now: int) -> Iterator[Item]:
    """What is to be written in second `now`; readers who have their letter are not among them."""
    final = final_until(session, consortium)
    wanted = select(P).where(
        P.consortium_id == consortium.id,
        P.canceled_at.is_(None),
        P.closes_at > now - RESULT_LASTS,
        P.block_number <= read_finalized(session, consortium),
    )
    for proposal in session.scalars(wanted.order_by(P.closes_at, P.body_id, P.proposal_id)):
        occasion = occasion_at(dates_of(proposal), now)
        if occasion is not None and may_be_said(session, consortium, proposal, occasion, now, final):
            key = (proposal.body_id, proposal.proposal_id)
            have = written_to(session, consortium, key, occasion)
            readers = readers_of(session, consortium, proposal, occasion, now)
            new = tuple(reader for reader in readers if reader.person not in have)
            if new:
                yield Item(key, occasion, new)


def may_be_said(
    session: Session, consortium: Consortium, proposal: ProposalRecord, occasion: Occasion, now: int, final: int
) -> bool:
    """Whether it is certain. A result is once a final block is beyond the deadline and all on record is final too."""
    if occasion is not Occasion.RESULT:
        return True
    deadline = dates_of(proposal).deadline
    return deadline < final and now <= deadline + FRESH and is_settled(session, consortium, proposal.proposal_id)
