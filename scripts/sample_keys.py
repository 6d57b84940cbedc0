"""Keys of sample members that can still vote, for visitors of the demo. All of them are public."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from backend.domain.proposals import ProposalState
from scripts.contract import Contract
from scripts.findings import PHASES
from scripts.node import Node
from scripts.record import Record
from scripts.roll import Organisation, sample_key
from scripts.stage import FiledMotion


@dataclass(frozen=True, slots=True)
class SampleKey:
    """A member of the sample, its key, and the bodies in which it still has a ballot to hand in."""

    code: str
    name: str
    address: str
    private_key: str
    votes_on: tuple[str, ...]
    """Bodies with open proposals it has not voted on."""
    proposals: tuple[str, ...]
    """Their ids, as decimal strings."""


def unused_keys(
    node: Node, record: Record, roll: dict[str, Organisation], running: list[FiledMotion]
) -> tuple[SampleKey, ...]:
    """Members with most open proposals still to vote on first."""
    keys = [_key(node, record, organisation, running) for organisation in roll.values()]
    return tuple(sorted((key for key in keys if key.proposals), key=lambda key: -len(key.proposals)))


def _key(node: Node, record: Record, organisation: Organisation, running: list[FiledMotion]) -> SampleKey:
    waiting = [filed for filed in running if _awaits(node, record, organisation, filed)]
    account = _account(record.contract(node, "MemberRegistry"), organisation)
    return SampleKey(
        organisation.code,
        organisation.name,
        str(account.address),
        "0x" + bytes(account.key).hex(),
        tuple(dict.fromkeys(filed.body for filed in waiting)),
        tuple(str(filed.proposal_id) for filed in waiting),
    )


def _account(registry: Contract, organisation: Organisation) -> LocalAccount:
    """The account that is the member's now; one that lost its first wallet has its second."""
    member_id, revoked = registry.read("memberOf", organisation.wallet)
    account: LocalAccount = Account.from_key(sample_key(organisation.code, 2 if revoked else 1))
    if member_id and registry.read("walletOf", member_id) != account.address:
        raise KeyError(f"the wallet of {organisation.code} has none of the sample keys")
    return account


def _awaits(node: Node, record: Record, organisation: Organisation, filed: FiledMotion) -> bool:
    governor = record.governor(node, filed.body)
    if PHASES[governor.read("phaseOf", filed.proposal_id)] is not ProposalState.OPEN:
        return False
    snapshot = governor.read("proposalSnapshot", filed.proposal_id)
    registry = record.contract(node, "MemberRegistry")
    member_id, _ = registry.read("memberOf", organisation.wallet)
    if not member_id or not governor.read("getVotes", registry.read("walletOf", member_id), snapshot):
        return False
    choice, _, _, recused = governor.read("ballotDetail", filed.proposal_id, member_id)
    return not choice and not recused


def keep_keys(keys: tuple[SampleKey, ...], path: Path) -> None:
    """Write them down for tests and for people."""
    path.write_text(json.dumps([asdict(key) for key in keys], indent=2, ensure_ascii=False) + "\n")
