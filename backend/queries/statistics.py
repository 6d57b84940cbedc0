"""What became of the proposals of one body."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.queries.bodies import find_body
from backend.queries.consortium import Consortium
from backend.queries.filed import filed_from, select_filed
from backend.queries.proposal_filters import ALWAYS, Span
from backend.queries.standings import read_standings
from backend.queries.views import BodyStatistics

P = ProposalRecord


def read_statistics(
    session: Session, consortium: Consortium, name: str, now: int, opened: Span = ALWAYS
) -> BodyStatistics:
    """Count a body's proposals by state and kind, and the ballots of those whose vote is over.

    Raises:
        BodyNotFoundError: no such body.
    """
    body = find_body(session, consortium, name, now)
    conditions: list[ColumnElement[bool]] = [P.body_id == body.id]
    conditions += [P.opens_at >= opened.since] if opened.since is not None else []
    conditions += [P.opens_at <= opened.until] if opened.until is not None else []
    filed = filed_from(session.execute(select_filed(consortium, *conditions)))
    standings = read_standings(session, consortium, filed, now)
    over = [one for one in standings if one.facts.deadline < now and not one.facts.canceled]
    return BodyStatistics(
        body=body.name,
        proposals=len(standings),
        by_state=dict(sorted(Counter(one.state(now).value for one in standings).items())),
        by_kind=dict(sorted(Counter(one.filed.kind.name for one in standings).items())),
        closed=len(over),
        ballots=sum(one.tally.participating for one in over),
        entitled=sum(one.tally.entitled for one in over),
        vetoes=sum(one.facts.vetoes for one in over),
        recalled=sum(one.filed.proposal.attempt > 1 for one in standings),
    )
