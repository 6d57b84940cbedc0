"""Proposals, from publication to execution, and the resolutions that came of them."""

from __future__ import annotations

from backend.database.records import ResolutionRecord
from backend.database.records.proposals import ProposalAction
from backend.domain.events import (
    Place,
    ProposalCanceled,
    ProposalCreated,
    ProposalExecuted,
    ProposalFiled,
    ProposalQueued,
    Resolved,
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


def resolved(batch: Projection, event: Resolved, place: Place) -> None:
    """A body wrote its decision down."""
    batch.insert(
        ResolutionRecord,
        body_id=batch.timelocks[event.timelock],
        kind_id=event.kind_id,
        text_hash=event.text_hash,
        recorded_at=place.block_time,
        **logged_at(place),
    )


_NOTHING_YET = dict.fromkeys(
    (
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
