"""States of proposals as conditions over what is stored: timepoints and facts.

Mirrors `backend.domain.proposals`, which decides; a test holds the two together. Which way a closed proposal went
depends on its tally, its vetoes and its minutes and is judged by the domain, so the words for that are one condition
here: `is_judged`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func

from backend.database.records import ProposalRecord as P
from backend.domain.proposals import ProposalState

JUDGED = frozenset(ProposalState) - {
    ProposalState.PENDING,
    ProposalState.OPEN,
    ProposalState.QUEUED,
    ProposalState.EXECUTED,
    ProposalState.WITHDRAWN,
}
"""Where a closed proposal may stand that is not queued."""


def is_withdrawn() -> ColumnElement[bool]:
    """Withdrawn by its proposer."""
    return P.canceled_at.is_not(None)


def is_pending(now: int) -> ColumnElement[bool]:
    """Published, and voting is not open yet."""
    return and_(P.canceled_at.is_(None), P.opens_at >= now)


def is_open(now: int) -> ColumnElement[bool]:
    """A ballot handed in now counts."""
    return and_(P.canceled_at.is_(None), P.opens_at < now, P.closes_at >= now)


def is_judged(now: int) -> ColumnElement[bool]:
    """Closed, and not queued."""
    return and_(_is_closed(now), P.eta.is_(None))


def is_queued(now: int) -> ColumnElement[bool]:
    """Queued, and not executed."""
    return and_(_is_closed(now), P.eta.is_not(None), P.executed_at.is_(None))


def is_executed(now: int) -> ColumnElement[bool]:
    """Executed."""
    return and_(_is_closed(now), P.eta.is_not(None), P.executed_at.is_not(None))


def condition_of(state: ProposalState, now: int) -> ColumnElement[bool]:
    """The condition for a state; for those in `JUDGED` the same one, `is_judged`."""
    match state:
        case ProposalState.WITHDRAWN:
            return is_withdrawn()
        case ProposalState.PENDING:
            return is_pending(now)
        case ProposalState.OPEN:
            return is_open(now)
        case ProposalState.QUEUED:
            return is_queued(now)
        case ProposalState.EXECUTED:
            return is_executed(now)
        case _:
            return is_judged(now)


def reading_order(now: int) -> tuple[SQLColumnExpression[int], ...]:
    """Sort keys, all ascending: open by deadline, pending by opening, then what is over, newest first."""
    rank = case((is_open(now), 0), (is_pending(now), 1), else_=2)
    moment = case(
        (is_open(now), P.closes_at), (is_pending(now), P.opens_at), else_=-func.coalesce(P.canceled_at, P.closes_at)
    )
    return rank, moment, P.body_id, -P.number


def _is_closed(now: int) -> ColumnElement[bool]:
    return and_(P.canceled_at.is_(None), P.closes_at < now)
