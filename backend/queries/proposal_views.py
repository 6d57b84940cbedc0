"""A proposal as it is shown: in short for lists, in full on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.domain.bodies import reference_of
from backend.queries.attempts import attempts_of
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed
from backend.queries.outcomes import outcome_view
from backend.queries.proceedings import approval_of, minutes_on, objections_on, recusals_on, vetoes_on
from backend.queries.refs import member_ref, member_refs
from backend.queries.registers import register_numbers
from backend.queries.resolutions import matches_text, resolutions_of
from backend.queries.standings import Standing
from backend.queries.status import finality_of, read_finalized
from backend.queries.tallies import tally_view
from backend.queries.texts import Texts, texts_of
from backend.queries.timelines import timeline_of
from backend.queries.views import CallView, ProposalRef, ProposalSummary, ProposalView

P = ProposalRecord


def summary_view(standing: Standing, now: int, finalized: int, number: str, texts: Texts) -> ProposalSummary:
    """View a proposal in short: its number in the register and its texts are given."""
    filed, proposal = standing.filed, standing.filed.proposal
    state = standing.state(now)
    return ProposalSummary(
        id=proposal.proposal_id,
        body=filed.body.name,
        governor=filed.body.governor,
        number=proposal.number,
        reference=reference_of(filed.body.name, proposal.number),
        kind=filed.kind.name,
        rule=filed.rule.name,
        rule_id=proposal.rule_id,
        proposer=member_ref(filed.proposer),
        extraordinary=proposal.extraordinary,
        created_at=proposal.created_at,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
        binding_at=standing.binding_in(state),
        attempt=proposal.attempt,
        state=state.value,
        verdict=standing.outcome.verdict.label,
        tally=tally_view(standing.count, standing.rule, standing.tally),
        texts=texts.texts,
        authoritative=texts.authoritative,
        finality=finality_of(proposal.block_number, finalized),
        register_number=number,
        languages=tuple(texts.texts),
    )


def proposal_view(session: Session, consortium: Consortium, standing: Standing, now: int) -> ProposalView:
    """View a proposal with everything that belongs to it."""
    filed, proposal, key = standing.filed, standing.filed.proposal, standing.filed.key
    number = register_numbers(session, consortium, [proposal])[key]
    texts = texts_of(consortium, proposal.description)
    summary = summary_view(standing, now, read_finalized(session, consortium), number, texts)
    vetoes, approval = vetoes_on(session, consortium, key), approval_of(proposal)
    minutes, objections = minutes_on(session, consortium, key), objections_on(session, consortium, key)
    names = member_refs(session, consortium, (proposal.party_id, proposal.chair_id))
    related = _related(session, filed)
    calls = _calls(consortium, proposal)
    return ProposalView(
        summary=summary,
        outcome=outcome_view(session, standing, filed.rule, now),
        description=proposal.description,
        cid=texts.cid,
        text_verified=bool(summary.texts),
        resolution_matches_text=matches_text(consortium, calls, texts.cid),
        resolutions=resolutions_of(session, consortium, proposal),
        calls=calls,
        timeline=timeline_of(
            proposal,
            binding_at=summary.binding_at,
            vetoes=vetoes,
            minutes=minutes,
            objections=objections,
            approval=approval,
        ),
        eta=proposal.eta,
        closed_early=proposal.closed_early_at is not None,
        veto_until=standing.veto_until,
        party=names.get(proposal.party_id or 0),
        party_effect=proposal.party_effect.label,
        chair=names.get(proposal.chair_id or 0),
        previous=_ref(filed, (one for one in related if one.proposal_id == proposal.previous_id)),
        next=_ref(filed, (one for one in related if one.previous_id == proposal.proposal_id)),
        revises=_ref(filed, (one for one in related if one.proposal_id == proposal.vetoed_id)),
        revised_by=_ref(filed, (one for one in related if one.vetoed_id == proposal.proposal_id)),
        recusals=recusals_on(session, consortium, key),
        vetoes=vetoes,
        minutes=minutes,
        objections=objections,
        approval=approval,
        attempts=attempts_of(session, filed),
        file_number=texts.file_number,
        attachments=texts.attachments,
    )


def _related(session: Session, filed: Filed) -> Sequence[ProposalRecord]:
    proposal = filed.proposal
    named = [number for number in (proposal.previous_id, proposal.vetoed_id) if number is not None]
    own = proposal.proposal_id
    return session.scalars(
        select(P)
        .where(
            P.consortium_id == proposal.consortium_id,
            P.body_id == proposal.body_id,
            or_(P.proposal_id.in_(named), P.previous_id == own, P.vetoed_id == own),
        )
        .order_by(P.number)
    ).all()


def _ref(filed: Filed, found: Iterable[ProposalRecord]) -> ProposalRef | None:
    other = next(iter(found), None)
    return None if other is None else ProposalRef(other.proposal_id, reference_of(filed.body.name, other.number))


def _calls(consortium: Consortium, proposal: ProposalRecord) -> tuple[CallView, ...]:
    decoder = consortium.calls
    return tuple(
        CallView(
            target=action["target"],
            contract=decoder.contract_name(action["target"]),
            function=decoder.signature(action["calldata"][:10]),
            arguments=decoder.arguments(action["calldata"]),
            calldata=action["calldata"],
        )
        for action in proposal.actions
    )
