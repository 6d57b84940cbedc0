"""Proposals, from publication to execution."""

from __future__ import annotations

from backend.database.records.proposals import ProposalAction
from backend.domain.events import (
    ApprovalRecorded,
    Place,
    ProposalCanceled,
    ProposalClosedEarly,
    ProposalCreated,
    ProposalExecuted,
    ProposalFiled,
    ProposalQueued,
    ProposalReconvened,
    ProposalRevised,
)
from backend.indexer.projections.projection import Projection, logged_at


def proposal_created(batch: Projection, event: ProposalCreated, place: Place) -> None:
    """What is asked; `proposal_filed` follows in the same transaction and says under which law."""
    body_id = batch.governors[place.emitter]
    batch.proposals[body_id, event.proposal_id] = batch.row(
        body_id=body_id,
        proposal_id=event.proposal_id,
        proposer=event.proposer,
        description=event.description,
        actions=_actions(event),
        created_at=place.block_time,
        opens_at=event.vote_start,
        closes_at=event.vote_end,
        attempt=1,
        **_NOTHING_YET,
        **logged_at(place),
    )


def proposal_filed(batch: Projection, event: ProposalFiled, place: Place) -> None:
    """The law it is opened under, and keeps."""
    batch.proposals[batch.governors[place.emitter], event.proposal_id].update(
        number=event.number,
        kind_id=event.kind_id,
        rule_id=event.rule_id,
        proposer_id=event.proposer_id,
        extraordinary=event.extraordinary,
        party_id=event.party_id,
        party_effect=event.party_effect,
        chair_id=event.chair_id,
    )


def proposal_queued(batch: Projection, event: ProposalQueued, place: Place) -> None:
    """The decision waits in the timelock."""
    key = (batch.governors[place.emitter], event.proposal_id)
    batch.act(key, eta=event.eta, queued_at=place.block_time, queued_transaction=place.transaction_hash)


def proposal_executed(batch: Projection, event: ProposalExecuted, place: Place) -> None:
    """The decision has taken effect."""
    key = (batch.governors[place.emitter], event.proposal_id)
    batch.act(key, executed_at=place.block_time, executed_transaction=place.transaction_hash)


def proposal_canceled(batch: Projection, event: ProposalCanceled, place: Place) -> None:
    """The proposer has withdrawn it."""
    key = (batch.governors[place.emitter], event.proposal_id)
    batch.act(key, canceled_at=place.block_time, canceled_transaction=place.transaction_hash)


def proposal_reconvened(batch: Projection, event: ProposalReconvened, place: Place) -> None:
    """It is another attempt at a question that had no quorum."""
    key = (batch.governors[place.emitter], event.proposal_id)
    batch.act(key, previous_id=event.previous_id, attempt=event.attempt)


def proposal_revised(batch: Projection, event: ProposalRevised, place: Place) -> None:
    """It stands in the place of a vetoed one."""
    batch.act((batch.governors[place.emitter], event.proposal_id), vetoed_id=event.vetoed_id)


def proposal_closed_early(batch: Projection, event: ProposalClosedEarly, place: Place) -> None:
    """The outcome was certain, so the deadline is now."""
    key = (batch.governors[place.emitter], event.proposal_id)
    batch.act(
        key,
        closes_at=event.closed_at,
        closed_early_at=event.closed_at,
        closed_early_transaction=place.transaction_hash,
    )


def approval_recorded(batch: Projection, event: ApprovalRecorded, place: Place) -> None:
    """An outside authority has answered."""
    key = (batch.governors[place.emitter], event.proposal_id)
    batch.act(
        key,
        approved=event.approved,
        approval_hash=event.document_hash,
        approval_at=place.block_time,
        approval_transaction=place.transaction_hash,
    )


_NOTHING_YET = dict.fromkeys(
    (
        "closed_early_at",
        "closed_early_transaction",
        "previous_id",
        "vetoed_id",
        "approved",
        "approval_hash",
        "approval_at",
        "approval_transaction",
        "eta",
        "queued_at",
        "queued_transaction",
        "executed_at",
        "executed_transaction",
        "canceled_at",
        "canceled_transaction",
    )
)


def _actions(event: ProposalCreated) -> list[ProposalAction]:
    return [
        {"target": target, "value": str(value), "calldata": calldata}
        for target, value, calldata in zip(event.targets, event.values, event.calldatas, strict=True)
    ]
