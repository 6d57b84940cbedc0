"""What became of a proposal, as each of the sources tells it: the contracts, the database, the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from backend.database.records import ClassRecord, EntitlementRecord, ProposalRecord, RuleRecord, VoteRecord
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from backend.domain.outcome import Verdict, judge
from backend.domain.tally import Tally
from scripts.contract import Contract
from scripts.web import StatusError, get_json

WITHDRAWN_PHASE = 8
"""The contracts' `Phase.Withdrawn`."""
STEP_NAMES = ("quorum", "majority")
REASON_OF_FAILED = {"quorum": "QUORUM_NOT_REACHED", "majority": "MAJORITY_NOT_REACHED"}
UNKNOWN = "refused"
"""What a source says that has never heard of the proposal."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One source's account; None where the source says nothing about it."""

    outcome: str
    reason: str | None = None
    votes: tuple[int, int, int] | None = None
    """For, against, abstain."""
    eligible: int | None = None
    associates: tuple[int, int, int] | None = None
    """For, against, abstain, of those alone who were associates at the snapshot; on chain: who are associates today."""
    trace: tuple[str, ...] | None = None
    """Steps of the judgment, such as `majority 16/24 >= 2/3 yes`."""


def on_chain(governor: Contract, lens: Contract, proposal_id: int) -> Finding:
    """Ask the governor and the lens."""
    if governor.read("proposalSnapshot", proposal_id) == 0:
        return Finding(UNKNOWN)
    if governor.read("phaseOf", proposal_id) == WITHDRAWN_PHASE:
        return Finding("withdrawn", "WITHDRAWN_BY_PROPOSER")
    against, in_favour, abstain = governor.read("proposalVotes", proposal_id)
    verdict, steps = lens.read("explain", governor.address, proposal_id)
    if verdict != governor.read("verdictOf", proposal_id):
        raise AssertionError(f"lens and governor differ on {proposal_id}")
    by_class = dict(lens.read("tallyByClass", governor.address, proposal_id))
    associates = by_class[MemberClass.ASSOCIATE]
    return Finding(
        Verdict(verdict).label,
        _reason_of(steps),
        (in_favour, against, abstain),
        governor.read("tallyOf", proposal_id)[3],
        (associates[1], associates[0], associates[2]),
        tuple(_step(*step) for step in steps),
    )


def _reason_of(steps: list[tuple[Any, ...]]) -> str:
    failed = [STEP_NAMES[step[0]] for step in steps if not step[-1]]
    if failed:
        return REASON_OF_FAILED[failed[0]]
    return "MAJORITY_REACHED" if steps else "CONSULTATION_CLOSED"


def _step(name: int, left: int, left_of: int, right: int, right_of: int, strict: bool, ok: bool) -> str:
    return _line(STEP_NAMES[name], f"{left}/{left_of}", ">" if strict else ">=", f"{right}/{right_of}", ok)


def _line(name: str, left: str, op: str, right: str, ok: bool) -> str:
    return f"{name} {left} {op} {right} {'yes' if ok else 'no'}"


def in_database(session: Session, body_id: int, proposal_id: int) -> Finding:
    """Count the rows of the mirror and judge them by its row of the rule."""
    proposal = session.get(ProposalRecord, (1, body_id, proposal_id))
    if proposal is None:
        return Finding(UNKNOWN)
    if proposal.canceled_at is not None:
        return Finding("withdrawn", "WITHDRAWN_BY_PROPOSER")
    rule = session.get_one(RuleRecord, (1, proposal.rule_id)).rule
    votes = _votes(session, proposal)
    associates = _votes(session, proposal, MemberClass.ASSOCIATE)
    eligible = _electorate(session, proposal)
    outcome = judge(rule, Tally(*votes, eligible))
    trace = tuple(_line(s.name.value, str(s.left), s.op, str(s.right), s.ok) for s in outcome.steps)
    return Finding(outcome.verdict.label, outcome.reason.value, votes, eligible, associates, trace)


def _votes(session: Session, proposal: ProposalRecord, of: MemberClass | None = None) -> tuple[int, int, int]:
    """Ballots by choice; of those alone who were of that class at the snapshot, if asked."""
    statement = select(VoteRecord.choice, func.count()).where(
        VoteRecord.body_id == proposal.body_id, VoteRecord.proposal_id == proposal.proposal_id
    )
    if of is not None:
        statement = statement.where(VoteRecord.member_id.in_(_members_of(of, proposal.opens_at)))
    counted = {Choice(choice): ballots for choice, ballots in session.execute(statement.group_by(VoteRecord.choice))}
    return counted.get(Choice.FOR, 0), counted.get(Choice.AGAINST, 0), counted.get(Choice.ABSTAIN, 0)


def _members_of(member_class: MemberClass, second: int) -> Select[int]:
    return select(ClassRecord.member_id).where(
        ClassRecord.member_class == member_class,
        ClassRecord.since <= second,
        or_(ClassRecord.until.is_(None), ClassRecord.until > second),
    )


def _electorate(session: Session, proposal: ProposalRecord) -> int:
    since, until = EntitlementRecord.since, EntitlementRecord.until
    entitled = select(func.count()).where(
        EntitlementRecord.body_id == proposal.body_id,
        since <= proposal.opens_at,
        or_(until.is_(None), until > proposal.opens_at),
    )
    return session.scalars(entitled).one()


def from_api(url: str, proposal_id: int, rule: str | None = None) -> Finding:
    """Ask the service; with `rule`, what the outcome would be under that one."""
    query = "" if rule is None else f"?rule={rule}"
    try:
        outcome = get_json(f"{url}/v1/proposals/{proposal_id}/outcome{query}")
    except StatusError as error:
        if error.status != 404:
            raise
        return Finding(UNKNOWN)
    return _from_answer(outcome)


def _from_answer(outcome: dict[str, Any]) -> Finding:
    if outcome["state"] == "withdrawn":
        return Finding("withdrawn", "WITHDRAWN_BY_PROPOSER")
    tally = outcome["tally"]
    associates = tally["by_class"].get("associate", {})
    return Finding(
        outcome["verdict"],
        outcome["reason"],
        (tally["for_votes"], tally["against_votes"], tally["abstain_votes"]),
        tally["entitled"],
        (associates.get("for", 0), associates.get("against", 0), associates.get("abstain", 0)),
        tuple(_line(s["step"], s["left"], s["op"], s["right"], s["ok"]) for s in outcome["steps"]),
    )
