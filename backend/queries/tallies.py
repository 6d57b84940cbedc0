"""Tallies of proposals, counted from the ballots on record; nothing is kept that could drift."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session

from backend.database.records import ClassRecord, EntitlementRecord, MemberRecord, ProposalRecord, VoteRecord
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from backend.domain.outcome import ballots_needed
from backend.domain.rules import Rule
from backend.domain.tally import Tally
from backend.queries.consortium import Consortium
from backend.queries.views import TallyView

Key = tuple[int, int]
"""Number of the body and id of the proposal."""
AT_ONCE = 400
"""Proposals in one statement; well below the bound parameters any database takes."""


@dataclass(slots=True)
class Count:
    """Ballots on one proposal by class and choice, and the size of its electorate."""

    entitled: int = 0
    by_class: dict[MemberClass, dict[Choice, int]] = field(default_factory=dict)

    def add(self, member_class: MemberClass, choice: Choice, ballots: int) -> None:
        """Add ballots of members of one class."""
        self.by_class.setdefault(member_class, dict.fromkeys(Choice, 0))[choice] += ballots

    def of(self, choice: Choice) -> int:
        """Ballots of one choice."""
        return sum(choices[choice] for choices in self.by_class.values())

    @property
    def tally(self) -> Tally:
        """The count as the domain judges it."""
        return Tally(self.of(Choice.FOR), self.of(Choice.AGAINST), self.of(Choice.ABSTAIN), self.entitled)


def key_of(proposal: ProposalRecord) -> Key:
    """Name a proposal across bodies."""
    return proposal.body_id, proposal.proposal_id


def count_ballots(session: Session, consortium: Consortium, keys: Sequence[Key], now: int) -> defaultdict[Key, Count]:
    """Count the ballots and the electorate of each of these proposals.

    Before the snapshot the electorate is that of second `now`.
    """
    counts: defaultdict[Key, Count] = defaultdict(Count)
    for start in range(0, len(keys), AT_ONCE):
        wanted = tuple_(ProposalRecord.body_id, ProposalRecord.proposal_id).in_(keys[start : start + AT_ONCE])
        for body_id, proposal_id, entitled in _electorates(session, consortium, wanted, now):
            counts[body_id, proposal_id].entitled = entitled
        for body_id, proposal_id, member_class, choice, ballots in _ballots(session, consortium, wanted):
            counts[body_id, proposal_id].add(member_class, Choice(choice), ballots)
    return counts


def tally_view(count: Count, rule: Rule) -> TallyView:
    """View a count, with the number of ballots the rule's quorum asks for."""
    tally = count.tally
    return TallyView(
        for_votes=tally.for_votes,
        against_votes=tally.against_votes,
        abstain_votes=tally.abstain_votes,
        entitled=tally.entitled,
        participating=tally.participating,
        silent=tally.silent,
        needed=ballots_needed(rule, tally.entitled),
        by_class={
            member_class.label: {choice.label: ballots for choice, ballots in sorted(choices.items())}
            for member_class, choices in sorted(count.by_class.items())
        },
    )


def entitled_at(moment: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an `EntitlementRecord` spans that second."""
    return and_(
        EntitlementRecord.since <= moment, or_(EntitlementRecord.until.is_(None), EntitlementRecord.until > moment)
    )


def snapshot_by(now: int) -> ColumnElement[int]:
    """The second whose electorate is a proposal's: its snapshot, or `now` while that is to come."""
    return case((ProposalRecord.opens_at < now, ProposalRecord.opens_at), else_=now)


def _electorates(
    session: Session, consortium: Consortium, wanted: ColumnElement[bool], now: int
) -> Iterator[tuple[int, int, int]]:
    statement = (
        select(ProposalRecord.body_id, ProposalRecord.proposal_id, func.count())
        .join(
            EntitlementRecord,
            and_(
                EntitlementRecord.consortium_id == ProposalRecord.consortium_id,
                EntitlementRecord.body_id == ProposalRecord.body_id,
                entitled_at(snapshot_by(now)),
            ),
        )
        .where(ProposalRecord.consortium_id == consortium.id, wanted)
        .group_by(ProposalRecord.body_id, ProposalRecord.proposal_id)
    )
    for row in session.execute(statement):
        yield row[0], row[1], row[2]


def _ballots(
    session: Session, consortium: Consortium, wanted: ColumnElement[bool]
) -> Iterator[tuple[int, int, MemberClass, int, int]]:
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
        .where(ProposalRecord.consortium_id == consortium.id, wanted)
        .group_by(*columns)
    )
    for row in session.execute(statement):
        yield row[0], row[1], row[2], row[3], row[4]


def _same(left: type, right: type, *columns: str) -> ColumnElement[bool]:
    return and_(*(getattr(left, name) == getattr(right, name) for name in ("consortium_id", *columns)))
