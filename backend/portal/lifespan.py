"""The stretches of a proposal's life on a line: notice, voting, and the time until it binds. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from backend.portal.charts import Marker, Part, moment_on, phases
from backend.queries.views import ProposalSummary, ProposalView


def lifespan(proposal: ProposalView) -> tuple[Part, ...]:
    """Lay out notice, voting and standstill in proportion; what the rule plans where voting is not over."""
    summary = proposal.summary
    return phases(
        (
            ("notice", summary.opens_at - summary.created_at),
            ("voting", summary.closes_at - summary.opens_at),
            ("standstill", _standstill(summary, proposal)),
        )
    )


def present_moment(proposal: ProposalView, laid: Sequence[Part], now: int) -> Marker | None:
    """Where the present second lies; None before the publication and once nothing is to come."""
    return moment_on(laid, proposal.summary.created_at, now)


def _standstill(summary: ProposalSummary, proposal: ProposalView) -> int:
    if summary.binding_at is not None:
        return summary.binding_at - summary.closes_at
    rule = proposal.outcome.rule
    undecided = summary.state in ("pending", "open") and rule.binding
    return max(rule.standstill, rule.veto_window if rule.veto_grounds else 0) if undecided else 0
