"""The numbers by which people name proposals, counted from the proposals on record."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.database.records import BodyRecord, ProposalRecord
from backend.domain.references import RegisterNumber, short_names, start_of_year, year_of
from backend.queries.consortium import Consortium

P = ProposalRecord


def register_numbers(
    session: Session, consortium: Consortium, proposals: Iterable[ProposalRecord]
) -> dict[tuple[int, int], str]:
    """Number these proposals in the registers of their bodies; by number of the body and id."""
    numbered = list(proposals)
    years = sorted({year_of(one.created_at) for one in numbered})
    if not years:
        return {}
    before = {
        (row[0], year): int(counted)
        for row in session.execute(
            select(P.body_id, *(func.count().filter(P.created_at < start_of_year(year)) for year in years))
            .where(P.consortium_id == consortium.id)
            .group_by(P.body_id)
        )
        for year, counted in zip(years, row[1:], strict=True)
    }
    shorts = _shorts(session, consortium)
    return {(one.body_id, one.proposal_id): str(_number(one, shorts, before)) for one in numbered}


def place_of(session: Session, consortium: Consortium, number: RegisterNumber) -> tuple[int, int] | None:
    """Find the body, and the running number there over all years, that a number stands for; None where it is none."""
    named = [body for body, short in _shorts(session, consortium).items() if short == number.body]
    if not named:
        return None
    start, end = start_of_year(number.year), start_of_year(number.year + 1)
    before, within = session.execute(
        select(func.count().filter(P.created_at < start), func.count().filter(P.created_at >= start)).where(
            P.consortium_id == consortium.id, P.body_id == named[0], P.created_at < end
        )
    ).one()
    return (named[0], before + number.running) if 1 <= number.running <= within else None


def _shorts(session: Session, consortium: Consortium) -> dict[int, str]:
    rows = session.execute(select(BodyRecord.body_id, BodyRecord.name).where(BodyRecord.consortium_id == consortium.id))
    return short_names((body_id, name) for body_id, name in rows)


def _number(proposal: ProposalRecord, shorts: dict[int, str], before: dict[tuple[int, int], int]) -> RegisterNumber:
    year = year_of(proposal.created_at)
    return RegisterNumber(shorts[proposal.body_id], year, proposal.number - before[proposal.body_id, year])
