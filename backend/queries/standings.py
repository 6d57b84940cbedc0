"""Where proposals stand: what is on record of each, judged by the domain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.database.records import MinutesRecord, ObjectionRecord, ProposalRecord, VetoRecord
from backend.domain.minutes import NO_MINUTES, Minutes
from backend.domain.outcome import Outcome, judge
from backend.domain.proposals import ProposalFacts, ProposalState, binding_at, state_at, veto_until
from backend.domain.rules import Rule
from backend.domain.tally import Tally
from backend.domain.values import Timepoint
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, among
from backend.queries.tallies import AT_ONCE, Count, count_ballots

BINDING_SOME_DAY = {
    ProposalState.ADOPTED,
    ProposalState.AWAITING_APPROVAL,
    ProposalState.BINDING,
    ProposalState.QUEUED,
    ProposalState.EXECUTED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One proposal with its ballots and all that was said on it since."""

    filed: Filed
    count: Count
    facts: ProposalFacts
    rule: Rule
    """The law it was opened under."""
    tally: Tally
    outcome: Outcome
    """What its ballots amount to under that law."""

    @property
    def veto_until(self) -> int | None:
        """Last second for a veto; None where the law knows none."""
        return veto_until(self.facts, self.rule) if self.rule.veto_grounds else None

    def state(self, now: int) -> ProposalState:
        """Where it stands in that second."""
        return state_at(self.facts, self.tally, self.rule, Timepoint(now))

    def binding_at(self, now: int) -> int | None:
        """Last second in which it does not bind yet; None where it never will as things stand, or nothing says when."""
        return self.binding_in(self.state(now))

    def binding_in(self, state: ProposalState) -> int | None:
        """The same, where its state is known already."""
        return binding_at(self.facts, self.rule) if state in BINDING_SOME_DAY else None


def read_standings(
    session: Session, consortium: Consortium, filed: Sequence[Filed], now: int, *, law: Rule | None = None
) -> tuple[Standing, ...]:
    """Read what is on record of these proposals, in their order; counted by country also where `law` asks for it."""
    counts = count_ballots(session, consortium, filed, now, law=law)
    keys = [one.key for one in filed]
    vetoes, minutes, revised = Counter[Key](), dict[Key, Minutes](), set[Key]()
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        vetoes.update(_standing_vetoes(session, consortium, part))
        minutes.update(_minutes(session, consortium, part))
        revised.update(_revised(session, consortium, part))
    laws = {one.rule.rule_id: one.rule.rule for one in {one.rule.rule_id: one for one in filed}.values()}
    return tuple(
        _standing(
            one,
            counts[one.key],
            _facts(one.proposal, vetoes[one.key], minutes.get(one.key, NO_MINUTES), revised=one.key in revised),
            laws[one.rule.rule_id],
        )
        for one in filed
    )


def _standing(filed: Filed, count: Count, facts: ProposalFacts, rule: Rule) -> Standing:
    tally = count.tally
    return Standing(filed, count, facts, rule, tally, judge(rule, tally))


def _facts(row: ProposalRecord, vetoes: int, minutes: Minutes, *, revised: bool) -> ProposalFacts:
    return ProposalFacts(
        opens_at=Timepoint(row.opens_at),
        closes_at=Timepoint(row.closes_at),
        eta=None if row.eta is None else Timepoint(row.eta),
        executed=row.executed_at is not None,
        canceled=row.canceled_at is not None,
        closed_early_at=None if row.closed_early_at is None else Timepoint(row.closed_early_at),
        vetoes=vetoes,
        minutes=minutes,
        approved=row.approved,
        revised=revised,
    )


def _standing_vetoes(session: Session, consortium: Consortium, keys: Sequence[Key]) -> dict[Key, int]:
    rows = session.execute(
        select(VetoRecord.body_id, VetoRecord.proposal_id, func.count())
        .where(_of(VetoRecord, consortium, keys), VetoRecord.withdrawn_at.is_(None))
        .group_by(VetoRecord.body_id, VetoRecord.proposal_id)
    )
    return {(body_id, proposal_id): standing for body_id, proposal_id, standing in rows}


def _minutes(session: Session, consortium: Consortium, keys: Sequence[Key]) -> dict[Key, Minutes]:
    recorded = session.scalars(select(MinutesRecord).where(_of(MinutesRecord, consortium, keys))).all()
    objected = session.scalars(select(ObjectionRecord).where(_of(ObjectionRecord, consortium, keys))).all()
    minutes: defaultdict[Key, Minutes] = defaultdict(lambda: NO_MINUTES)
    said: list[MinutesRecord | ObjectionRecord] = [*recorded, *objected]
    for row in sorted(said, key=lambda row: (row.block_number, row.log_index)):
        before, key = minutes[row.body_id, row.proposal_id], (row.body_id, row.proposal_id)
        match row:
            case MinutesRecord(recorded_at=recorded_at):
                minutes[key] = before.recorded(Timepoint(recorded_at))
            case ObjectionRecord():
                minutes[key] = before.objected()
    return minutes


def _revised(session: Session, consortium: Consortium, keys: Sequence[Key]) -> list[Key]:
    vetoed = ProposalRecord.vetoed_id
    rows = session.execute(
        select(ProposalRecord.body_id, vetoed).where(
            ProposalRecord.consortium_id == consortium.id,
            vetoed.is_not(None),
            among(ProposalRecord.body_id, vetoed, keys),
        )
    )
    return [(body_id, vetoed_id) for body_id, vetoed_id in rows if vetoed_id is not None]


def _of(
    record: type[VetoRecord | MinutesRecord | ObjectionRecord], consortium: Consortium, keys: Sequence[Key]
) -> ColumnElement[bool]:
    return (record.consortium_id == consortium.id) & among(record.body_id, record.proposal_id, keys)
