"""All proposals in the order of bodies and numbers, with where each stands, some at a time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import tuple_
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, filed_from, select_filed
from backend.queries.registers import register_numbers
from backend.queries.standings import Standing, read_standings

P = ProposalRecord
AT_ONCE = 100


def standing_proposals(session: Session, consortium: Consortium, now: int) -> Iterator[tuple[Standing, str]]:
    """Give each proposal as it stands in second `now`, with its number in the register."""
    for filed, numbers in _parts(session, consortium):
        for standing in read_standings(session, consortium, filed, now):
            yield standing, numbers[standing.filed.key]


def numbered_proposals(session: Session, consortium: Consortium) -> Iterator[tuple[Filed, str]]:
    """Give each proposal with its number in the register, where it is not asked how it stands."""
    for filed, numbers in _parts(session, consortium):
        for one in filed:
            yield one, numbers[one.key]


def _parts(session: Session, consortium: Consortium) -> Iterator[tuple[list[Filed], dict[Key, str]]]:
    after = (-1, 0)
    while True:
        following = select_filed(consortium, tuple_(P.body_id, P.number) > tuple_(*after))
        part = filed_from(session.execute(following.order_by(P.body_id, P.number).limit(AT_ONCE)))
        if not part:
            return
        yield part, register_numbers(session, consortium, [one.proposal for one in part])
        after = (part[-1].proposal.body_id, part[-1].proposal.number)
