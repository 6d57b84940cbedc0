"""What has to be read again after something happened: the proposals with a new ballot, or else everything."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.domain.moments import Turn
from backend.errors import InvalidCursorError
from backend.queries.changes import newest_cursor, read_changes
from backend.queries.consortium import Consortium
from backend.queries.event_data import BY_MANDATE
from backend.queries.refusals import FeedRestartedError

OF_ONE_PROPOSAL = frozenset(("ballot.cast", "ballot.changed", "ballot.refused", BY_MANDATE))
"""Changes that nothing shows but the proposal they name."""
OF_TIME = frozenset(turn.value for turn in Turn)
"""Turns that whoever keeps something must have reckoned with."""
MOST_READ = 500
"""Changes; where there were more, everything is read again."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What happened since, as far as what was read before is concerned."""

    everything: bool
    proposals: frozenset[int]
    """Ids of those with a new ballot."""
    cursor: str
    """Where the feed ends."""


def touched_since(session: Session, consortium: Consortium, cursor: str) -> Touched:
    """Say what was touched after a cursor of the feed of changes."""
    try:
        found = read_changes(session, consortium, cursor, limit=MOST_READ)
    except (FeedRestartedError, InvalidCursorError):
        return _everything(session, consortium)
    told = [change for change in found.items if change.type not in OF_TIME]
    if found.more or any(change.type not in OF_ONE_PROPOSAL for change in told):
        return _everything(session, consortium)
    proposals = frozenset(change.subject.proposal_id or 0 for change in told)
    return Touched(everything=False, proposals=proposals, cursor=found.next_cursor)


def _everything(session: Session, consortium: Consortium) -> Touched:
    return Touched(everything=True, proposals=frozenset(), cursor=newest_cursor(session, consortium))
