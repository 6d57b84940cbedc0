"""Tallies of proposals, counted from the ballots on record; nothing is kept that could drift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, case, func, or_, select
from sqlalchemy.orm import Session

from backend.database.records import (
    ClassRecord,
    EntitlementRecord,
    MemberRecord,
    ProposalRecord,
    RecusalRecord,
    VoteRecord,
)
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from backend.domain.outcome import ballots_needed
from backend.domain.rules import Rule
from backend.domain.tally import Tally
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, among
from backend.queries.views import TallyView

AT_ONCE = 400
"""Proposals in one statement; well below the bound parameters any database takes."""

Choices = dict[Choice, int]
Columns = TypeVarTuple("Columns")


@dataclass(slots=True)
class Count:
    """Ballots on one proposal by class, by country and by choice, and the size of its electorate."""

    entitled: int = 0
    """Less the recused."""
    recused: int = 0
    attempt: int = 1
    chair_support: Choice | None = None
    by_class: dict[MemberClass, Choices] = field(default_factory=dict)
    by_country: dict[str, Choices] = field(default_factory=dict)
    """Each country of the electorate, also those without a ballot; empty where countries were not asked for."""

    def add(self, member_class: MemberClass, choice: Choice, ballots: int) -> None:
        """Add ballots of members of one class."""
        self.by_class.setdefault(member_class, dict.fromkeys(Choice, 0))[choice] += ballots

    def of(self, choice: Choice) -> int:
        """Ballots of one choice."""
        return sum(choices[choice] for choices in self.by_class.values())

    @property
    def countries_for(self) -> int:
        """Countries with more votes for than against."""
        return sum(choices[Choice.FOR] > choices[Choice.AGAINST] for choices in self.by_country.values())

    @property
    def tally(self) -> Tally:
        """The count as the domain judges it."""
        return Tally(
            for_votes=self.of(Choice.FOR),
            against_votes=self.of(Choice.AGAINST),
            abstain_votes=self.of(Choice.ABSTAIN),
            entitled=self.entitled,
            recused=self.recused,
            countries=len(self.by_country),
            countries_for=self.countries_for,
            attempt=self.attempt,
            chair_support=self.chair_support,
        )


def count_ballots(
    session: Session, consortium: Consortium, filed: Sequence[Filed], now: int, *, law: Rule | None = None
) -> defaultdict[Key, Count]:
    """Count the ballots and the electorate of each of these proposals; by country where its rule (or `law`) asks.

    Before the snapshot the electorate is that of second `now`.
    """
    counts: defaultdict[Key, Count] = defaultdict(Count)
    for start in range(0, len(filed), AT_ONCE):
        part = filed[start : start + AT_ONCE]
        for one in part:
            counts[one.key].attempt = one.proposal.attempt
        _count_all(session, consortium, counts, [one.key for one in part], now)
        by_country = [one.key for one in part if _asks_for_countries(one, law)]
        if by_country:
            _count_countries(session, consortium, counts, by_country, now)
    return counts


def _asks_for_countries(filed: Filed, law: Rule | None) -> bool:
    return bool(filed.rule.country_numerator if law is None else law.countries.numerator)


def tally_view(count: Count, rule: Rule, tally: Tally | None = None) -> TallyView:
    """View a count, with the number of ballots the rule's quorum asks for."""
    tally = tally or count.tally
    return TallyView(
        for_votes=tally.for_votes,
        against_votes=tally.against_votes,
        abstain_votes=tally.abstain_votes,
        entitled=tally.entitled,
        participating=tally.participating,
        silent=tally.silent,
        needed=ballots_needed(rule, tally.entitled, tally.attempt),
        by_class={kind.label: _labelled(choices) for kind, choices in sorted(count.by_class.items())},
        recused=tally.recused,
        countries=tally.countries,
        countries_for=tally.countries_for,
        attempt=tally.attempt,
        chair_support=None if tally.chair_support is None else tally.chair_support.label,
        by_country={country: _labelled(choices) for country, choices in sorted(count.by_country.items())},
    )


