"""What time has brought about between two seconds. Of the database's rows as they are now; nothing is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from backend.database.records import MandateRecord, MemberRecord, MinutesRecord, ProposalRecord, RuleRecord, SeatRecord
from backend.domain.minutes import OBJECTION_PERIOD
from backend.domain.moments import Moment, Turn
from backend.domain.outcome import Verdict
from backend.domain.proposals import binding_at
from backend.domain.values import BodyId, MemberId, ProposalId, Timepoint
from backend.queries.consortium import Consortium
from backend.queries.filed import filed_from, select_filed
from backend.queries.standings import Standing, read_standings

P = ProposalRecord


def moments_between(session: Session, consortium: Consortium, since: int, until: int) -> tuple[Moment, ...]:
    """Say what has come after second `since` and up to second `until`; all blocks of these seconds must be mirrored.

    A mandate or seat that another took the place of is not told of: it did not end by time.
    """
    proposals = _turns_of_proposals(session, consortium, since, until)
    return (*proposals, *_ends_of_powers(session, consortium, since, until))


def _turns_of_proposals(session: Session, consortium: Consortium, since: int, until: int) -> Iterator[Moment]:
    conditions = or_(
        and_(P.opens_at > since, P.opens_at <= until),
        and_(P.closes_at > since, P.closes_at <= until),
        *_waits_end(session, consortium, since, until),
        _objections_end(consortium, since, until),
    )
    filed = filed_from(session.execute(select_filed(consortium, P.canceled_at.is_(None), conditions)))
    for standing in read_standings(session, consortium, filed, until):
        yield from (moment for moment in _turns_of(standing) if since < moment.at <= until)


def _waits_end(session: Session, consortium: Consortium, since: int, until: int) -> Iterator[ColumnElement[bool]]:
    # A few rules and an index on the deadline, rather than a sum for each proposal.
    rules = select(RuleRecord.rule_id, RuleRecord.standstill, RuleRecord.veto_window)
    for rule_id, standstill, veto_window in session.execute(rules.where(RuleRecord.consortium_id == consortium.id)):
        for wait in {standstill, veto_window} - {0}:
            yield and_(P.rule_id == rule_id, P.closes_at > since - wait, P.closes_at <= until - wait)


def _objections_end(consortium: Consortium, since: int, until: int) -> ColumnElement[bool]:
    corrected = select(MinutesRecord.proposal_id).where(
        MinutesRecord.consortium_id == consortium.id,
        MinutesRecord.recorded_at > since - OBJECTION_PERIOD,
        MinutesRecord.recorded_at <= until - OBJECTION_PERIOD,
    )
    return P.proposal_id.in_(corrected)


def _turns_of(standing: Standing) -> Iterator[Moment]:
    facts, verdict = standing.facts, standing.outcome.verdict
    yield _of(standing, Turn.OPENED, facts.opens_at)
    yield _of(standing, Turn.CLOSED, facts.deadline, verdict.label)
    if verdict is not Verdict.ADOPTED:
        return
    if standing.veto_until is not None:
        yield _of(standing, Turn.VETO_ENDED, standing.veto_until)
    binds = binding_at(facts, standing.rule)
    if binds is not None and not facts.vetoes:
        yield from _binds(standing, binds)


def _binds(standing: Standing, at: int) -> Iterator[Moment]:
    proposal = standing.filed.proposal
    answered = proposal.approval_at is not None and proposal.approval_at <= at
    if standing.rule.external_approval and not answered:
        yield _of(standing, Turn.WAITING, at)
    elif not (standing.rule.external_approval and proposal.approved is False):
        yield _of(standing, Turn.BOUND, at)


def _of(standing: Standing, turn: Turn, at: int, verdict: str | None = None) -> Moment:
    body_id, proposal_id = standing.filed.key
    return Moment(Timepoint(at), turn, BodyId(body_id), ProposalId(proposal_id), verdict=verdict)


def _ends_of_powers(session: Session, consortium: Consortium, since: int, until: int) -> Iterable[Moment]:
    m, s = MandateRecord, SeatRecord
    mandates = select(m.until, m.body_id, m.principal_id).where(
        m.consortium_id == consortium.id, m.until > since, m.until <= until, m.revoked_at.is_(None)
    )
    for at, body_id, member_id in session.execute(mandates):
        yield Moment(Timepoint(at), Turn.MANDATE_EXPIRED, BodyId(body_id), None, MemberId(member_id))
    seats = select(s.until, s.body_id, s.member_id).where(
        s.consortium_id == consortium.id, s.until > since, s.until <= until, s.ended_at.is_(None)
    )
    for lapsed, body_id, member_id in session.execute(seats):
        yield Moment(Timepoint(lapsed or 0), Turn.SEAT_LAPSED, BodyId(body_id), None, MemberId(member_id))
    yield from _remedies(session, consortium, since, until)


def _remedies(session: Session, consortium: Consortium, since: int, until: int) -> Iterator[Moment]:
    end = MemberRecord.remedy_until
    told = select(end, MemberRecord.member_id).where(
        MemberRecord.consortium_id == consortium.id, end > since, end <= until
    )
    for ended, member_id in session.execute(told):
        yield Moment(Timepoint(ended or 0), Turn.REMEDY_ENDED, None, None, MemberId(member_id))
