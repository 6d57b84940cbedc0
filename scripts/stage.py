"""What the replay of the sample's story stands on: the chain, the sample, and what the steps so far have left."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from backend.documents.store import DocumentStore
from scripts.contract import Contract
from scripts.node import Node
from scripts.plan import Plan
from scripts.propose import Filing
from scripts.record import Record
from scripts.roll import Organisation, sample_key
from scripts.scenario import Motion
from scripts.wallet import Wallet

OFFICE_KEYS = {
    "coordinator": "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    "approver": "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
    "next_coordinator": "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
}
"""The local chain's second, third and fourth account, known to everybody."""


class StoryError(Exception):
    """The chain did not do what the story says; the message names the step."""


@dataclass(frozen=True, slots=True)
class FiledMotion:
    """A proposal as it was put."""

    body: str
    proposal_id: int


@dataclass(slots=True)
class Stage:
    """Everything a step needs, and what the steps so far have left."""

    node: Node
    record: Record
    plan: Plan
    roll: dict[str, Organisation]
    store: DocumentStore
    filings: dict[str, Filing] = field(default_factory=dict)
    filed: dict[str, FiledMotion] = field(default_factory=dict)
    """By reference."""
    refused: dict[str, str] = field(default_factory=dict)
    """Reference → code, for proposals that could not be put."""
    signatures: dict[tuple[str, str], bytes] = field(default_factory=dict)
    """Ballots that were sent for a member, by reference and member."""
    turns: dict[str, int] = field(default_factory=dict)
    """Members that have lost a wallet: which of their sample keys is theirs now."""
    _wallets: dict[tuple[str, int], Wallet] = field(default_factory=dict)

    def wallet(self, code: str, turn: int | None = None) -> Wallet:
        """A member's wallet; with `turn` the one it had then."""
        place = (code, turn or self.turns.get(code, 1))
        if place not in self._wallets:
            self._wallets[place] = Wallet(self.node, sample_key(*place))
        return self._wallets[place]

    def office(self, name: str) -> Wallet:
        """The wallet of an office of the sample."""
        return Wallet(self.node, OFFICE_KEYS[name])

    @property
    def registrar(self) -> Wallet:
        """The office that does the clerical acts now."""
        address = self.registry.read("registrar")
        return next(office for office in map(self.office, OFFICE_KEYS) if office.address == address)

    @property
    def registry(self) -> Contract:
        """The roll on chain."""
        return self.record.contract(self.node, "MemberRegistry")

    def member_id(self, code: str) -> int:
        """A member's number on the roll; 0 for none."""
        member_id, _ = self.registry.read("memberOf", self.roll[code].wallet)
        return int(member_id)

    def body_of(self, motion: Motion) -> str:
        """The body that decides on proposals of this kind."""
        return next(kind.body for kind in self.plan.kinds if kind.name == motion.kind)

    def governor_of(self, motion: Motion) -> Contract:
        """The governor of that body."""
        return self.record.governor(self.node, self.body_of(motion))

    def proposal_id(self, motion: Motion) -> int:
        """The number of a motion that has been put."""
        return self.filed[motion.reference].proposal_id


def keep_story(stage: Stage, path: Path) -> None:
    """Write down which proposal of the story became which on chain."""
    story = {
        "filed": {ref: {"body": f.body, "proposal_id": str(f.proposal_id)} for ref, f in stage.filed.items()},
        "refused": stage.refused,
    }
    path.write_text(json.dumps(story, indent=2) + "\n")


def read_story(path: Path) -> tuple[dict[str, FiledMotion], dict[str, str]]:
    """Read that back: proposals by reference, and codes of those that were refused."""
    story = json.loads(path.read_text())
    filed = {ref: FiledMotion(entry["body"], int(entry["proposal_id"])) for ref, entry in story["filed"].items()}
    return filed, story["refused"]