def entitled_at(moment: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether an `EntitlementRecord` spans that second."""
    return and_(
        EntitlementRecord.since <= moment, or_(EntitlementRecord.until.is_(None), EntitlementRecord.until > moment)
    )


def snapshot_by(now: int) -> ColumnElement[int]:
    """The second whose electorate is a proposal's: its snapshot, or `now` while that is to come."""
    return case((ProposalRecord.opens_at < now, ProposalRecord.opens_at), else_=now)


def _labelled(choices: Choices) -> dict[str, int]:
    return {choice.label: ballots for choice, ballots in sorted(choices.items())}


def _count_all(
    session: Session, consortium: Consortium, counts: defaultdict[Key, Count], keys: Sequence[Key], now: int
) -> None:
    wanted = _wanted(consortium, keys)
    electorates = _of_electorate(
        select(ProposalRecord.body_id, ProposalRecord.proposal_id, func.count(), func.count(RecusalRecord.member_id)),
        now,
    ).group_by(ProposalRecord.body_id, ProposalRecord.proposal_id)
    for body_id, proposal_id, members, recused in session.execute(electorates.where(wanted)):
        count = counts[body_id, proposal_id]
        count.entitled, count.recused = members - recused, recused
    # Said of the ballots as well: PostgreSQL would go through all of them until it knows how few are meant.
    cast = among(VoteRecord.body_id, VoteRecord.proposal_id, keys)
    for body_id, proposal_id, member_class, choice, ballots in _ballots(session, and_(wanted, cast)):
        counts[body_id, proposal_id].add(member_class, Choice(choice), ballots)
    for body_id, proposal_id, choice in session.execute(_chairs().where(wanted, cast)):
        counts[body_id, proposal_id].chair_support = Choice(choice)


def _count_countries(
    session: Session, consortium: Consortium, counts: defaultdict[Key, Count], keys: Sequence[Key], now: int
) -> None:
    columns = (ProposalRecord.body_id, ProposalRecord.proposal_id, MemberRecord.country, VoteRecord.choice)
    # From the electorate to its ballots, as the contracts count: what others may have cast is in no country.
    statement = (
        _of_electorate(select(*columns, func.count()), now)
        .join(MemberRecord, _same(MemberRecord, EntitlementRecord, "member_id"))
        .outerjoin(
            VoteRecord,
            and_(
                _same(VoteRecord, ProposalRecord, "body_id", "proposal_id"),
                VoteRecord.member_id == EntitlementRecord.member_id,
            ),
        )
        .where(_wanted(consortium, keys), RecusalRecord.member_id.is_(None))
        .group_by(*columns)
    )
    for body_id, proposal_id, country, choice, members in session.execute(statement):
        choices = counts[body_id, proposal_id].by_country.setdefault(country, dict.fromkeys(Choice, 0))
        if choice is not None:
            choices[Choice(choice)] = members


def _wanted(consortium: Consortium, keys: Sequence[Key]) -> ColumnElement[bool]:
    return and_(
        ProposalRecord.consortium_id == consortium.id,
        among(ProposalRecord.body_id, ProposalRecord.proposal_id, keys),
    )


def _of_electorate(statement: Select[*Columns], now: int) -> Select[*Columns]:
    """Join the members of a proposal's electorate, and which of them are recused."""
    return (
        statement.select_from(ProposalRecord)
        .join(
            EntitlementRecord,
            and_(_same(EntitlementRecord, ProposalRecord, "body_id"), entitled_at(snapshot_by(now))),
        )
        .outerjoin(
            RecusalRecord,
            and_(
                _same(RecusalRecord, ProposalRecord, "body_id", "proposal_id"),
                RecusalRecord.member_id == EntitlementRecord.member_id,
            ),
        )
    )


def _chairs() -> Select[int, int, int]:
    return (
        select(ProposalRecord.body_id, ProposalRecord.proposal_id, VoteRecord.choice)
        .join(VoteRecord, _same(VoteRecord, ProposalRecord, "body_id", "proposal_id"))
        .where(VoteRecord.member_id == ProposalRecord.chair_id)
    )


def _ballots(session: Session, wanted: ColumnElement[bool]) -> Iterator[Row[int, int, MemberClass, int, int]]:
    member_class = func.coalesce(ClassRecord.member_class, MemberRecord.member_class)
    columns = (VoteRecord.body_id, VoteRecord.proposal_id, member_class, VoteRecord.choice)
    statement = (
        select(*columns, func.count())
        .select_from(ProposalRecord)
        .join(VoteRecord, _same(VoteRecord, ProposalRecord, "body_id", "proposal_id"))
        .join(MemberRecord, _same(MemberRecord, VoteRecord, "member_id"))
        .outerjoin(
            ClassRecord,
            and_(
                _same(ClassRecord, VoteRecord, "member_id"),
                ClassRecord.since <= ProposalRecord.opens_at,
                or_(ClassRecord.until.is_(None), ClassRecord.until > ProposalRecord.opens_at),
            ),
        )
        .where(wanted)
        .group_by(*columns)
    )
    yield from session.execute(statement)


def _same(left: type, right: type, *columns: str) -> ColumnElement[bool]:
    return and_(*(getattr(left, name) == getattr(right, name) for name in ("consortium_id", *columns)))
