"""What the module for acts is told about the page: network, contracts, names, and what to say at each turn.

The module knows by itself which function of which contract an act calls, and encodes it from an ABI of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from backend.portal.act_words import act_messages, phases_in_words, statuses_in_words
from backend.portal.visit import Visit
from backend.queries.roll import read_offices
from backend.queries.views import ProposalView
from backend.settings import Settings


def act_desk(visited: Visit, settings: Settings, names: Mapping[str, str]) -> dict[str, object]:
    """The facts that all acts of a page share, as JSON-ready values.

    Args:
        names: number of each member, as text → its name.
    """
    reading, words = visited.reading, visited.words
    consortium = reading.consortium
    offices = read_offices(reading.session, consortium)
    return {
        "chainId": consortium.chain_id,
        "chainName": settings.chain_name,
        "rpcUrl": settings.wallet_rpc_url,
        "registry": consortium.registry,
        "registrar": offices.registrar,
        "approver": offices.approver,
        "language": words.language,
        "zone": settings.time_zone,
        "members": dict(names),
        "phases": phases_in_words(words),
        "statuses": statuses_in_words(words),
        "messages": act_messages(words),
    }


def proposal_facts(proposal: ProposalView) -> Mapping[str, object]:
    """What acts on one proposal need to know of it; numbers beyond 53 bits as decimal text.

    Calls and description are there for acts that name a proposal by what was filed; the module compares their hash
    with the id before anything is sent.
    """
    return {
        "governor": proposal.summary.governor,
        "reference": proposal.summary.reference,
        "proposalId": str(proposal.summary.id),
        "targets": [call.target for call in proposal.calls],
        "calldatas": [call.calldata for call in proposal.calls],
        "description": proposal.description,
    }
