"""What became of a proposal, as each of the sources tells it: the contracts, the database, the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.database.records import (
    ClassRecord,
    EntitlementRecord,
    MemberRecord,
    ProposalRecord,
    RecusalRecord,
    RuleRecord,
    VetoRecord,
    VoteRecord,
)
from backend.domain.ballots import Choice
from backend.domain.members import MemberClass
from backend.domain.outcome import Verdict, judge
from backend.domain.proposals import ProposalState
from backend.domain.tally import Electorate, count, tally_of
from backend.domain.values import MemberId
from scripts.contract import Contract
from scripts.web import StatusError, get_json

PHASES = tuple(ProposalState)
"""By the numbers of the contracts' `Phase`."""
UNDONE = (ProposalState.VETOED, ProposalState.NOT_APPROVED)
"""Adopted by the votes, and not in the end: then that is the outcome."""
STEP_NAMES = ("quorum", "majority", "countries", "casting_vote")
REASON_OF_FAILED = {
    "quorum": "QUORUM_NOT_REACHED",
    "majority": "MAJORITY_NOT_REACHED",
    "countries": "COUNTRIES_NOT_REACHED",
}
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
    countries: tuple[int, int] | None = None
    """Countries for, and all of the electorate; none of either where the rule does not ask."""
    trace: tuple[str, ...] | None = None
    """Steps of the judgment, such as `majority 16/24 >= 2/3 yes`."""


def on_chain(governor: Contract, lens: Contract, proposal_id: int) -> Finding:
    """Ask the governor and the lens."""
    if governor.read("proposalSnapshot", proposal_id) == 0:
        return Finding(UNKNOWN)
    state = PHASES[governor.read("phaseOf", proposal_id)]
    if state is ProposalState.WITHDRAWN:
        return Finding("withdrawn", "WITHDRAWN_BY_PROPOSER")
    verdict, steps = lens.read("explain", governor.address, proposal_id)
    if verdict != governor.read("verdictOf", proposal_id):
        raise AssertionError(f"lens and governor differ on {proposal_id}")
    against, in_favour, abstain, entitled, _, countries, countries_for, *_ = governor.read("tallyOf", proposal_id)
    associates = dict(lens.read("tallyByClass", governor.address, proposal_id))[MemberClass.ASSOCIATE]
    return Finding(
        state.value if state in UNDONE else Verdict(verdict).label,
        reason_of(steps),
        (in_favour, against, abstain),
        entitled,
        (associates[1], associates[0], associates[2]),
        (countries_for, countries),
        tuple(_step(*step) for step in steps),
    )


def reason_of(steps: list[tuple[Any, ...]]) -> str:
    """Which of the contracts' steps decided; a majority that failed by a tie does not where the chair was for."""
    passed = {STEP_NAMES[step[0]]: step[-1] for step in steps}
    broken = passed.pop("casting_vote", False)
    failed = [name for name, ok in passed.items() if not ok and not (broken and name == "majority")]
    if failed:
        return REASON_OF_FAILED[failed[0]]
    if broken:
        return "CASTING_VOTE"
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
    choices, electorate = _choices(session, proposal), _electorate(session, proposal)
    tally = tally_of(choices, electorate, by_country=rule.countries.numerator > 0)
    outcome = judge(rule, tally)
    associates = _of_class(session, MemberClass.ASSOCIATE, proposal.opens_at)
    by_associates = count((choices[member] for member in associates & choices.keys()), 0)
    vetoed = outcome.verdict is Verdict.ADOPTED and _veto_stands(session, proposal)
    return Finding(
        "vetoed" if vetoed else outcome.verdict.label,
        outcome.reason.value,
        (tally.for_votes, tally.against_votes, tally.abstain_votes),
        tally.entitled,
        (by_associates.for_votes, by_associates.against_votes, by_associates.abstain_votes),
        (tally.countries_for, tally.countries),
        tuple(_line(step.name.value, str(step.left), step.op, str(step.right), step.ok) for step in outcome.steps),
    )


def _choices(session: Session, proposal: ProposalRecord) -> dict[MemberId, Choice]:
    on = (VoteRecord.body_id == proposal.body_id, VoteRecord.proposal_id == proposal.proposal_id)
    rows = session.execute(select(VoteRecord.member_id, VoteRecord.choice).where(*on))
    return {MemberId(member): Choice(choice) for member, choice in rows}


def _electorate(session: Session, proposal: ProposalRecord) -> Electorate:
    since, until = EntitlementRecord.since, EntitlementRecord.until
    entitled = (
        select(MemberRecord.member_id, MemberRecord.country)
        .join(EntitlementRecord, EntitlementRecord.member_id == MemberRecord.member_id)
        .where(
            EntitlementRecord.body_id == proposal.body_id,
            since <= proposal.opens_at,
            or_(until.is_(None), until > proposal.opens_at),
        )
    )
    on = (RecusalRecord.body_id == proposal.body_id, RecusalRecord.proposal_id == proposal.proposal_id)
    return Electorate(
        countries={MemberId(member): country for member, country in session.execute(entitled)},
        recused=frozenset(map(MemberId, session.scalars(select(RecusalRecord.member_id).where(*on)))),
        chair=None if proposal.chair_id is None else MemberId(proposal.chair_id),
        attempt=proposal.attempt,
    )


def _of_class(session: Session, member_class: MemberClass, second: int) -> set[MemberId]:
    """Who was of that class then."""
    members = select(ClassRecord.member_id).where(
        ClassRecord.member_class == member_class,
        ClassRecord.since <= second,
        or_(ClassRecord.until.is_(None), ClassRecord.until > second),
    )
    return set(map(MemberId, session.scalars(members)))


def _veto_stands(session: Session, proposal: ProposalRecord) -> bool:
    on = (VetoRecord.body_id == proposal.body_id, VetoRecord.proposal_id == proposal.proposal_id)
    standing = select(VetoRecord.member_id).where(*on, VetoRecord.withdrawn_at.is_(None))
    return session.scalars(standing).first() is not None


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
    undone = {state.value for state in UNDONE}
    return Finding(
        outcome["state"] if outcome["state"] in undone else outcome["verdict"],
        outcome["reason"],
        (tally["for_votes"], tally["against_votes"], tally["abstain_votes"]),
        tally["entitled"],
        (associates.get("for", 0), associates.get("against", 0), associates.get("abstain", 0)),
        (tally["countries_for"], tally["countries"]),
        tuple(_line(s["step"], s["left"], s["op"], s["right"], s["ok"]) for s in outcome["steps"]),
    )
