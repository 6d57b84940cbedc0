"""The acts beside the ballot that one proposal is open to, with all that their forms need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.portal.act_desk import proposal_facts
from backend.portal.act_offers import Offer, Openings, further_openings
from backend.portal.wording import Wording
from backend.queries.views import ProposalView


@dataclass(frozen=True, slots=True)
class ProposalActs:
    """What a template needs to write the forms of a proposal."""

    offers: tuple[Offer, ...]
    facts: Mapping[str, object]
    grounds: tuple[tuple[str, str], ...]
    """On which the rule lets a member veto: code and words."""
    openings: Openings
    """When a further call may open."""
    place: str = ""
    """Keeps the forms of several proposals on one page apart."""
    desk: Mapping[str, object] = field(default_factory=dict)
    """What the module is told; empty where the page tells it once for all."""


def proposal_acts(
    words: Wording,
    proposal: ProposalView,
    offers: tuple[Offer, ...],
    place: str = "",
    desk: Mapping[str, object] | None = None,
) -> ProposalActs:
    """Put together what the forms of these offers need."""
    grounds = tuple((ground, words.label("ground", ground)) for ground in proposal.outcome.rule.veto_grounds)
    openings = further_openings(proposal, words.now)
    return ProposalActs(offers, proposal_facts(proposal), grounds, openings, place, desk or {})
