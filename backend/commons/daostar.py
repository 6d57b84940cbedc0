"""Documents by which a consortium describes itself to whoever knows ERC-4824: JSON-LD in the words of DAOstar.

What has no value is left out, never null. Addresses within documents are absolute. Only organisations are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from backend.queries.views.commons import CommonActivity, CommonCall, CommonContract, CommonMember, CommonProposal

CONTEXT: Final = "https://www.daostar.org/schemas"
"""What the documents name as their context; processors that fetch nothing are given `context.json` for it."""
CONTEXT_DOCUMENT: Final = (Path(__file__).parent / "context.json").read_bytes()

Node = dict[str, object]

ROLES: Final = {
    "registry": ("Member registry", "Organisations on the roll, their wallets, rights and mandates, and the bodies."),
    "rulebook": ("Rulebook", "Rules, and which kinds of questions each body decides under which of them."),
    "records": ("Records", "Resolutions and hashes of documents."),
    "factory": ("Body factory", "Makes the bodies that the assembly decides to create."),
    "governor": ("governor", "Proposals put to the body, and the ballots on them."),
    "timelock": ("timelock", "Carries out what the body has decided."),
}
"""Role of a contract → name and description."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who speaks, and under which addresses."""

    account: str
    """CAIP-10 of the member registry."""
    name: str
    notice: str | None
    origin: str
    """Scheme, host and port of the service, such as https://governance.example.org."""

    def address_of(self, document: str, cursor: str | None = None) -> str:
        """Where a document is to be had, or a later part of it."""
        return f"{self.origin}/v1/commons/{document}" + (f"?cursor={cursor}" if cursor else "")


def organisation_document(publisher: Publisher) -> Node:
    """Say what the consortium is, and where everything else about it is."""
    return {
        **_head(publisher),
        **({"description": publisher.notice} if publisher.notice else {}),
        "membersURI": publisher.address_of("members.jsonld"),
        "proposalsURI": publisher.address_of("proposals.jsonld"),
        "activityLogURI": publisher.address_of("activity.jsonld"),
        "governanceURI": publisher.address_of("governance.md"),
        "contractsURI": publisher.address_of("contracts.jsonld"),
    }


def members_document(publisher: Publisher, members: Iterable[CommonMember], following: str | None) -> Node:
    """Name the organisations on the roll."""
    nodes = [{"type": "EthereumAddress", "id": member.account, "name": member.name} for member in members]
    return {**_head(publisher), "members": nodes, **_next(publisher, "members.jsonld", following)}


def proposals_document(publisher: Publisher, proposals: Iterable[CommonProposal], following: str | None) -> Node:
    """Tell the proposals, with where they stand and what would be called."""
    nodes = [
        {
            "type": "proposal",
            "id": proposal_name(proposal.account, proposal.id),
            "name": proposal.name,
            "contentURI": f"{publisher.origin}/proposals/{proposal.id}",
            "status": proposal.state,
            "calls": [_call(call) for call in proposal.calls],
        }
        for proposal in proposals
    ]
    return {**_head(publisher), "proposals": nodes, **_next(publisher, "proposals.jsonld", following)}


def activity_document(publisher: Publisher, activities: Iterable[CommonActivity], following: str | None) -> Node:
    """Tell what members did about proposals."""
    nodes = [
        {
            "id": f"{one.account}?transaction={one.transaction_hash}&logIndex={one.log_index}",
            "type": "activity",
            "name": one.event,
            "proposal": {"type": "proposal", "id": proposal_name(one.account, one.proposal_id)},
            "member": {"type": "EthereumAddress", "id": one.member},
        }
        for one in activities
    ]
    return {**_head(publisher), "activities": nodes, **_next(publisher, "activity.jsonld", following)}


def contracts_document(publisher: Publisher, contracts: Iterable[CommonContract]) -> Node:
    """Name every contract of the consortium."""
    return {**_head(publisher), "contracts": [_contract(contract) for contract in contracts]}


def proposal_name(account: str, proposal_id: int) -> str:
    """Name a proposal for the world: its governor's CAIP-10 name, and its id there."""
    return f"{account}?proposalId={proposal_id}"


def written(document: Node) -> bytes:
    """Write a document as JSON."""
    return msgspec.json.encode(document)


def _head(publisher: Publisher) -> Node:
    return {"@context": CONTEXT, "type": "Organization", "id": publisher.account, "name": publisher.name}


def _next(publisher: Publisher, document: str, cursor: str | None) -> Node:
    return {} if cursor is None else {"next": publisher.address_of(document, cursor)}


def _call(call: CommonCall) -> Node:
    return {
        "type": "CallDataEVM",
        "operation": "call",
        "from": call.sender,
        "to": call.target,
        "value": call.value,
        "data": call.data,
    }


def _contract(contract: CommonContract) -> Node:
    name, description = ROLES[contract.role]
    return {
        "type": "EthereumAddress",
        "id": contract.account,
        "name": name if contract.body is None else f"{contract.body}: {name}",
        "description": description,
    }
