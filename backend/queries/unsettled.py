"""Proposals that are not done with: votes to come and under way, and what their results still wait for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_
from sqlalchemy.orm import Session

from backend.domain.proposals import ProposalState
from backend.queries.consortium import Consortium
from backend.queries.filed import filed_from, select_filed
from backend.queries.proposal_states import is_judged, is_open, is_pending, is_queued, reading_order
from backend.queries.standings import Standing, read_standings

WAITING = frozenset(
    {
        ProposalState.ADOPTED,
        ProposalState.AWAITING_APPROVAL,
        ProposalState.VETOED,
        ProposalState.BINDING,
        ProposalState.QUEUED,
    }
)
"""States in which a closed proposal waits for somebody, however long ago it closed."""
OVER = frozenset({ProposalState.NO_QUORUM, ProposalState.REJECTED, ProposalState.CONSULTED, ProposalState.NOT_APPROVED})
"""States that leave only minutes to be written, or a further call to be made."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is not done with; each list in the order in which proposals are read."""

    running: tuple[Standing, ...]
    """Voting is open."""
    coming: tuple[Standing, ...]
    """Announced."""
    waiting: tuple[Standing, ...]
    """Closed, and waiting for somebody."""
    over: tuple[Standing, ...]
    """Closed of late without a decision that could bind."""


def read_unsettled(session: Session, consortium: Consortium, now: int, *, since: int) -> Unsettled:
    """Read where every proposal stands that is not done with, all in one turn.

    Args:
        since: second of closing from which a proposal in one of the states of `OVER` is meant.
    """
    wanted = or_(is_open(now), is_pending(now), is_judged(now), is_queued(now))
    rows = session.execute(select_filed(consortium, wanted).order_by(*reading_order(now)))
    standings = [(one.state(now), one) for one in read_standings(session, consortium, filed_from(rows), now)]
    return Unsettled(
        running=_among(standings, {ProposalState.OPEN}),
        coming=_among(standings, {ProposalState.PENDING}),
        waiting=_among(standings, WAITING),
        over=tuple(one for one in _among(standings, OVER) if one.filed.proposal.closes_at >= since),
    )


def _among(
    standings: Iterable[tuple[ProposalState, Standing]], states: Iterable[ProposalState]
) -> tuple[Standing, ...]:
    wanted = frozenset(states)
    return tuple(standing for state, standing in standings if state in wanted)
