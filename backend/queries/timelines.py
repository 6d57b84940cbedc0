"""What happened to a proposal, and what time alone will still bring."""

from __future__ import annotations

from backend.database.records import ProposalRecord
from backend.queries.views import TimelineEntry

ORDER = ("published", "opens", "closes", "queued", "executable", "executed", "withdrawn")
"""Of what happens in the same second."""


def timeline_of(proposal: ProposalRecord) -> tuple[TimelineEntry, ...]:
    """Everything known by time, past and to come; what a withdrawal has called off is left out."""
    known = [
        TimelineEntry("published", proposal.created_at, proposal.transaction_hash),
        TimelineEntry("opens", proposal.opens_at, None),
        TimelineEntry("closes", proposal.closes_at, None),
        *_entry("queued", proposal.queued_at, proposal.queued_transaction),
        *_entry("executable", proposal.eta, None),
        *_entry("executed", proposal.executed_at, proposal.executed_transaction),
        *_entry("withdrawn", proposal.canceled_at, proposal.canceled_transaction),
    ]
    end = proposal.canceled_at
    happens = (entry for entry in known if end is None or entry.at < end or entry.event in ("published", "withdrawn"))
    return tuple(sorted(happens, key=lambda entry: (entry.at, ORDER.index(entry.event))))


def _entry(event: str, at: int | None, transaction_hash: str | None) -> tuple[TimelineEntry, ...]:
    return () if at is None else (TimelineEntry(event, at, transaction_hash),)
