"""What happened to a proposal, and what time alone will still bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from backend.database.records import ProposalRecord
from backend.queries.views import ApprovalView, MinutesView, ObjectionView, TimelineEntry, VetoView

ORDER = (
    "published",
    "opens",
    "vetoed",
    "veto_withdrawn",
    "closes",
    "closed_early",
    "minutes",
    "objection",
    "approved",
    "refused",
    "binds",
    "queued",
    "executable",
    "executed",
    "withdrawn",
)
"""Of what happens in the same second."""


def timeline_of(
    proposal: ProposalRecord,
    *,
    binding_at: int | None = None,
    vetoes: Sequence[VetoView] = (),
    minutes: Sequence[MinutesView] = (),
    objections: Sequence[ObjectionView] = (),
    approval: ApprovalView | None = None,
) -> tuple[TimelineEntry, ...]:
    """Everything known by time, past and to come; what a withdrawal has called off is left out."""
    known = [
        *_acts(proposal),
        *_binding(proposal, binding_at),
        *(entry for veto in vetoes for entry in _veto(veto)),
        *(TimelineEntry("minutes", each.recorded_at, each.transaction_hash) for each in minutes),
        *(TimelineEntry("objection", each.raised_at, each.transaction_hash) for each in objections),
        *_approval(approval),
    ]
    end = proposal.canceled_at
    happens = (entry for entry in known if end is None or entry.at < end or entry.event in ("published", "withdrawn"))
    return tuple(sorted(happens, key=lambda entry: (entry.at, ORDER.index(entry.event))))


def _acts(proposal: ProposalRecord) -> Iterator[TimelineEntry]:
    yield TimelineEntry("published", proposal.created_at, proposal.transaction_hash)
    yield TimelineEntry("opens", proposal.opens_at, None)
    if proposal.closed_early_at is None:
        yield TimelineEntry("closes", proposal.closes_at, None)
    yield from _entry("closed_early", proposal.closed_early_at, proposal.closed_early_transaction)
    yield from _entry("queued", proposal.queued_at, proposal.queued_transaction)
    yield from _entry("executable", proposal.eta, None)
    yield from _entry("executed", proposal.executed_at, proposal.executed_transaction)
    yield from _entry("withdrawn", proposal.canceled_at, proposal.canceled_transaction)


def _binding(proposal: ProposalRecord, binding_at: int | None) -> Iterable[TimelineEntry]:
    """The end of the wait for a decision to bind, where there is a wait."""
    return () if binding_at == proposal.closes_at else _entry("binds", binding_at, None)


def _veto(veto: VetoView) -> Iterator[TimelineEntry]:
    yield TimelineEntry("vetoed", veto.raised_at, veto.transaction_hash)
    yield from _entry("veto_withdrawn", veto.withdrawn_at, veto.withdrawn_transaction)


def _approval(approval: ApprovalView | None) -> Iterable[TimelineEntry]:
    if approval is None:
        return ()
    event = "approved" if approval.approved else "refused"
    return (TimelineEntry(event, approval.recorded_at, approval.transaction_hash),)


def _entry(event: str, at: int | None, transaction_hash: str | None) -> tuple[TimelineEntry, ...]:
    return () if at is None else (TimelineEntry(event, at, transaction_hash),)
