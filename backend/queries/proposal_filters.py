"""Which proposals are asked for: by what they are, when, who has to do with them, and what they speak of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from backend.database.records import (
    BodyRecord,
    EntitlementRecord,
    KindRecord,
    MemberRecord,
    ProposalRecord,
    RecusalRecord,
    VoteRecord,
)
from backend.domain.proposals import ProposalState
from backend.errors import InvalidFilterError, MemberNotFoundError
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, among, filed_from, select_filed
from backend.queries.members import find_member_record
from backend.queries.proposal_states import JUDGED, condition_of, is_judged, is_open
from backend.queries.search import speaking_of
from backend.queries.standings import read_standings
from backend.queries.tallies import entitled_at

P = ProposalRecord
TIMES: dict[str, InstrumentedAttribute[int]] = {
    "created": P.created_at,
    "opens": P.opens_at,
    "closes": P.closes_at,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds between bounds; None bounds nothing."""

    since: int | None = None
    """The first."""
    until: int | None = None
    """The last."""


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """Which proposals are asked for; what is empty or None asks for nothing."""

    states: tuple[str, ...] = ()
    """Words of `backend.domain.proposals.ProposalState`."""
    kinds: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    proposer: str | None = None
    """Number or code of the member who proposed."""
    party: str | None = None
    """The same of the member that the action names."""
    voter: str | None = None
    """The same of a member whose ballot counts."""
    awaits: str | None = None
    """The same of a member that may vote now and has handed in no ballot."""
    times: dict[str, Span] = field(default_factory=dict)
    """By the names of `TIMES`."""
    words: str | None = None
    """All of them are in its title or summary, in any language."""

    @property
    def by_record(self) -> bool:
        """Whether what is recorded tells which they are: no text has to be read for it, and no ballots counted."""
        return self.words is None and _told_by_count(self.states) in (frozenset(), JUDGED)


EVERYTHING = ProposalFilter()


def conditions_for(
    session: Session, consortium: Consortium, wanted: ProposalFilter, moment: int
) -> list[ColumnElement[bool]]:
    """Write the filter as conditions over `ProposalRecord`, seen from second `moment`.

    Raises:
        InvalidFilterError: a kind, body or member is asked for that is not on record.
    """
    conditions = [*_facts(session, consortium, wanted), *_people(session, consortium, wanted, moment)]
    if wanted.words is not None:
        found = speaking_of(session, consortium, wanted.words, *conditions)
        conditions.append(among(P.body_id, P.proposal_id, found))
    if wanted.states:
        conditions.append(_in_states(session, consortium, wanted.states, conditions, moment))
    return conditions


def _facts(session: Session, consortium: Consortium, wanted: ProposalFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.kinds:
        kinds = select(KindRecord.name, KindRecord.kind_id).where(KindRecord.consortium_id == consortium.id)
        yield P.kind_id.in_(_numbers("kind", wanted.kinds, session.execute(kinds)))
    if wanted.bodies:
        bodies = select(BodyRecord.name, BodyRecord.body_id).where(BodyRecord.consortium_id == consortium.id)
        yield P.body_id.in_(_numbers("body", wanted.bodies, session.execute(bodies)))
    for name, span in wanted.times.items():
        if span.since is not None:
            yield TIMES[name] >= span.since
        if span.until is not None:
            yield TIMES[name] <= span.until


def _people(
    session: Session, consortium: Consortium, wanted: ProposalFilter, moment: int
) -> Iterator[ColumnElement[bool]]:
    if wanted.proposer is not None:
        yield P.proposer_id == member_asked_for(session, consortium, "proposer", wanted.proposer)
    if wanted.party is not None:
        yield P.party_id == member_asked_for(session, consortium, "party", wanted.party)
    if wanted.voter is not None:
        yield _has(VoteRecord, member_asked_for(session, consortium, "voter", wanted.voter))
    if wanted.awaits is not None:
        member_id = member_asked_for(session, consortium, "awaits", wanted.awaits)
        entitled = exists().where(
            EntitlementRecord.consortium_id == P.consortium_id,
            EntitlementRecord.body_id == P.body_id,
            EntitlementRecord.member_id == member_id,
            entitled_at(P.opens_at),
        )
        yield and_(is_open(moment), entitled, ~_has(VoteRecord, member_id), ~_has(RecusalRecord, member_id))


def member_asked_for(session: Session, consortium: Consortium, parameter: str, member: str) -> int:
    """Number of the member that a filter names.

    Raises:
        InvalidFilterError: no such member; the message lists the codes there are.
    """
    try:
        return find_member_record(session, consortium, member).member_id
    except MemberNotFoundError as error:
        codes = select(MemberRecord.code).where(MemberRecord.consortium_id == consortium.id)
        known = tuple(session.scalars(codes.order_by(MemberRecord.code)))
        raise InvalidFilterError(parameter, member, known) from error


def _has(record: type[VoteRecord | RecusalRecord], member_id: int) -> ColumnElement[bool]:
    return exists().where(
        record.consortium_id == P.consortium_id,
        record.body_id == P.body_id,
        record.proposal_id == P.proposal_id,
        record.member_id == member_id,
    )


def _numbers(parameter: str, asked: tuple[str, ...], known: Iterable[Row[str, int]]) -> list[int]:
    rows = list(known)
    names = tuple(sorted({name for name, _ in rows}))
    for name in asked:
        if name not in names:
            raise InvalidFilterError(parameter, name, names)
    return [number for name, number in rows if name in asked]


def _in_states(
    session: Session,
    consortium: Consortium,
    states: tuple[str, ...],
    conditions: list[ColumnElement[bool]],
    moment: int,
) -> ColumnElement[bool]:
    by_facts = [condition_of(ProposalState(state), moment) for state in states if state not in JUDGED]
    judged = _told_by_count(states)
    if judged == JUDGED:
        by_facts.append(is_judged(moment))
    elif judged:
        keys = _judged_as(session, consortium, judged, conditions, moment)
        by_facts.append(among(P.body_id, P.proposal_id, keys))
    return or_(*by_facts)


def _told_by_count(states: Iterable[str]) -> frozenset[ProposalState]:
    return JUDGED.intersection(states)


def _judged_as(
    session: Session,
    consortium: Consortium,
    states: Collection[ProposalState],
    conditions: list[ColumnElement[bool]],
    moment: int,
) -> list[Key]:
    filed = filed_from(session.execute(select_filed(consortium, *conditions, is_judged(moment))))
    standings = read_standings(session, consortium, filed, moment)
    return [one.filed.key for one in standings if one.state(moment) in states]
