"""A proposal as it is shown: in short for lists, in full on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from backend.database.records import ProposalRecord
from backend.domain.bodies import reference_of
from backend.queries.attempts import attempts_of
from backend.queries.consortium import Consortium
from backend.queries.filed import Filed, Key, among
from backend.queries.outcomes import outcome_view
from backend.queries.proceedings import approval_of, minutes_on, objections_on, recusals_on, vetoes_on
from backend.queries.refs import member_ref, member_refs
from backend.queries.registers import register_numbers
from backend.queries.resolutions import matches_text, resolutions_of
from backend.queries.rules import views_of_rules
from backend.queries.standings import Standing
from backend.queries.status import finality_of, read_finalized
from backend.queries.tallies import tally_view
from backend.queries.texts import Texts, all_texts
from backend.queries.timelines import timeline_of
from backend.queries.views import (
    AttemptView,
    CallView,
    MemberRef,
    MinutesView,
    ObjectionView,
    ProposalRef,
    ProposalSummary,
    ProposalView,
    RecusalView,
    ResolutionView,
    RuleView,
    VetoView,
)

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


@dataclass(frozen=True, slots=True)
class _Beside:
    """What belongs to several proposals, read together: by key where it belongs to one of them."""

    finalized: int
    numbers: Mapping[Key, str]
    texts: Mapping[str, Texts]
    names: Mapping[int, MemberRef]
    rules: Mapping[int, RuleView]
    recusals: Mapping[Key, tuple[RecusalView, ...]]
    vetoes: Mapping[Key, tuple[VetoView, ...]]
    minutes: Mapping[Key, tuple[MinutesView, ...]]
    objections: Mapping[Key, tuple[ObjectionView, ...]]
    resolutions: Mapping[Key, tuple[ResolutionView, ...]]
    attempts: Mapping[Key, tuple[AttemptView, ...]]
    related: Sequence[ProposalRecord]


def proposal_views(
    session: Session, consortium: Consortium, standings: Sequence[Standing], now: int
) -> tuple[ProposalView, ...]:
    """View proposals with everything that belongs to them, in their order; as many questions for one as for many."""
    if not standings:
        return ()
    beside = _read_beside(session, consortium, [standing.filed for standing in standings])
    return tuple(_view(session, consortium, standing, beside, now) for standing in standings)


def _read_beside(session: Session, consortium: Consortium, filed: Sequence[Filed]) -> _Beside:
    proposals, keys = [one.proposal for one in filed], [one.key for one in filed]
    named = [number for one in proposals for number in (one.party_id, one.chair_id)]
    return _Beside(
        finalized=read_finalized(session, consortium),
        numbers=register_numbers(session, consortium, proposals),
        texts=all_texts(consortium, [one.description for one in proposals]),
        names=member_refs(session, consortium, named),
        rules=views_of_rules(session, consortium, [one.rule for one in filed]),
        recusals=recusals_on(session, consortium, keys),
        vetoes=vetoes_on(session, consortium, keys),
        minutes=minutes_on(session, consortium, keys),
        objections=objections_on(session, consortium, keys),
        resolutions=resolutions_of(session, consortium, proposals),
        attempts=attempts_of(session, consortium, filed),
        related=_related(session, consortium, proposals),
    )


def _view(session: Session, consortium: Consortium, standing: Standing, beside: _Beside, now: int) -> ProposalView:
    filed, proposal, key = standing.filed, standing.filed.proposal, standing.filed.key
    texts, rule = beside.texts[proposal.description], beside.rules[proposal.rule_id]
    summary = summary_view(standing, now, beside.finalized, beside.numbers[key], texts)
    vetoes, approval = beside.vetoes[key], approval_of(proposal)
    minutes, objections = beside.minutes[key], beside.objections[key]
    related = [one for one in beside.related if one.body_id == proposal.body_id]
    calls = _calls(consortium, proposal)
    return ProposalView(
        summary=summary,
        outcome=outcome_view(session, standing, standing.rule, rule, now),
        description=proposal.description,
        cid=texts.cid,
        text_verified=bool(summary.texts),
        resolution_matches_text=matches_text(consortium, calls, texts.cid),
        resolutions=beside.resolutions.get(key, ()),
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
        party=beside.names.get(proposal.party_id or 0),
        party_effect=proposal.party_effect.label,
        chair=beside.names.get(proposal.chair_id or 0),
        previous=_ref(filed, (one for one in related if one.proposal_id == proposal.previous_id)),
        next=_ref(filed, (one for one in related if one.previous_id == proposal.proposal_id)),
        revises=_ref(filed, (one for one in related if one.proposal_id == proposal.vetoed_id)),
        revised_by=_ref(filed, (one for one in related if one.vetoed_id == proposal.proposal_id)),
        recusals=beside.recusals[key],
        vetoes=vetoes,
        minutes=minutes,
        objections=objections,
        approval=approval,
        attempts=beside.attempts[key],
        file_number=texts.file_number,
        attachments=texts.attachments,
    )


def _related(session: Session, consortium: Consortium, proposals: Sequence[ProposalRecord]) -> Sequence[ProposalRecord]:
    """Proposals that came before one of these or after it: called again, or revised."""
    own = [(one.body_id, one.proposal_id) for one in proposals]
    named = [
        (one.body_id, number) for one in proposals for number in (one.previous_id, one.vetoed_id) if number is not None
    ]
    ways = ((P.proposal_id, named), (P.previous_id, own), (P.vetoed_id, own))
    return session.scalars(
        select(P)
        .where(P.consortium_id == consortium.id, or_(*(among(P.body_id, column, keys) for column, keys in ways)))
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
