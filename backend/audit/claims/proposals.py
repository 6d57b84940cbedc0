"""Claims about proposals: their terms, where they stand, how they are counted and judged, and each ballot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from backend.audit.claims.claim import Claim
from backend.chain.contracts import Deployment
from backend.chain.views import Answer, View
from backend.database.records import (
    EntitlementRecord,
    MemberRecord,
    ProposalRecord,
    RecusalRecord,
    VoteRecord,
)
from backend.domain.ballots import Choice
from backend.domain.proposals import ProposalState
from backend.domain.values import Address
from backend.queries.consortium import Consortium
from backend.queries.filed import Key, filed_from, select_filed
from backend.queries.standings import Standing, read_standings
from backend.queries.tallies import entitled_at

GOVERNOR = "ConsortiumGovernor"
PHASES = tuple(ProposalState)
"""In the order of the contracts' `Phase`."""
NO_CHAIR_BALLOT = 3
RECENT = 30 * 86_400
"""Seconds after its deadline in which a proposal is looked at first: vetoes, minutes and execution fall into them."""
P = ProposalRecord


def next_proposals(
    session: Session, consortium_id: int, after: Key, most: int, *, busy_at: int | None = None
) -> list[Key]:
    """Name the next proposals in the order of their keys; with `busy_at` (a second) only busy ones."""
    wanted = select(P.body_id, P.proposal_id).where(
        P.consortium_id == consortium_id,
        or_(P.body_id > after[0], and_(P.body_id == after[0], P.proposal_id > after[1])),
    )
    if busy_at is not None:
        wanted = wanted.where(P.opens_at < busy_at, P.closes_at > busy_at - RECENT)
    return [
        (body_id, number) for body_id, number in session.execute(wanted.order_by(P.body_id, P.proposal_id).limit(most))
    ]


def claims_of_proposals(
    session: Session, consortium: Consortium, deployment: Deployment, keys: Sequence[Key], now: int
) -> Iterator[Claim]:
    """Claim all there is to say of these proposals in second `now`."""
    named = tuple_(P.body_id, P.proposal_id).in_(keys)
    filed = filed_from(session.execute(select_filed(consortium, named)))
    for standing in read_standings(session, consortium, filed, now):
        yield from _claims_of_terms(standing)
        yield from _claims_of_course(standing, now)
        if "Lens" in deployment.contracts and now > standing.facts.opens_at:
            lens, governor = deployment.contracts["Lens"].address, standing.filed.body.governor
            view = View("Lens", lens, "ballots", (governor, standing.filed.proposal.proposal_id))
            yield Claim(_subject(standing), view, {"electorate": _electorate(session, standing.filed.proposal)})


def _subject(standing: Standing) -> str:
    proposal = standing.filed.proposal
    return f"proposal {proposal.proposal_id} (number {proposal.number} of body {proposal.body_id})"


def _claim(standing: Standing, function: str, says: Answer) -> Claim:
    proposal, governor = standing.filed.proposal, Address(standing.filed.body.governor)
    return Claim(_subject(standing), View(GOVERNOR, governor, function, (proposal.proposal_id,)), says)


def _claims_of_terms(standing: Standing) -> Iterator[Claim]:
    row = standing.filed.proposal
    terms = {"number": row.number, "kindId": row.kind_id, "ruleId": row.rule_id, "extraordinary": row.extraordinary}
    parties = {"partyId": row.party_id or 0, "partyEffect": int(row.party_effect), "chairId": row.chair_id or 0}
    yield _claim(standing, "proposalTerms", terms)
    yield _claim(standing, "proposalParties", parties)
    yield _claim(standing, "proposalProposer", {"proposalProposer": row.proposer})
    yield _claim(standing, "attemptOf", {"attempt": row.attempt, "previousId": row.previous_id or 0})


def _claims_of_course(standing: Standing, now: int) -> Iterator[Claim]:
    facts, state = standing.facts, standing.state(now)
    moments = {
        "proposalSnapshot": facts.opens_at,
        "proposalDeadline": facts.deadline,
        "proposalEta": facts.eta or 0,
        "phaseOf": PHASES.index(state),
    }
    for function, value in moments.items():
        yield _claim(standing, function, {function: value})
    if state in (ProposalState.ADOPTED, ProposalState.BINDING):
        yield _claim(standing, "bindingAt", {"bindingAt": standing.binding_at(now) or 0})
    if now > facts.opens_at:
        yield _claim(standing, "tallyOf", {"tallyOf": _tally(standing)})


def _tally(standing: Standing) -> Answer:
    tally = standing.count.tally
    return {
        "againstVotes": tally.against_votes,
        "forVotes": tally.for_votes,
        "abstainVotes": tally.abstain_votes,
        "entitled": tally.entitled,
        "recused": tally.recused,
        "countries": tally.countries,
        "countriesFor": tally.countries_for,
        "attempt": tally.attempt,
        "chairSupport": NO_CHAIR_BALLOT if tally.chair_support is None else int(tally.chair_support),
    }


def _electorate(session: Session, proposal: ProposalRecord) -> list[Answer]:
    """Everybody who could vote at the snapshot, with the ballot that counts."""
    statement = (
        select(MemberRecord, VoteRecord, RecusalRecord.member_id)
        .join(EntitlementRecord, and_(_of_member(EntitlementRecord), EntitlementRecord.body_id == proposal.body_id))
        .outerjoin(VoteRecord, and_(_of_member(VoteRecord), _on(VoteRecord, proposal)))
        .outerjoin(RecusalRecord, and_(_of_member(RecusalRecord), _on(RecusalRecord, proposal)))
        .where(MemberRecord.consortium_id == proposal.consortium_id, entitled_at(literal(proposal.opens_at)))
        .order_by(MemberRecord.member_id)
    )
    return [_ballot(member, vote, recused) for member, vote, recused in session.execute(statement)]


def _of_member(record: type[EntitlementRecord | VoteRecord | RecusalRecord]) -> ColumnElement[bool]:
    return and_(record.consortium_id == MemberRecord.consortium_id, record.member_id == MemberRecord.member_id)


def _on(record: type[VoteRecord | RecusalRecord], proposal: ProposalRecord) -> ColumnElement[bool]:
    return and_(record.body_id == proposal.body_id, record.proposal_id == proposal.proposal_id)


def _ballot(member: MemberRecord, vote: VoteRecord | None, recused_id: int | None) -> Answer:
    about = {"memberId": member.member_id, "class": int(member.member_class), "country": member.country}
    recused = {"recused": recused_id is not None}
    if vote is None:
        return {**about, **recused, "choice": 0, "byMandate": False}
    cast = {"choice": Choice(vote.choice).mark, "revision": vote.revision, "byMandate": vote.cast_by is not None}
    return {**about, **recused, **cast}
