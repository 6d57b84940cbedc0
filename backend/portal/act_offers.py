"""Which acts beside the ballot a proposal is open to, from when and until when. Pure.

Who may do them the contracts decide, when an account tries; what no account could do is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.domain.proposals import LATEST_BEYOND_NOTICE, RECONVENE_WITHIN
from backend.queries.views import ProposalView

VETOABLE: Final = ("pending", "open", "adopted", "awaiting_approval", "vetoed", "binding")
MINUTED: Final = (
    "no_quorum",
    "rejected",
    "vetoed",
    "not_approved",
    "consulted",
    "adopted",
    "awaiting_approval",
    "binding",
)
ANSWERED: Final = ("adopted", "awaiting_approval", "vetoed")


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that a proposal is open to, now or later."""

    act: str
    since: int | None = None
    """First second in which it can be done; None where it can be done already."""
    until: int | None = None
    """Last second in which it can be done; None where nothing says."""

    def is_open(self, now: int) -> bool:
        """Whether it can be done in this second."""
        return (self.since is None or self.since <= now) and (self.until is None or now <= self.until)


@dataclass(frozen=True, slots=True)
class Openings:
    """When a further call may open."""

    earliest: int
    latest: int


def member_offers(proposal: ProposalView, now: int) -> tuple[Offer, ...]:
    """What members, or anybody, may do on a proposal now or later."""
    return tuple(offer for offer in _of_members(proposal) if offer.until is None or now <= offer.until)


def office_offers(proposal: ProposalView, now: int) -> tuple[Offer, ...]:
    """What the coordinator's office sees to on a proposal: its own clerical acts, and what falls due."""
    found = (*_of_offices(proposal), *_due(proposal), *_further(proposal))
    return tuple(offer for offer in found if offer.until is None or now <= offer.until)


def further_openings(proposal: ProposalView, now: int) -> Openings:
    """When a further call published now may open: with the short notice, and soon after it."""
    notice = max(1, proposal.outcome.rule.short_notice)
    return Openings(now + notice, now + proposal.outcome.rule.short_notice + LATEST_BEYOND_NOTICE)


def objections_until(proposal: ProposalView) -> int | None:
    """Last second to object to the minutes; None while corrected minutes are owed, or where nothing is adopted."""
    return proposal.summary.binding_at if proposal.summary.state == "adopted" else None


def _of_members(proposal: ProposalView) -> Iterator[Offer]:
    summary = proposal.summary
    yield from _vetoes(proposal)
    if summary.state in ("pending", "open"):
        yield Offer("recuse", until=summary.closes_at)
    if summary.state == "adopted":
        yield Offer("objectToMinutes", until=objections_until(proposal))
    if summary.state == "pending":
        yield Offer("cancel", until=summary.opens_at)
    if summary.state == "open" and proposal.outcome.rule.early_close:
        yield Offer("close", until=summary.closes_at)
    yield from _further(proposal)
    yield from _due(proposal)


def _vetoes(proposal: ProposalView) -> Iterator[Offer]:
    if proposal.outcome.rule.veto_grounds and proposal.summary.state in VETOABLE and proposal.revised_by is None:
        yield Offer("veto", proposal.summary.opens_at + 1, proposal.veto_until)
    if proposal.revised_by is None and any(veto.withdrawn_at is None for veto in proposal.vetoes):
        yield Offer("withdrawVeto")


def _further(proposal: ProposalView) -> Iterator[Offer]:
    if proposal.summary.state == "no_quorum" and proposal.outcome.rule.calls and proposal.next is None:
        yield Offer("reconvene", until=proposal.summary.closes_at + RECONVENE_WITHIN)


def _due(proposal: ProposalView) -> Iterator[Offer]:
    summary = proposal.summary
    if summary.state == "binding":
        yield Offer("queue")
    elif summary.state == "adopted" and summary.binding_at:
        yield Offer("queue", summary.binding_at + 1)
    elif summary.state == "queued":
        yield Offer("execute", proposal.eta)


def _of_offices(proposal: ProposalView) -> Iterator[Offer]:
    state = proposal.summary.state
    if state in MINUTED:
        yield Offer("recordMinutes")
    elif state == "open":
        yield Offer("recordMinutes", proposal.summary.closes_at + 1)
    if proposal.outcome.rule.external_approval and proposal.approval is None and state in ANSWERED:
        yield Offer("recordApproval")
