"""Keys of sample members that can still vote, for visitors of the demo. All of them are public."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.node import Node
from scripts.record import Record
from scripts.replay_scenario import FiledMotion
from scripts.roll import Organisation, sample_key

OPEN = 1
"""The contracts' `Phase.Open`."""


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
    return SampleKey(
        organisation.code,
        organisation.name,
        organisation.wallet,
        "0x" + sample_key(organisation.code).hex(),
        tuple(dict.fromkeys(filed.body for filed in waiting)),
        tuple(str(filed.proposal_id) for filed in waiting),
    )


def _awaits(node: Node, record: Record, organisation: Organisation, filed: FiledMotion) -> bool:
    governor = record.governor(node, filed.body)
    if governor.read("phaseOf", filed.proposal_id) != OPEN:
        return False
    snapshot = governor.read("proposalSnapshot", filed.proposal_id)
    member_id, _ = record.contract(node, "MemberRegistry").read("memberOf", organisation.wallet)
    entitled = member_id and governor.read("getVotes", organisation.wallet, snapshot)
    return bool(entitled) and governor.read("ballotOf", filed.proposal_id, member_id) == 0


def keep_keys(keys: tuple[SampleKey, ...], path: Path) -> None:
    """Write them down for tests and for people."""
    path.write_text(json.dumps([asdict(key) for key in keys], indent=2, ensure_ascii=False) + "\n")
