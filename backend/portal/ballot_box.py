"""What the voting module is told about one proposal: where to send a ballot, and what to say at each turn.

The module encodes the ballot itself from an ABI of its own; from here it takes only which contract and which proposal.
"""

from __future__ import annotations

from collections.abc import Sequence

from backend.domain.members import GONE_LABELS
from backend.portal.refusals import voter_messages
from backend.portal.visit import Visit
from backend.queries.roll import Enrolled
from backend.queries.views import MandateView, ProposalView
from backend.settings import Settings


def ballot_box(
    visited: Visit, settings: Settings, proposal: ProposalView, roll: Sequence[Enrolled]
) -> dict[str, object]:
    """The facts of the vote as JSON-ready values; numbers beyond 53 bits as decimal text."""
    summary, words, consortium = proposal.summary, visited.words, visited.reading.consortium
    return {
        "chainId": consortium.chain_id,
        "chainName": settings.chain_name,
        "rpcUrl": settings.wallet_rpc_url,
        "governor": summary.governor,
        "registry": consortium.registry,
        "proposalId": str(summary.id),
        "reference": summary.reference,
        "opens": words.moment(summary.opens_at),
        "deadline": words.moment(summary.closes_at),
        "choices": {choice: words.label("choice", choice) for choice in ("for", "against", "abstain")},
        "members": {str(one.ref.id): one.ref.name for one in roll},
        "gone": [one.ref.id for one in roll if one.status in GONE_LABELS],
        "timeZone": settings.time_zone,
        "messages": voter_messages(words, revisable=proposal.outcome.rule.revisable),
    }


def held_mandates(proposal: ProposalView, mandates: Sequence[MandateView]) -> tuple[MandateView, ...]:
    """The mandates with which a ballot on this proposal may be cast; none where its rule allows none."""
    if proposal.outcome.rule.mandates == 0:
        return ()
    return tuple(
        mandate
        for mandate in mandates
        if mandate.in_force
        and mandate.body == proposal.summary.body
        and mandate.proposal_id in (None, proposal.summary.id)
    )
